"""What searches filter on, as columns in memory: one row per revision, one per passage.

A `Columns` never changes; `catch_up` makes the next one from what was committed since. So a search
sees the archive before a change or after it, never half of it. Knows no vectors and no database.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

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
