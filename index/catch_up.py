"""Columns brought up to what was committed since: further revisions, further passages, embargoes.

Reads the database and makes the next `Columns`. Knows no query.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.columns import AFTER_ALL, BEFORE_ALL, UNDATED, Columns, Instants, Mask, Numbers

REVISIONS_SINCE = """
SELECT r.number, r.article, r.arrived, v.published_at, v.source, v.author,
       v.language, r.version, v.usable_from, coalesce(s.story, r.article)
FROM revisions r LEFT JOIN versions v ON v.n = r.version
LEFT JOIN stories s ON s.revision = r.number WHERE r.number > ? ORDER BY r.number
"""
PASSAGES_SINCE = "SELECT n, revision FROM passages WHERE n > ? AND embedder = ? ORDER BY n"
# From the index alone: the table holds the vectors, at a million passages 800 MB of them.
PASSAGES = "SELECT n, revision FROM passages INDEXED BY passages_revision WHERE embedder = ?"
ROWS_AT_ONCE = 50_000  # as Python objects they take 10 MB


def caught_up(
    columns: Columns, connection: sqlite3.Connection, embedder: int, *, now: int
) -> Columns:
    """Return the columns with all that was committed or came out of an embargo since."""
    known = len(columns.revision)
    for found in _parts(connection.execute(REVISIONS_SINCE, (columns.last_revision,))):
        columns = _with_revisions(columns, found)
    if now >= columns.next_embargo:
        columns = _with_intervals(columns, now, np.arange(len(columns.revision)))
    elif len(columns.revision) > known:
        changed = np.unique(columns.article[known:])
        columns = _with_intervals(columns, now, np.flatnonzero(np.isin(columns.article, changed)))
    if not len(columns.passage):
        cursor = connection.execute(PASSAGES, (embedder,))
    else:
        cursor = connection.execute(PASSAGES_SINCE, (columns.last_passage, embedder))
    passages = [np.array(part, dtype=np.int64) for part in _parts(cursor)]
    return _with_passages(columns, np.concatenate(passages)) if passages else columns


def _parts(cursor: sqlite3.Cursor) -> Iterator[list[Sequence[object]]]:
    return iter(partial(cursor.fetchmany, ROWS_AT_ONCE), [])


def _with_revisions(columns: Columns, found: Sequence[Sequence[object]]) -> Columns:
    number, article, arrived, published, source, author, language, version, embargo, story = zip(
        *found, strict=True
    )
    again = {told for told, own in zip(story, article, strict=True) if told != own}
    return replace(
        columns,
        revision=np.append(columns.revision, _integers(number)),
        article=np.append(columns.article, _integers(article)),
        version=np.append(columns.version, _integers(-1 if v is None else v for v in version)),
        arrived=np.append(columns.arrived, _integers(arrived)),
        usable_from=np.append(
            columns.usable_from, _integers(BEFORE_ALL if e is None else e for e in embargo)
        ),
        published=np.append(
            columns.published, _integers(UNDATED if p is None else p for p in published)
        ),
        source=columns.source.extended(source),
        author=columns.author.extended(author),
        language=columns.language.extended(language),
        story=np.append(columns.story, _integers(story)),
        told_again=np.union1d(columns.told_again, _integers(again)),
    )


def _integers(values: Iterable[object]) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)


def _with_passages(columns: Columns, passages: Numbers) -> Columns:
    """Return the columns with further passages, given as numbers of passage and revision."""
    passages = passages[np.argsort(passages[:, 0], kind="stable")]
    rows = np.searchsorted(columns.revision, passages[:, 1]).astype(np.int32)
    return replace(
        columns,
        passage=np.append(columns.passage, passages[:, 0]),
        passage_row=np.append(columns.passage_row, rows),
    )


def _with_intervals(columns: Columns, now: int, rows: Numbers) -> Columns:
    """Return the columns with when some revisions were current, as it is known at an instant.

    These are all revisions of some articles: what an article's are does not hang on any other's.
    """
    article, embargo = columns.article[rows], columns.usable_from[rows]
    begins = np.maximum(columns.arrived[rows], embargo)
    late = embargo > columns.arrived[rows]
    never = embargo > now
    next_embargo = int(embargo[never].min(initial=AFTER_ALL))
    never |= _overtaken(article, begins, late)
    shown = np.flatnonzero(~never)
    start, until = begins.copy(), np.full(len(rows), BEFORE_ALL)
    start[shown], until[shown] = _intervals(article[shown], begins[shown], late[shown])
    # A withdrawal reaches back: no earlier version is shown as of an earlier day either.
    last_gone = np.zeros(int(article.max(initial=0)) + 1, dtype=np.int64)
    gone = np.flatnonzero(columns.version[rows] == -1)
    last_gone[article[gone]] = gone + 1  # rows ascend, so the last withdrawal stays
    until[np.arange(len(rows)) < last_gone[article]] = BEFORE_ALL
    if len(rows) < len(columns.revision):
        next_embargo = min(next_embargo, columns.next_embargo)
    return replace(
        columns,
        current_from=_put(columns.current_from, len(columns.revision), rows, start),
        current_until=_put(columns.current_until, len(columns.revision), rows, until),
        next_embargo=next_embargo,
    )


def _put(before: Instants, length: int, rows: Numbers, values: Instants) -> Instants:
    after = np.empty(length, dtype=np.int64)
    after[: len(before)] = before
    after[rows] = values
    return after


def _intervals(article: Numbers, begins: Instants, late: Mask) -> tuple[Instants, Instants]:
    """Return from when until when each revision was its article's current one."""
    order = np.argsort(article, kind="stable")  # by article, and within one by arrival
    same = article[order][1:] == article[order][:-1]
    start, until = np.full(len(order), BEFORE_ALL), np.full(len(order), AFTER_ALL)
    start[1:][same] = begins[order][1:][same]
    until[:-1][same] = begins[order][1:][same]
    current_from, current_until = np.empty_like(start), np.empty_like(until)
    current_from[order], current_until[order] = start, until
    return np.where(late, begins, current_from), current_until


def _overtaken(article: Numbers, begins: Instants, late: Mask) -> Mask:
    """Return which embargoed revisions a later one replaced before their time came."""
    overtaken = np.zeros(len(article), dtype=bool)
    earliest: dict[int, int] = {}
    for row in np.flatnonzero(np.isin(article, article[late]))[::-1] if late.any() else ():
        following = earliest.get(int(article[row]), AFTER_ALL)
        overtaken[row] = late[row] and begins[row] >= following
        earliest[int(article[row])] = min(int(begins[row]), following)
    return overtaken
