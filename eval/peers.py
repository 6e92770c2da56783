"""What else a user might pick, given the same passages, the same vectors and the same model.

Each is set up as its own documentation begins; none is tuned. One that is not installed says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

TOP = 20
DEPTH = 100  # of each of two rankings that are fused

Search = Callable[[str], list[int]]  # a question to places in the list of passages, best first
Vectors = NDArray[np.float32]  # one unit row for each passage


@dataclass(frozen=True, slots=True)
class Peer:
    """A name, and how its search is made from texts and their vectors."""

    name: str
    build: Callable[[Sequence[str], Vectors, SentenceTransformer], Search]


def flat_and_bm25s(texts: Sequence[str], vectors: Vectors, model: SentenceTransformer) -> Search:
    """The script of twenty lines: faiss.IndexFlatIP and bm25s, fused by reciprocal rank."""
    import bm25s  # type: ignore[import-not-found]
    import faiss

    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    words = bm25s.BM25()
    words.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)
    depth = min(DEPTH, len(texts))

    def search(question: str) -> list[int]:
        vector = model.encode([question], normalize_embeddings=True)
        near = flat.search(vector, depth)[1][0]
        tokens = bm25s.tokenize([question], show_progress=False)
        worded = words.retrieve(tokens, k=depth, show_progress=False)[0][0]
        scores: dict[int, float] = {}
        for ranking in (near, worded):
            for rank, place in enumerate(ranking):
                scores[int(place)] = scores.get(int(place), 0) + 1 / (61 + rank)
        return sorted(scores, key=scores.__getitem__, reverse=True)[:TOP]

    return search


def llama_index(texts: Sequence[str], vectors: Vectors, model: SentenceTransformer) -> Search:
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
            vector: list[float] = model.encode(text, normalize_embeddings=True).tolist()
            return vector

    nodes = [
        TextNode(text=text, id_=str(n), embedding=vector.tolist())
        for n, (text, vector) in enumerate(zip(texts, vectors, strict=True))
    ]
    retriever = VectorStoreIndex(nodes, embed_model=Embedding()).as_retriever(similarity_top_k=TOP)
    return lambda question: [int(found.node.node_id) for found in retriever.retrieve(question)]


def txtai(texts: Sequence[str], vectors: Vectors, model: SentenceTransformer) -> Search:
    """Txtai's Embeddings with `hybrid` on."""
    from txtai import Embeddings  # type: ignore[import-not-found]

    known = dict(zip(texts, vectors, strict=True))

    def transform(some: list[str]) -> Vectors:
        if all(text in known for text in some):
            return np.stack([known[text] for text in some])
        return model.encode(some, normalize_embeddings=True)

    embeddings = Embeddings(method="external", transform=transform, hybrid=True)
    embeddings.index((n, text, None) for n, text in enumerate(texts))
    return lambda question: [int(place) for place, _ in embeddings.search(question, TOP)]


PEERS = (
    Peer("faiss.IndexFlatIP + bm25s", flat_and_bm25s),
    Peer("LlamaIndex, default store", llama_index),
    Peer("txtai, hybrid", txtai),
)
