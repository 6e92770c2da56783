"""What searches filter on, as columns in memory: one row per revision, one per passage.

A `Columns` never changes; `caught_up` makes the next one from what was committed since. So a
search sees the archive before a change or after it, never half of it. Knows no vectors.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from index.fetch import Counts
from index.instants import after, instant
from index.queries import Query

Instants = NDArray[np.int64]
Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

BEFORE_ALL = np.iinfo(np.int64).min
AFTER_ALL = np.iinfo(np.int64).max
UNDATED = AFTER_ALL  # never published before anything

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


@dataclass(frozen=True, slots=True)
class Labels:
    """Strings as small numbers, in the order in which they were first seen."""

    names: tuple[str | None, ...]
    codes: NDArray[np.int32]

    def extended(self, values: Iterable[str | None]) -> "Labels":
        """Return the labels with further rows."""
        known = {name: code for code, name in enumerate(self.names)}
        codes = [known.setdefault(value, len(known)) for value in values]
        return Labels(tuple(known), np.append(self.codes, np.array(codes, dtype=np.int32)))

    def rows(self, matches: Callable[[str], bool]) -> Mask:
        """Return which rows have a label that matches."""
        chosen = [name is not None and matches(name) for name in self.names]
        mask: Mask = np.array([*chosen, False])[self.codes]  # False: never empty
        return mask


@dataclass(frozen=True, slots=True)
class Columns:
    """The facts of every revision and passage up to the last one read."""

    revision: Numbers  # revision numbers, ascending; the rows of the next ten
    article: Numbers  # row number of the article
    version: Numbers  # row number of the version; -1 for a tombstone
    current_from: Instants  # the first revision of an article counts as current before it came, too
    current_until: Instants  # AFTER_ALL: the current one; BEFORE_ALL: withdrawn, embargoed
    arrived: Instants
    usable_from: Instants  # BEFORE_ALL without an embargo
    published: Instants
    source: Labels
    author: Labels
    language: Labels
    story: Numbers  # row number of the article that told it first, as a rule its own
    passage: Numbers  # passage numbers, ascending
    passage_row: NDArray[np.int32]  # the row of each passage's revision
    told_again: Numbers  # the stories that several articles tell
    next_embargo: int = AFTER_ALL  # when the first of the embargoes ends that hide a row now

    @property
    def last_revision(self) -> int:
        """The generation: the number of the last change that is seen here."""
        return int(self.revision[-1]) if len(self.revision) else 0

    @property
    def last_passage(self) -> int:
        """The number of the last passage that is seen here."""
        return int(self.passage[-1]) if len(self.passage) else 0

    def matching(self, query: Query, excluded: Sequence[int] = ()) -> Mask:
        """Return which passages the query's filters admit, shape (passages,).

        `excluded` are the row numbers of `query.exclude_articles`.
        """
        mask: Mask = self.matching_rows(query, excluded)[self.passage_row]
        return mask

    def matching_rows(self, query: Query, excluded: Sequence[int] = ()) -> Mask:
        """Return which revisions the query's filters admit."""
        rows = self.current(query)
        if query.since is not None:
            rows &= (self.published >= instant(query.since)) & (self.published != UNDATED)
        if query.until is not None:
            rows &= self.published < instant(query.until)  # never true of UNDATED
        for wanted, labels, matches in (
            (query.sources, self.source, _equals),
            (query.authors, self.author, _names),
            (query.languages, self.language, _equals),
        ):
            if wanted:
                rows &= labels.rows(matches(wanted))
        if excluded:
            rows &= ~np.isin(self.article, np.array(excluded))
        return rows

    def rows_of(self, passages: Numbers) -> Numbers:
        """Return the rows of passages' revisions."""
        rows: Numbers = self.passage_row[np.searchsorted(self.passage, passages)].astype(np.int64)
        return rows

    def count_undated(self, query: Query, excluded: Sequence[int] = ()) -> int:
        """Return how many articles a dated query leaves out because they have no date."""
        if query.since is None and query.until is None and query.as_of is None:
            return 0
        open_query = replace(query, since=None, until=None, as_of=None)
        admitted = self.matching(open_query, excluded) & ~self.matching(query, excluded)
        rows = np.unique(self.passage_row[admitted])
        return int(np.count_nonzero(self.published[rows] == UNDATED))

    def counts(self) -> Counts:
        """Return how many articles are current, and how many passages they have."""
        rows = self.current_until == AFTER_ALL
        rows &= self.version != -1
        return Counts(int(rows.sum()), int(rows[self.passage_row].sum()))

    def current(self, query: Query) -> Mask:
        """Return which revisions are shown, and were current on the day the query is as of."""
        if query.as_of is None:
            current: Mask = self.current_until == AFTER_ALL
            return current
        until = after(query.as_of)
        known = (self.published < until) | ((self.published == UNDATED) & (self.arrived < until))
        then: Mask = known & (self.current_from < until) & (self.current_until >= until)
        return then


def no_columns() -> Columns:
    """Return the columns of an archive without articles."""
    none = np.empty(0, dtype=np.int64)
    labels = Labels((), none.astype(np.int32))
    return Columns(
        none, none, none, none, none, none, none, none,
        labels, labels, labels, none, none, labels.codes, none,
    )  # fmt: skip


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


def _with_passages(columns: Columns, passages: Numbers) -> Columns:
    """Return the columns with further passages, given as numbers of passage and revision."""
    passages = passages[np.argsort(passages[:, 0], kind="stable")]
    rows = np.searchsorted(columns.revision, passages[:, 1]).astype(np.int32)
    return replace(
        columns,
        passage=np.append(columns.passage, passages[:, 0]),
        passage_row=np.append(columns.passage_row, rows),
    )


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


def _integers(values: Iterable[object]) -> NDArray[np.int64]:
    return np.array(list(values), dtype=np.int64)


def _equals(wanted: Sequence[str]) -> Callable[[str], bool]:
    folded = {name.casefold() for name in wanted}
    return lambda name: name.casefold() in folded


def _names(wanted: Sequence[str]) -> Callable[[str], bool]:
    """Match a byline that is one of the names or lists it: "Ann Lee and Bo Chen", "Lee, Chen"."""
    folded = {name.casefold() for name in wanted}

    def matches(byline: str) -> bool:
        parts = byline.casefold().replace(" and ", ",").replace("&", ",").replace(";", ",")
        return byline.casefold() in folded or any(p.strip() in folded for p in parts.split(","))

    return matches
