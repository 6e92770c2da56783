"""Nearest vectors through FAISS. Knows passages by their numbers only, and no text.

What was indexed last is kept apart, as a plain matrix (the tail), until there is enough of it to
be worth building the FAISS index anew: so an added article is searched at once, no index is ever
changed while it is searched, and no file is rewritten for one article.
"""

import json
import os
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.columns import Mask, Numbers

# A tail of 4,096 vectors of 384 numbers is scored in about 1 ms; beyond an eighth of the whole it
# would cost as much as what it is the tail of.
TAIL_LENGTH = 4096
TAIL_SHARE = 8

FILE_NAME = "vectors.faiss"
HEADER_LIMIT = 1000  # bytes; the first line of the file

Float16s = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Vectors:
    """A FAISS index over the first passages and a matrix of those after them."""

    index: faiss.Index
    numbers: Numbers  # of the passages in the index, in its order, ascending
    tail: Float16s  # (n, dimension)
    tail_numbers: Numbers

    @property
    def last_number(self) -> int:
        """The number of the last passage that has its vector here."""
        for numbers in (self.tail_numbers, self.numbers):
            if len(numbers):
                return int(numbers[-1])
        return 0

    def last_vector(self) -> NDArray[np.float32]:
        """Return the last vector of the index."""
        return np.asarray(self.index.reconstruct(len(self.numbers) - 1), dtype=np.float32)

    @property
    def overgrown(self) -> bool:
        """Whether the tail is long enough for the index to be built anew."""
        return len(self.tail) > max(TAIL_LENGTH, len(self.numbers) // TAIL_SHARE)

    def extended(self, numbers: Numbers, vectors: Float16s) -> "Vectors":
        """Return this with further vectors; their numbers are higher than any before."""
        return replace(
            self,
            tail=np.concatenate([self.tail, vectors]),
            tail_numbers=np.concatenate([self.tail_numbers, numbers]),
        )

    def merged(self) -> "Vectors":
        """Return the same vectors with the tail inside a new FAISS index."""
        index = faiss.clone_index(self.index)
        index.add(self.tail.astype(np.float32))
        numbers = np.concatenate([self.numbers, self.tail_numbers])
        return Vectors(index, numbers, self.tail[:0], self.tail_numbers[:0])

    def search(
        self, query: NDArray[np.float32], limit: int, allowed: tuple[Mask, Mask]
    ) -> list[tuple[int, float]]:
        """Return the nearest allowed passages and their cosines, best first.

        `allowed` speaks of the rows of the index and of those of the tail.
        """
        in_index, in_tail = allowed
        found = self._search_index(query, limit, in_index) + self._search_tail(
            query, limit, in_tail
        )
        # The higher number, that is the later passage, comes first among equals.
        return sorted(found, key=lambda pair: (pair[1], pair[0]), reverse=True)[:limit]

    def _search_index(
        self, query: NDArray[np.float32], limit: int, allowed: Mask
    ) -> list[tuple[int, float]]:
        limit = min(limit, int(np.count_nonzero(allowed)))
        if limit == 0:
            return []
        parameters = None
        if not allowed.all():
            bits = np.packbits(allowed, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(allowed), faiss.swig_ptr(bits))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        cosines, rows = self.index.search(query[np.newaxis], limit, params=parameters)
        pairs = zip(rows[0], cosines[0], strict=True)
        return [(int(self.numbers[row]), float(cosine)) for row, cosine in pairs if row >= 0]

    def _search_tail(
        self, query: NDArray[np.float32], limit: int, allowed: Mask
    ) -> list[tuple[int, float]]:
        rows = np.flatnonzero(allowed)
        cosines = self.tail[rows].astype(np.float32) @ query
        best = np.argsort(-cosines, kind="stable")[:limit]
        return [(int(self.tail_numbers[rows[i]]), float(cosines[i])) for i in best]


def no_vectors(dimension: int) -> Vectors:
    """Return an index without vectors."""
    none = np.empty(0, dtype=np.int64)
    tail = np.empty((0, dimension), dtype=np.float16)
    return Vectors(faiss.IndexFlatIP(dimension), none, tail, none)


def save(vectors: Vectors, folder: Path, *, key: str) -> None:
    """Write the index to a new file and rename it; the tail is left to the database.

    `key` says what the vectors belong to: `load` gives back nothing to another one.
    """
    body = vectors.numbers.astype("<i8").tobytes() + faiss.serialize_index(vectors.index).tobytes()
    facts = {"key": key, "passages": len(vectors.numbers), "blake2b": blake2b(body).hexdigest()}
    new = folder / f"{FILE_NAME}.{os.getpid()}.new"
    with new.open("wb") as file:
        file.write(json.dumps(facts).encode() + b"\n")
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / FILE_NAME)


def load(folder: Path, *, key: str, dimension: int) -> Vectors:
    """Read what `save` wrote; nothing, if that is missing, damaged or belongs to something else."""
    nothing = no_vectors(dimension)
    try:
        with (folder / FILE_NAME).open("rb") as file:
            facts = json.loads(file.readline(HEADER_LIMIT))
            body = file.read()
        if facts["key"] != key or facts["blake2b"] != blake2b(body).hexdigest():
            return nothing
        numbers = np.frombuffer(body, dtype="<i8", count=facts["passages"])
    except (OSError, ValueError, KeyError, TypeError):
        return nothing  # the caller fills it from the database, which has every vector
    index = faiss.deserialize_index(np.frombuffer(body, dtype=np.uint8, offset=numbers.nbytes))
    return replace(nothing, index=index, numbers=numbers.astype(np.int64))
