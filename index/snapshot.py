"""The state of the archive that a search sees: columns and vectors of one moment, side by side."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns, Mask, Numbers, caught_up, no_columns
from index.reembed import EmbedderRow
from index.vectors import Float16s, Vectors, load, no_vectors

VECTORS_SINCE = "SELECT n, vector FROM passages WHERE n > ? AND embedder = ? ORDER BY n"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was committed up to one moment; it never changes."""

    embedder: int  # whose passages these are
    columns: Columns
    vectors: Vectors
    index_places: NDArray[np.int64]  # where each vector's passage stands in the columns, or -1
    tail_places: NDArray[np.int64]

    def search_vectors(
        self, query: NDArray[np.float32], limit: int, allowed: Mask
    ) -> list[tuple[int, float]]:
        """Return the nearest allowed passages and their cosines; `allowed` as in `Columns`."""
        if not len(allowed):
            return []
        in_index = allowed[self.index_places] & (self.index_places >= 0)
        in_tail = allowed[self.tail_places] & (self.tail_places >= 0)
        return self.vectors.search(query, limit, (in_index, in_tail))

    def is_allowed(self, passage: int, allowed: Mask) -> bool:
        """Whether a passage is seen here and admitted."""
        numbers = self.columns.passage
        place = int(np.searchsorted(numbers, passage))
        return place < len(numbers) and numbers[place] == passage and bool(allowed[place])


def load_snapshot(connection: sqlite3.Connection, folder: Path, embedder: EmbedderRow) -> Snapshot:
    """Return the present state: what the vector file lacks comes from the database."""
    vectors = load(folder, key=embedder.key, dimension=embedder.dimension)
    if not _is_from(vectors, connection):
        vectors = no_vectors(embedder.dimension)
    return refreshed(snapshot_of(embedder.n, no_columns(), vectors), connection)


def with_merged(snapshot: Snapshot, merged: Vectors) -> Snapshot:
    """Return the snapshot on vectors that were merged from it or from an earlier one."""
    rest = snapshot.vectors.tail_numbers > merged.last_number
    vectors = merged.extended(snapshot.vectors.tail_numbers[rest], snapshot.vectors.tail[rest])
    return snapshot_of(snapshot.embedder, snapshot.columns, vectors)


def snapshot_of(embedder: int, columns: Columns, vectors: Vectors) -> Snapshot:
    """Return a snapshot, with the vectors' places in the columns looked up once."""
    return Snapshot(
        embedder,
        columns,
        vectors,
        _places(vectors.numbers, columns.passage),
        _places(vectors.tail_numbers, columns.passage),
    )


def refreshed(snapshot: Snapshot, connection: sqlite3.Connection) -> Snapshot:
    """Return the snapshot with everything that was committed since; nothing is embedded."""
    columns = caught_up(snapshot.columns, connection, snapshot.embedder)
    vectors = snapshot.vectors
    rows = connection.execute(VECTORS_SINCE, (vectors.last_number, snapshot.embedder)).fetchall()
    if rows:
        numbers = np.array([number for number, _ in rows], dtype=np.int64)
        vectors = vectors.extended(numbers, _matrix([blob for _, blob in rows]))
    return snapshot_of(snapshot.embedder, columns, vectors)


def _is_from(vectors: Vectors, connection: sqlite3.Connection) -> bool:
    """Whether the last vector is the database's: not so if that was put back from a copy."""
    row = connection.execute(
        "SELECT vector FROM passages WHERE n = ?", (vectors.last_number,)
    ).fetchone()
    return row is not None and bool(np.array_equal(_matrix([row[0]])[0], vectors.last_vector()))


def _matrix(blobs: list[bytes]) -> Float16s:
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)


def _places(numbers: Numbers, passages: Numbers) -> NDArray[np.int64]:
    if not len(passages):
        return np.full(len(numbers), -1, dtype=np.int64)
    places = np.minimum(np.searchsorted(passages, numbers), len(passages) - 1)
    return np.where(passages[places] == numbers, places, -1)
