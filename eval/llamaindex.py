"""LlamaIndex's CitationQueryEngine, asked the same cases: what a user would otherwise build.

It gets the same articles, embedding model and language model, and is set up as its documentation
does: documents with metadata, the three nearest chunks, cited in pieces of 512 tokens, all else
its default. It knows no `as_of`; its own metadata filters leave out what was published later.
"""

import re
import time
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

from llama_index.core import (  # type: ignore[import-not-found,unused-ignore]
    Document,
    StorageContext,
    VectorStoreIndex,
    load_index_from_storage,
)
from llama_index.core.query_engine import (  # type: ignore[import-not-found,unused-ignore]
    CitationQueryEngine,
)
from llama_index.core.vector_stores import (  # type: ignore[import-not-found,unused-ignore]
    FilterOperator,
    MetadataFilter,
    MetadataFilters,
)

from eval.cases import Case
from eval.llamaindex_models import OurEmbedding, OurModel
from eval.replies import Found, Quoted, Reply
from index.documents import Article
from index.embed import Embedder
from qa_service.answers import Claim, Status, Verdict
from qa_service.llm import LLM

TOP = 3  # chunks retrieved, as in its documentation's example of this engine
SEEN = ("title", "published")  # of the metadata, what is embedded; the rest is to filter by

_CITED = re.compile(r"\[((?:Source )?\d+(?:, ?(?:Source )?\d+)*)\]|\bSource (\d+)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?\]])\s+(?=[A-Z“\"])")
# It has no status. Its prompt says: "If none of the sources are helpful, you should indicate that."
_REFUSES = re.compile(
    r"^Empty Response|\bnone of the (?:\w+ )?sources|\bno (?:relevant )?information"
    r"|\b(?:sources?(?! \d+:)|texts?|information|context|answer)\b.{0,60}(?: not|n[’']t) (?:\w+ )?"
    r"(?:address|available|contain|give|include|indicate|mention|provide|said|say|specif|state|tell)"
    r"|\b(?:cannot|can not|unable to|impossible to) (?:be )?(?:answer|determine|provide)",
    re.I,
)


def version() -> str:
    """Name what answers: the package's version, and that of our files: both make the answers."""
    files = sorted(Path(__file__).parent.glob("llamaindex*.py"))
    own = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]
    return f"llama-index-core {installed('llama-index-core')}, asked by {own}"


class LlamaIndex:
    """Answers cases through the engine; one case at a time, so that the tokens are its own."""

    def __init__(
        self, articles: Sequence[Article], embedder: Embedder, llm: LLM, *, folder: Path
    ) -> None:
        self._texts = {article.id: article for article in articles}
        self._model = OurModel(llm)
        self.index = _index(articles, OurEmbedding(embedder), folder)
        self._llm = llm

    async def ask(self, case: Case) -> Reply:
        """Answer one case."""
        started = time.monotonic()
        retriever = self.index.as_retriever(similarity_top_k=TOP, filters=filters_of(case))
        engine = CitationQueryEngine.from_args(self.index, llm=self._model, retriever=retriever)
        response = await engine.aquery(case.question)
        took = round((time.monotonic() - started) * 1000)
        used = self._model.take_usage()
        sources = [self._quoted(n, node) for n, node in enumerate(response.source_nodes, start=1)]
        text = str(response).strip()
        claims = tuple(claims_of(text))
        cited = {number for claim in claims for number in claim.citations}
        scores = [float(node.score or 0) for node in response.source_nodes]
        return Reply(
            status=Status.NOT_FOUND if refuses(text) else Status.ANSWERED,
            text=text,
            claims=() if refuses(text) else claims,
            quotes=tuple(source for source in sources if source.number in cited),
            found=tuple(
                Found(s.article_id, s.quote, score, s.url)
                for s, score in zip(sources, scores, strict=True)
            ),
            model=self._llm.name,
            prompt_tokens=used.prompt_tokens,
            completion_tokens=used.completion_tokens,
            total_ms=took,
        )

    def _quoted(self, number: int, node: Any) -> Quoted:
        """Read a source as a quote, beside the same words in the article if it has them."""
        words = node.node.get_content().partition("\n")[2].removesuffix("\n")
        article = self._texts[node.node.metadata["article"]]
        start = article.text.find(words)
        return Quoted(
            number=number,
            quote=words,
            article_id=article.id,
            version=article.version,
            start=max(start, 0),
            end=max(start, 0) + len(words),
            stored=words if start >= 0 else None,
            title=article.title,
            url=article.url,
            published=_iso(article.published),
        )


def filters_of(case: Case) -> Any:
    """Say as its metadata filters what a case is restricted to; None if by nothing."""
    given = case.filters
    wanted = [
        ("published", FilterOperator.LTE, case.as_of and case.as_of.isoformat()),
        ("published", FilterOperator.GTE, _iso(given.published_from)),
        ("published", FilterOperator.LT, _iso(given.published_to)),
        ("source", FilterOperator.IN, list(given.sources)),
        ("author", FilterOperator.IN, list(given.authors)),
        ("language", FilterOperator.IN, list(given.languages)),
        ("article", FilterOperator.NIN, list(given.exclude_articles)),
    ]
    asked: list[Any] = [
        MetadataFilter(key=name, operator=operator, value=value)
        for name, operator, value in wanted
        if value
    ]
    return MetadataFilters(filters=asked) if asked else None


def claims_of(text: str) -> list[Claim]:
    """Take every sentence as a claim with the sources that it names."""
    return [
        Claim(sentence, tuple(dict.fromkeys(cited(sentence))), Verdict.SUPPORTED)
        for sentence in _SENTENCE_END.split(text)
        if sentence
    ]


def cited(text: str) -> list[int]:
    """The numbers of the sources named: `[2]`, `[1, 3]`, `[Source 2]`, `Source 2`."""
    found = [match.group() for match in _CITED.finditer(text)]
    return [int(number) for group in found for number in re.findall(r"\d+", group)]


def refuses(text: str) -> bool:
    """Whether the first sentence says that the sources do not tell."""
    return _REFUSES.search(_SENTENCE_END.split(text)[0]) is not None


def _iso(moment: date | None) -> str | None:
    return moment.isoformat()[:10] if moment else None


def _index(articles: Sequence[Article], embedding: OurEmbedding, folder: Path) -> Any:
    """Index the articles, or load the index that an earlier run left in the folder."""
    if folder.exists():
        kept = StorageContext.from_defaults(persist_dir=str(folder))
        return load_index_from_storage(kept, embed_model=embedding)
    documents = [_document(article) for article in articles]
    index = VectorStoreIndex.from_documents(documents, embed_model=embedding, show_progress=True)
    unfinished = folder.with_suffix(".unfinished")
    index.storage_context.persist(str(unfinished))
    unfinished.rename(folder)
    return index


def _document(article: Article) -> Any:
    known = {
        "title": article.title,
        "published": _iso(article.published),  # an article without one passes no filter on dates
        "source": article.source,
        "author": article.author,
        "language": article.language,
        "article": article.id,
    }
    metadata = {name: value for name, value in known.items() if value is not None}
    hidden = [name for name in metadata if name not in SEEN]
    return Document(
        text=article.text,
        metadata=metadata,
        excluded_embed_metadata_keys=hidden,
        excluded_llm_metadata_keys=hidden,
    )
