"""Our embedder and our language model behind LlamaIndex's seams.

Knows nothing of cases, nor of the engine that asks.
"""

from contextlib import aclosing
from typing import Any

from llama_index.core.base.embeddings.base import (  # type: ignore[import-not-found,unused-ignore]
    BaseEmbedding,
)
from llama_index.core.llms import (  # type: ignore[import-not-found,unused-ignore]
    CompletionResponse,
    CustomLLM,
    LLMMetadata,
)

from index.documents import Article, Passage, Span
from index.embed import Embedder
from qa_service.answers import Prompt, Usage
from qa_service.llm import LLM


class OurEmbedding(BaseEmbedding):  # type: ignore[misc,unused-ignore]
    """Our embedder behind LlamaIndex's seam."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.fingerprint[:12], embed_batch_size=256)
        self._embedder = embedder

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        articles = [Article(id="", version="", title="", text=text) for text in texts]
        passages = [Passage(article, Span(0, len(article.text))) for article in articles]
        return [[float(x) for x in row] for row in self._embedder.embed_passages(passages)]

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(x) for x in self._embedder.embed_query(query)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class OurModel(CustomLLM):  # type: ignore[misc,unused-ignore]
    """Our language model behind LlamaIndex's seam, counting what it takes."""

    def __init__(self, llm: LLM) -> None:
        super().__init__()
        self._llm = llm
        self._usage = Usage()

    @property
    def metadata(self) -> Any:
        """Its defaults for a model that it does not know: 3,900 tokens, of them 256 to write."""
        return LLMMetadata(model_name=self._llm.name)

    async def acomplete(self, prompt: str, formatted: bool = False, **options: Any) -> Any:
        """Complete, as a message of the user without a system prompt."""
        said = Prompt("", prompt, {})
        written = ""
        complete = self._llm.complete(said, max_tokens=self.metadata.num_output)
        async with aclosing(complete) as pieces:
            async for piece in pieces:
                if isinstance(piece, Usage):
                    self._usage += piece
                else:
                    written += piece
        return CompletionResponse(text=written)

    def complete(self, prompt: str, formatted: bool = False, **options: Any) -> Any:
        """Never called: cases are asked asynchronously."""
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **options: Any) -> Any:
        """Never called: the engine does not stream by default."""
        raise NotImplementedError

    def take_usage(self) -> Usage:
        """Return what was used since the last time."""
        used, self._usage = self._usage, Usage()
        return used
