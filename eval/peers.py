"""What else a user might pick, given the same passages and the same embedding model.

Each is set up as its own documentation begins; none is tuned. One that is not installed says so.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sentence_transformers import SentenceTransformer

from index.documents import Passage
from index.embed import BATCH_SIZE, embedded_text

TOP = 20

Search = Callable[[str], list[int]]  # a question to places in the list of passages, best first


@dataclass(frozen=True, slots=True)
class Peer:
    """A name, and how its search is made from passages."""

    name: str
    build: Callable[[Sequence[Passage], SentenceTransformer, str], Search]


def flat_and_bm25s(passages: Sequence[Passage], model: SentenceTransformer, path: str) -> Search:
    """The script of twenty lines: faiss.IndexFlatIP and bm25s, fused by reciprocal rank."""
    import bm25s  # type: ignore[import-not-found]
    import faiss

    texts = [embedded_text(passage) for passage in passages]
    flat = faiss.IndexFlatIP(model.get_embedding_dimension() or 0)
    flat.add(model.encode(texts, batch_size=BATCH_SIZE, normalize_embeddings=True))
    words = bm25s.BM25()
    words.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)

    def search(question: str) -> list[int]:
        vector = model.encode([question], normalize_embeddings=True)
        near = flat.search(vector, 100)[1][0]
        tokens = bm25s.tokenize([question], show_progress=False)
        worded = words.retrieve(tokens, k=100, show_progress=False)[0][0]
        scores: dict[int, float] = {}
        for ranking in (near, worded):
            for rank, place in enumerate(ranking):
                scores[int(place)] = scores.get(int(place), 0) + 1 / (61 + rank)
        return sorted(scores, key=scores.__getitem__, reverse=True)[:TOP]

    return search


def llama_index(passages: Sequence[Passage], model: SentenceTransformer, path: str) -> Search:
    """LlamaIndex with its default, in-memory vector store."""
    from llama_index.core import VectorStoreIndex  # type: ignore[import-not-found]
    from llama_index.core.base.embeddings.base import BaseEmbedding  # type: ignore[import-not-found]
    from llama_index.core.schema import TextNode  # type: ignore[import-not-found]

    class Embedding(BaseEmbedding):  # type: ignore[misc]
        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors = model.encode(texts, batch_size=BATCH_SIZE, normalize_embeddings=True)
            return [[float(x) for x in vector] for vector in vectors]

    nodes = [TextNode(text=embedded_text(p), id_=str(n)) for n, p in enumerate(passages)]
    index = VectorStoreIndex(nodes, embed_model=Embedding(embed_batch_size=BATCH_SIZE))
    retriever = index.as_retriever(similarity_top_k=TOP)
    return lambda question: [int(found.node.node_id) for found in retriever.retrieve(question)]


def txtai(passages: Sequence[Passage], model: SentenceTransformer, path: str) -> Search:
    """Txtai's Embeddings with `hybrid` on."""
    from txtai import Embeddings  # type: ignore[import-not-found]

    embeddings = Embeddings(path=path, hybrid=True, gpu=False)
    embeddings.index((n, embedded_text(p), None) for n, p in enumerate(passages))
    return lambda question: [int(place) for place, _ in embeddings.search(question, TOP)]


PEERS = (
    Peer("faiss.IndexFlatIP + bm25s", flat_and_bm25s),
    Peer("LlamaIndex, default store", llama_index),
    Peer("txtai, hybrid", txtai),
)


def article_order(passages: Sequence[Passage], places: Sequence[int]) -> Iterator[str]:
    """Yield the articles of the passages found, each once."""
    yield from dict.fromkeys(passages[place].article.id for place in places)


def reciprocal(order: Sequence[str], gold: set[str]) -> float:
    """Return the reciprocal of the first gold article's rank, 0 beyond the tenth."""
    ranks = [rank for rank, article in enumerate(order[:10], start=1) if article in gold]
    return float(np.reciprocal(float(ranks[0]))) if ranks else 0.0
