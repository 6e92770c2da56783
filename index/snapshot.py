"""The state of the archive that a search sees: columns and vectors of one moment, side by side."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.columns import Columns, Mask, Numbers, caught_up, no_columns
from index.fulltext import Admitted
from index.reembed import EmbedderRow
from index.vector_file import digest, load
from index.vectors import ROWS_AT_ONCE, Rows, Vectors, no_vectors

VECTORS_SINCE = "SELECT n, vector FROM passages WHERE n > ? AND embedder = ? ORDER BY n"

Places = NDArray[np.int64] | slice  # a slice where nothing is missing, as mostly


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was committed up to one moment; it never changes."""

    embedder: int  # whose passages these are
    columns: Columns
    vectors: Vectors
    base_places: Places  # where each vector's passage stands in the columns, or -1
    tail_places: Places

    def search_vectors(
        self, query: NDArray[np.float32], limit: int, allowed: Mask
    ) -> list[tuple[int, float]]:
        """Return the nearest allowed passages and their cosines; `allowed` as in `Columns`."""
        if not len(allowed):
            return []
        masks = _at(allowed, self.base_places), _at(allowed, self.tail_places)
        return self.vectors.search(query, limit, masks)

    def admitted(self, allowed: Mask) -> Admitted:
        """Return the allowed passages by their numbers."""
        numbers = self.columns.passage[allowed]
        if not len(numbers):
            return Admitted(0, 0, b"\0", 0, len(allowed))
        flags = np.zeros(int(numbers[-1]) + 1, dtype=np.uint8)
        flags[numbers] = 1
        return Admitted(
            int(numbers[0]), int(numbers[-1]), flags.tobytes(), len(numbers), len(allowed)
        )


def load_snapshot(
    connection: sqlite3.Connection, folder: Path, embedder: EmbedderRow, *, now: int
) -> Snapshot:
    """Return the present state: what the vector file lacks comes from the database."""
    loaded = load(folder, key=embedder.key, dimension=embedder.dimension)
    vectors = loaded.vectors
    if not _is_from(vectors.last_number, loaded.witnesses, connection):
        vectors = no_vectors(embedder.dimension)
    none = slice(0, 0)
    columns = no_columns()
    places = _places(vectors.base.numbers, columns.passage)
    return refreshed(Snapshot(embedder.n, columns, vectors, places, none), connection, now=now)


def with_merged(snapshot: Snapshot, merged: Vectors) -> Snapshot:
    """Return the snapshot on vectors that were merged from it or from an earlier one."""
    tail = snapshot.vectors.tail
    rest = (
        (numbers[later], vectors[later])
        for numbers, vectors in tail.rows()
        if (later := numbers > merged.last_number).any()
    )
    return _snapshot_of(snapshot.embedder, snapshot.columns, merged.extended(rest))


def refreshed(snapshot: Snapshot, connection: sqlite3.Connection, *, now: int) -> Snapshot:
    """Return the snapshot with all that came since, and what came out of an embargo by now.

    Nothing is embedded. `now` is an instant.
    """
    first = not len(snapshot.columns.passage)
    columns = caught_up(snapshot.columns, connection, snapshot.embedder, now=now)
    vectors = snapshot.vectors
    if columns.last_passage > vectors.last_number:
        rows = _rows_since(connection, vectors.last_number, snapshot.embedder)
        vectors = vectors.extended(rows)
    if first:
        return _snapshot_of(snapshot.embedder, columns, vectors)
    # Columns only grow at their end, so what was looked up before stands where it stood.
    tail = _places(vectors.tail.numbers, columns.passage)
    return Snapshot(snapshot.embedder, columns, vectors, snapshot.base_places, tail)


def _snapshot_of(embedder: int, columns: Columns, vectors: Vectors) -> Snapshot:
    base = _places(vectors.base.numbers, columns.passage)
    return Snapshot(
        embedder, columns, vectors, base, _places(vectors.tail.numbers, columns.passage)
    )


def _rows_since(connection: sqlite3.Connection, last: int, embedder: int) -> Rows:
    cursor = connection.execute(VECTORS_SINCE, (last, embedder))
    for rows in iter(partial(cursor.fetchmany, ROWS_AT_ONCE), []):
        blobs = b"".join([vector for _, vector in rows])
        numbers = np.array([number for number, _ in rows], dtype=np.int64)
        yield numbers, np.frombuffer(blobs, dtype="<f2").reshape(len(rows), -1)


def _is_from(last: int, witnesses: dict[int, str], connection: sqlite3.Connection) -> bool:
    """Whether the vectors are the database's: not so if that was put back from a copy."""
    (used,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'"
    ).fetchone()
    return last <= used and all(
        seen is None or seen == witnesses[number] for number, seen in _seen(witnesses, connection)
    )


def _seen(
    witnesses: dict[int, str], connection: sqlite3.Connection
) -> Iterator[tuple[int, str | None]]:
    for number in witnesses:
        row = connection.execute("SELECT vector FROM passages WHERE n = ?", (number,)).fetchone()
        yield number, digest(row[0]) if row else None  # None: deleted since


def _places(numbers: Numbers, passages: Numbers) -> Places:
    if not len(passages) or not len(numbers):
        return np.full(len(numbers), -1, dtype=np.int64)
    first = int(np.searchsorted(passages, numbers[0]))
    if np.array_equal(passages[first : first + len(numbers)], numbers):
        return slice(first, first + len(numbers))
    places = np.minimum(np.searchsorted(passages, numbers), len(passages) - 1)
    return np.where(passages[places] == numbers, places, -1)


def _at(allowed: Mask, places: Places) -> Mask:
    if isinstance(places, slice):
        return allowed[places]
    mask: Mask = allowed[places] & (places >= 0)
    return mask
