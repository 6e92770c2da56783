"""Query in, hits out: nearest vectors and BM25, each filtered before the cut, then ranked as one.

Knows nothing of questions, of answers or of the models that write them.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from index.columns import UNDATED, Columns, Mask
from index.documents import Passage, Span
from index.fetch import fetch_versions
from index.fulltext import Frequencies, search_words, term, terms
from index.instants import from_instant
from index.queries import Hit, Query
from index.rank import (
    ASKING,
    Asked,
    Candidate,
    Recipe,
    Scored,
    asked,
    in_order,
    ranked,
    rarity,
    spread,
    words_of,
)
from index.snapshot import Snapshot
from index.stories import stories_of, told_once
from index.when import Period, period

DEPTH = 100  # of each ranking; a passage further down does not win against the other's first ten
READ = 40  # of both together, by cosine, BM25 and date: these are ranked by their words, too
RERANKED = 30  # of those, where there is a reranker

RECIPE = Recipe()

# Scores a question with each of some texts, higher where they fit better.
Reranker = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a search sees, and how it ranks."""

    snapshot: Snapshot
    connection: sqlite3.Connection  # in a transaction that sees the same state
    frequencies: Frequencies
    today: date
    recipe: Recipe = RECIPE
    reranker: Reranker | None = None


def search(query: Query, vector: NDArray[np.float32] | None, sight: Sight) -> list[Hit]:
    """Return the passages that fit the query best, at most `query.limit`, best first.

    Without a vector, by their words alone.
    """
    columns = sight.snapshot.columns
    shown = columns.current(query)
    admitted = columns.matching_rows(query, article_rows(sight.connection, query.exclude_articles))
    allowed: Mask = admitted[columns.passage_row]
    found = _candidates(query, vector, allowed, sight)
    scored = ranked(found, _asked(query, sight), sight.recipe)
    if sight.reranker and scored:
        scored = _reranked(query.text, scored, sight.reranker)
    stories = stories_of(scored, columns, (shown, admitted), sight.connection)
    best = spread(told_once(scored, stories), sight.recipe.per_article)[: query.limit]
    passages = _passages(sight.connection, [candidate.number for candidate, _ in best])
    return [
        Hit(
            passages[candidate.number],
            score,
            similarity=candidate.cosine,
            also_in=stories[candidate.article].also_in(candidate.article)
            if candidate.article in stories
            else (),
        )
        for candidate, score in best
        if candidate.number in passages  # not if its article was withdrawn since the snapshot
    ]


def article_rows(connection: sqlite3.Connection, article_ids: Iterable[str]) -> list[int]:
    """Return the row numbers of articles; ids that are not stored are left out."""
    ids = list(article_ids)
    marks = ", ".join("?" * len(ids))
    return [n for (n,) in connection.execute(f"SELECT n FROM articles WHERE id IN ({marks})", ids)]


def _candidates(
    query: Query, vector: NDArray[np.float32] | None, allowed: Mask, sight: Sight
) -> list[Candidate]:
    """Return the best of both rankings by what is known of them without their texts."""
    snapshot, connection = sight.snapshot, sight.connection
    depth = max(DEPTH, query.limit)
    cosines: dict[int, float] = {}
    bm25: dict[int, float] = {}
    if vector is not None and sight.recipe.cosine:
        cosines = dict(snapshot.search_vectors(vector, depth, allowed))
    if sight.recipe.words:
        words = sight.frequencies.telling(connection, terms(query.text), len(allowed))
        admitted = snapshot.admitted(allowed)
        bm25 = dict(search_words(connection, words, limit=depth, admitted=admitted))
    if vector is not None:
        cosines |= _cosines(connection, bm25.keys() - cosines.keys(), vector)
    bare = [
        Candidate(number, article, "", "", when, cosines.get(number, 0.0), bm25.get(number, 0.0))
        for number, article, when in _facts(cosines.keys() | bm25.keys(), snapshot.columns)
    ]
    nothing = Asked({}, _period(query, sight))
    most = max(READ, query.limit)
    chosen = [candidate for candidate, _ in ranked(bare, nothing, sight.recipe)[:most]]
    return _read(connection, chosen)


def _facts(numbers: Iterable[int], columns: Columns) -> Iterator[tuple[int, int, date | None]]:
    """Yield passages with the row numbers of their articles and the dates of those."""
    passages = np.array(sorted(numbers), dtype=np.int64)
    rows = columns.passage_row[np.searchsorted(columns.passage, passages)]
    for passage, article, published in zip(
        passages.tolist(), columns.article[rows].tolist(), columns.published[rows], strict=True
    ):
        yield passage, article, None if published == UNDATED else from_instant(int(published))


def _asked(query: Query, sight: Sight) -> Asked:
    passages = len(sight.snapshot.columns.passage)
    words = dict.fromkeys(words_of(query.text)[:100])
    weights = {
        word: rarity(passages, sight.frequencies.count(sight.connection, term(word), passages))
        for word in words
        if word not in ASKING
    }
    return asked(query.text, weights, _period(query, sight))


def _period(query: Query, sight: Sight) -> Period | None:
    today = query.as_of or sight.today
    return period(query.text, today.date() if isinstance(today, datetime) else today)


def _reranked(text: str, scored: Sequence[Scored], reranker: Reranker) -> list[Scored]:
    """Order the best by the reranker's scores, the others behind them."""
    first, rest = [candidate for candidate, _ in scored[:RERANKED]], scored[RERANKED:]
    scores = reranker(text, [f"{c.title}\n{c.text}" for c in first])
    new = in_order(zip(first, map(float, scores), strict=True))
    return new + [(candidate, min(score, new[-1][1])) for candidate, score in rest]


def _cosines(
    connection: sqlite3.Connection, numbers: Iterable[int], vector: NDArray[np.float32]
) -> dict[int, float]:
    wanted = list(numbers)
    marks = ", ".join("?" * len(wanted))
    rows = connection.execute(f"SELECT n, vector FROM passages WHERE n IN ({marks})", wanted)
    return {
        n: float(np.frombuffer(blob, dtype="<f2").astype(np.float32) @ vector) for n, blob in rows
    }


def _read(connection: sqlite3.Connection, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates with their headlines and texts."""
    marks = ", ".join("?" * len(candidates))
    rows = connection.execute(
        'SELECT p.n, v.title, substr(v.text, p.start + 1, p."end" - p.start) FROM passages p '
        "JOIN revisions r ON r.number = p.revision JOIN versions v ON v.n = r.version "
        f"WHERE p.n IN ({marks}) AND v.text IS NOT NULL",
        [candidate.number for candidate in candidates],
    )
    texts: Mapping[int, tuple[str, str]] = {n: (title, text) for n, title, text in rows}
    return [
        replace(candidate, title=texts[candidate.number][0], text=texts[candidate.number][1])
        for candidate in candidates
        if candidate.number in texts
    ]


def _passages(connection: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, Passage]:
    marks = ", ".join("?" * len(numbers))
    rows = connection.execute(
        'SELECT p.n, r.version, p.start, p."end" FROM passages p '
        f"JOIN revisions r ON r.number = p.revision WHERE p.n IN ({marks})",
        numbers,
    ).fetchall()
    articles = fetch_versions(connection, {version for _, version, *_ in rows})
    return {
        n: Passage(articles[version], Span(start, end))
        for n, version, start, end in rows
        if version in articles
    }
