"""Query in, hits out: nearest vectors and BM25, each filtered before the cut, then ranked as one.

Knows nothing of questions, of answers or of the models that write them.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from index.columns import UNDATED, Instants, Mask
from index.documents import Passage, Span
from index.fetch import fetch_versions
from index.instants import from_instant
from index.queries import Hit, Query
from index.rank import (
    Asked,
    Candidate,
    Recipe,
    Scored,
    Values,
    in_order,
    likeliest,
    ranked,
    rarity,
    spread,
)
from index.snapshot import Snapshot
from index.stories import stories_of, told_once
from index.when import Period, period
from index.words import code, telling

DEPTH = 100  # of each ranking; a passage further down does not win against the other's first ten
READ = 40  # of both together, by cosine, BM25 and date: of these the headline counts, too
RERANKED = 30  # of those, where there is a reranker

RECIPE = Recipe()

# Scores a question with each of some texts, higher where they fit better.
Reranker = Callable[[str, Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a search sees, and how it ranks."""

    snapshot: Snapshot
    connection: sqlite3.Connection  # in a transaction that sees the same state
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
    question = _asked(query, sight)
    scored = ranked(_candidates(query, vector, allowed, sight, question), question, sight.recipe)
    if sight.reranker and scored:
        best = {candidate.number for candidate, _ in scored[:RERANKED]}
        scored = _reranked(query.text, _with_texts(scored, best, sight.connection), sight.reranker)
    stories = stories_of(scored, columns, (shown, admitted), sight.connection)
    if stories:
        told = {candidate.number for candidate, _ in scored if candidate.article in stories}
        scored = _with_texts(scored, told, sight.connection)
    hits = spread(told_once(scored, stories), sight.recipe.per_article)[: query.limit]
    passages = _passages(sight.connection, [candidate.number for candidate, _ in hits])
    return [
        Hit(
            passages[candidate.number],
            score,
            similarity=candidate.cosine,
            also_in=stories[candidate.article].also_in(candidate.article)
            if candidate.article in stories
            else (),
        )
        for candidate, score in hits
        if candidate.number in passages  # not if its article was withdrawn since the snapshot
    ]


def article_rows(connection: sqlite3.Connection, article_ids: Iterable[str]) -> list[int]:
    """Return the row numbers of articles; ids that are not stored are left out."""
    ids = list(article_ids)
    marks = ", ".join("?" * len(ids))
    return [n for (n,) in connection.execute(f"SELECT n FROM articles WHERE id IN ({marks})", ids)]


def _candidates(
    query: Query, vector: NDArray[np.float32] | None, allowed: Mask, sight: Sight, question: Asked
) -> list[Candidate]:
    """Return the best of both rankings, with their headlines."""
    snapshot, depth = sight.snapshot, max(DEPTH, query.limit)
    worded = snapshot.search_words(question.words, allowed)
    numbers: set[int] = set(worded.best(depth).tolist()) if sight.recipe.words else set()
    cosines: dict[int, float] = {}
    if vector is not None and sight.recipe.cosine:
        cosines = dict(snapshot.search_vectors(vector, depth, allowed))
    if vector is not None:
        other = np.array(sorted(numbers - cosines.keys()), dtype=np.int64)
        cosines |= snapshot.vectors.cosines(other, vector)
    found = np.array(sorted(numbers | cosines.keys()), dtype=np.int64)
    near, worth = np.array([cosines.get(n, 0.0) for n in found.tolist()]), worded.of(found)
    rows = snapshot.columns.rows_of(found)
    dates = _dates(snapshot.columns.published[rows], question.period)
    places = likeliest(near, worth, _fit(dates, question.period), sight.recipe)
    places = places[: max(READ, query.limit)]
    versions = snapshot.columns.version[rows[places]].tolist()
    titles = _titles(versions, sight.connection)
    articles = snapshot.columns.article[rows].tolist()
    return [
        Candidate(
            int(found[n]),
            articles[n],
            titles[version],
            "",
            dates[n],
            float(near[n]),
            float(worth[n]),
        )
        for n, version in zip(places.tolist(), versions, strict=True)
        if version in titles  # not if its article was withdrawn since the snapshot
    ]


def _dates(published: Instants, period: Period | None) -> list[date | None]:
    """Return the dates of articles; not if no time was named, since nobody asks for them then."""
    if period is None:
        return [None] * len(published)
    return [None if when == UNDATED else from_instant(when) for when in published.tolist()]


def _fit(dates: Sequence[date | None], period: Period | None) -> Values:
    fits = [period.preference(day) if period and day else 0.0 for day in dates]
    return np.array(fits, dtype=np.float64)


def _titles(versions: Sequence[int], connection: sqlite3.Connection) -> dict[int, str]:
    marks = ", ".join("?" * len(versions))
    sql = f"SELECT n, title FROM versions WHERE n IN ({marks}) AND text IS NOT NULL"
    return dict(connection.execute(sql, versions).fetchall())


def _asked(query: Query, sight: Sight) -> Asked:
    """Take the question apart: its stems with what each weighs, and the time that it names."""
    postings, passages = sight.snapshot.postings, len(sight.snapshot.columns.passage)
    weights = {stem: rarity(passages, postings.count(code(stem))) for stem in telling(query.text)}
    today = query.as_of or sight.today
    day = today.date() if isinstance(today, datetime) else today
    return Asked(weights, period(query.text, day))


def _reranked(text: str, scored: Sequence[Scored], reranker: Reranker) -> list[Scored]:
    """Order the best by the reranker's scores, the others behind them."""
    first, rest = [candidate for candidate, _ in scored[:RERANKED]], scored[RERANKED:]
    scores = reranker(text, [f"{c.title}\n{c.text}" for c in first])
    new = in_order(zip(first, map(float, scores), strict=True))
    return new + [(candidate, min(score, new[-1][1])) for candidate, score in rest]


def _with_texts(scored: Sequence[Scored], wanted: set[int], db: sqlite3.Connection) -> list[Scored]:
    """Return the candidates, those that are wanted with their texts."""
    texts = {number: passage.text for number, passage in _passages(db, sorted(wanted)).items()}
    return [
        (replace(candidate, text=texts.get(candidate.number, candidate.text)), score)
        for candidate, score in scored
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
