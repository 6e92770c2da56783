"""Query in, hits out: nearest vectors and BM25, each filtered before the cut, fused by rank.

Knows nothing of questions, of answers or of the models that write them.
"""

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.columns import Mask
from index.documents import Passage, Span
from index.fetch import fetch_versions
from index.fulltext import Frequencies, search_words, terms
from index.queries import Hit, Query
from index.snapshot import Snapshot

# Reciprocal rank fusion with its usual constant (Cormack, Clarke and Büttcher, SIGIR 2009): the
# first of a ranking counts 1/61, the hundredth 1/160, and no two kinds of score are compared.
RANK_OFFSET = 60
FUSED_DEPTH = (
    100  # of each ranking; a passage further down cannot win against the other's first ten
)


def search(
    query: Query,
    vector: NDArray[np.float32] | None,
    *,
    snapshot: Snapshot,
    connection: sqlite3.Connection,
    frequencies: Frequencies,
) -> list[Hit]:
    """Return the passages that fit the query best, at most `query.limit`, best first.

    Without a vector, by their words alone.
    """
    allowed = snapshot.columns.matching(query, article_rows(connection, query.exclude_articles))
    depth = max(FUSED_DEPTH, query.limit)
    near = [] if vector is None else snapshot.search_vectors(vector, depth, allowed)
    worded = _search_words(query, depth, allowed, snapshot, connection, frequencies)
    scores = fuse([number for number, _ in near], worded)
    best = sorted(scores, key=lambda number: (-scores[number], -number))[: query.limit]
    found = _fetch(connection, best)
    return [
        Hit(
            found[n][0],
            scores[n],
            similarity=0.0 if vector is None else float(found[n][1] @ vector),
        )
        for n in best
        if n in found  # not if its article was withdrawn since the snapshot
    ]


def fuse(*rankings: Sequence[int]) -> dict[int, float]:
    """Return the sum of reciprocal ranks of everything that is ranked anywhere."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking, start=1):
            scores[number] = scores.get(number, 0.0) + 1 / (RANK_OFFSET + rank)
    return scores


def article_rows(connection: sqlite3.Connection, article_ids: Iterable[str]) -> list[int]:
    """Return the row numbers of articles; ids that are not stored are left out."""
    ids = list(article_ids)
    marks = ", ".join("?" * len(ids))
    return [n for (n,) in connection.execute(f"SELECT n FROM articles WHERE id IN ({marks})", ids)]


def _search_words(
    query: Query,
    depth: int,
    allowed: Mask,
    snapshot: Snapshot,
    connection: sqlite3.Connection,
    frequencies: Frequencies,
) -> list[int]:
    words = frequencies.telling(connection, terms(query.text), len(allowed))
    return search_words(connection, words, limit=depth, admitted=snapshot.admitted(allowed))


def _fetch(
    connection: sqlite3.Connection, numbers: Sequence[int]
) -> dict[int, tuple[Passage, NDArray[np.float32]]]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        'SELECT p.n, r.version, p.start, p."end", p.vector FROM passages p '
        f"JOIN revisions r ON r.number = p.revision WHERE p.n IN ({marks})",
        numbers,
    ).fetchall()
    articles = fetch_versions(connection, {version for _, version, *_ in rows})
    return {
        n: (
            Passage(articles[version], Span(start, end)),
            np.frombuffer(vector, dtype="<f2").astype(np.float32),
        )
        for n, version, start, end, vector in rows
        if version in articles
    }
