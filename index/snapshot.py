"""The state of the archive that a search sees: columns, vectors and words of one moment."""

import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import postings_file, vector_file
from index.catch_up import caught_up
from index.columns import Columns, Mask, Numbers, no_columns
from index.postings import Postings, Worded, no_postings
from index.postings import Rows as WordRows
from index.reembed import EmbedderRow
from index.vectors import (
    NO_NUMBERS,
    ROWS_AT_ONCE,
    TAIL_SHARE,
    Rows,
    Vectors,
    no_vectors,
)
from index.words import TERM, code, terms_in

VECTORS_SINCE = "SELECT n, vector FROM passages WHERE n > ? AND embedder = ? ORDER BY n"
WORDS_SINCE = "SELECT passage, terms FROM words WHERE passage > ? ORDER BY passage"
WITNESSES = 16  # passages whose words have to be those of the database

Places = NDArray[np.int64] | slice  # a slice where nothing is missing, as mostly


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was committed up to one moment; it never changes."""

    embedder: int  # whose passages these are
    columns: Columns
    vectors: Vectors
    postings: Postings
    # Where the passages of vectors and of postings stand in the columns, or -1: first those of
    # both bases, then those of both tails.
    base_places: tuple[Places, Places]
    tail_places: tuple[Places, Places]

    @property
    def overgrown(self) -> bool:
        """Whether it is time to make the bases anew."""
        return self.vectors.overgrown or self.postings.overgrown or _gaps(self.base_places[0])

    def search_vectors(
        self, query: NDArray[np.float32], limit: int, allowed: Mask
    ) -> list[tuple[int, float]]:
        """Return the nearest allowed passages and their cosines; `allowed` as in `Columns`."""
        if not len(allowed):
            return []
        masks = _at(allowed, self.base_places[0]), _at(allowed, self.tail_places[0])
        return self.vectors.search(query, limit, masks)

    def search_words(self, weights: Mapping[str, float], allowed: Mask) -> Worded:
        """Return what the stems of a query count for each of the allowed passages."""
        if not len(allowed):
            return Worded(NO_NUMBERS, np.empty(0, dtype=np.float32))
        scores = self.postings.scores({code(stem): weight for stem, weight in weights.items()})
        masks = [_at(allowed, places[1]) for places in (self.base_places, self.tail_places)]
        scores *= np.concatenate(masks)
        return Worded(self.postings.numbers, scores)


def load_snapshot(
    connection: sqlite3.Connection, folder: Path, embedder: EmbedderRow, *, now: int
) -> Snapshot:
    """Return the present state: what the files lack comes from the database.

    The two files are read and their checksums made beside the columns: a million passages start
    in half the time.
    """
    with ThreadPoolExecutor(2) as pool:
        of_vectors = pool.submit(
            vector_file.load, folder, key=embedder.key, dimension=embedder.dimension
        )
        of_words = pool.submit(postings_file.load, folder, key=embedder.key)
        columns = caught_up(no_columns(), connection, embedder.n, now=now)
    loaded, postings = of_vectors.result(), of_words.result()
    vectors = loaded.vectors
    if not _is_from(vectors.last_number, loaded.witnesses, connection):
        vectors = no_vectors(embedder.dimension)
    if not _are_from(postings, connection):
        postings = no_postings()
    places = _base_places(vectors, postings, columns)
    none = slice(0, 0), slice(0, 0)
    read = Snapshot(embedder.n, columns, vectors, postings, places, none)
    return refreshed(read, connection, now=now)


def with_merged(
    snapshot: Snapshot,
    merged: Mapping[str, Vectors | Postings],
    connection: sqlite3.Connection,
    *,
    now: int,
) -> Snapshot:
    """Return the snapshot on what was merged from an earlier one, with what came since."""
    parts: dict[str, Any] = dict(merged)
    changed = replace(snapshot, **parts)
    places = _base_places(changed.vectors, changed.postings, snapshot.columns)
    return refreshed(replace(changed, base_places=places), connection, now=now)


def refreshed(snapshot: Snapshot, connection: sqlite3.Connection, *, now: int) -> Snapshot:
    """Return the snapshot with all that came since, and what came out of an embargo by now.

    Nothing is embedded. `now` is an instant.
    """
    columns = caught_up(snapshot.columns, connection, snapshot.embedder, now=now)
    vectors, postings = snapshot.vectors, snapshot.postings
    if columns.last_passage > vectors.last_number:
        vectors = vectors.extended(
            _vectors_since(connection, vectors.last_number, snapshot.embedder)
        )
    if columns.last_passage > postings.last_number:
        postings = postings.extended(_words_since(connection, postings.last_number))
    tails = vectors.tail.numbers, postings.numbers[postings.base.passages :]
    tail = _places(tails[0], columns.passage), _places(tails[1], columns.passage)
    # Columns only grow at their end, so what was looked up in the bases stands where it stood.
    return Snapshot(snapshot.embedder, columns, vectors, postings, snapshot.base_places, tail)


def numbers_in(connection: sqlite3.Connection) -> Numbers:
    """Return the numbers of all passages that are in the database, in no order."""
    # From the index: the table holds the vectors.
    rows = connection.execute("SELECT n FROM passages INDEXED BY passages_revision").fetchall()
    return np.array(rows, dtype=np.int64).reshape(-1)


def _base_places(vectors: Vectors, postings: Postings, columns: Columns) -> tuple[Places, Places]:
    words = postings.numbers[: postings.base.passages]
    return _places(vectors.base.numbers, columns.passage), _places(words, columns.passage)


def _vectors_since(connection: sqlite3.Connection, last: int, embedder: int) -> Rows:
    for numbers, blobs in _parts(connection.execute(VECTORS_SINCE, (last, embedder))):
        yield numbers, np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)


def _words_since(connection: sqlite3.Connection, last: int) -> WordRows:
    for numbers, blobs in _parts(connection.execute(WORDS_SINCE, (last,))):
        lengths = np.array([len(blob) for blob in blobs], dtype=np.int64) // TERM.itemsize
        yield numbers, lengths, terms_in(b"".join(blobs))


def _parts(cursor: sqlite3.Cursor) -> Iterator[tuple[Numbers, list[bytes]]]:
    for rows in iter(partial(cursor.fetchmany, ROWS_AT_ONCE), []):
        numbers = np.array([number for number, _ in rows], dtype=np.int64)
        yield numbers, [blob for _, blob in rows]


def _is_from(last: int, witnesses: dict[int, str], connection: sqlite3.Connection) -> bool:
    """Whether the vectors are the database's: not so if that was put back from a copy."""
    found = {
        number: connection.execute("SELECT vector FROM passages WHERE n = ?", (number,)).fetchone()
        for number in witnesses
    }
    return last <= _used(connection) and all(
        row is None or vector_file.digest(row[0]) == witnesses[number]
        for number, row in found.items()  # None: deleted since
    )


def _are_from(postings: Postings, connection: sqlite3.Connection) -> bool:
    """Whether the words are the database's."""
    passages = postings.base.passages
    places = {passages * n // WITNESSES for n in range(WITNESSES)} if passages else set()
    for place in places:
        number = int(postings.numbers[place])
        row = connection.execute("SELECT terms FROM words WHERE passage = ?", (number,)).fetchone()
        if row and not postings.holds(place, terms_in(row[0])):
            return False
    return postings.last_number <= _used(connection)


def _used(connection: sqlite3.Connection) -> int:
    """Return the highest number that a passage ever had."""
    (used,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'passages'"
    ).fetchone()
    return int(used)


def _places(numbers: Numbers, passages: Numbers) -> Places:
    if not len(passages) or not len(numbers):
        return np.full(len(numbers), -1, dtype=np.int64)
    first = int(np.searchsorted(passages, numbers[0]))
    if np.array_equal(passages[first : first + len(numbers)], numbers):
        return slice(first, first + len(numbers))
    places = np.minimum(np.searchsorted(passages, numbers), len(passages) - 1)
    return np.where(passages[places] == numbers, places, -1)


def _gaps(places: Places) -> bool:
    missing = 0 if isinstance(places, slice) else int(np.count_nonzero(places < 0))
    return not isinstance(places, slice) and missing * TAIL_SHARE >= len(places)


def _at(allowed: Mask, places: Places) -> Mask:
    if isinstance(places, slice):
        return allowed[places]
    mask: Mask = allowed[places] & (places >= 0)
    return mask
