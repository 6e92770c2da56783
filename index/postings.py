"""BM25 over all passages: for every stem, where it occurs and what it counts there.

The words stand in the database, passage by passage; here they are turned round, in memory. As with
the vectors, what came last is kept apart (the tail) until there is enough of it to be worth
merging, and nothing is changed while it is searched. Knows stems by their numbers, and passages by
theirs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.columns import Mask, Numbers
from index.vectors import NO_NUMBERS, is_overgrown
from index.words import IMPACT, UNASKED

Scores = NDArray[np.float32]
# Passage numbers, ascending, how many terms each has, and these one after the other.
Rows = Iterable[tuple[Numbers, Numbers, NDArray[np.void]]]

POSTINGS_AT_ONCE = 1 << 22  # moved; as numbers of places they take 32 MB
BLOCK = 256  # passages of which the best is looked at first


@dataclass(frozen=True, slots=True)
class Segment:
    """The postings of some passages that follow each other."""

    codes: NDArray[np.uint32]  # of the stems, ascending
    starts: Numbers  # of each one's postings; one more at the end
    places: NDArray[np.int32]  # of the passages, ascending for each stem
    impacts: NDArray[np.uint8]
    passages: int

    def add_to(self, scores: Scores, weights: Mapping[int, float]) -> None:
        """Add what the stems of a query count for each passage."""
        for number, row in self._rows(weights):
            some = slice(self.starts[row], self.starts[row + 1])
            step = np.float32(weights[number] * IMPACT)
            scores[self.places[some]] += self.impacts[some] * step

    def count(self, number: int) -> int:
        """Return in how many of the passages a stem occurs."""
        return sum(int(self.starts[row + 1] - self.starts[row]) for _, row in self._rows([number]))

    def has(self, number: int, place: int, impact: int) -> bool:
        """Whether a stem counts so much in a passage."""
        for _, row in self._rows([number]):
            start, end = self.starts[row : row + 2]
            at = start + np.searchsorted(self.places[start:end], np.int32(place))
            # Two stems of one number in one passage are two postings.
            return bool((self.impacts[at:end][self.places[at:end] == place] == impact).any())
        return False

    def without(self, gone: Mask) -> "Segment":
        """Return the postings of the other passages, which move together."""
        if not gone.any():
            return self
        kept = ~gone[self.places]
        counts = np.add.reduceat(kept, self.starts[:-1], dtype=np.int64)
        there = counts > 0
        moved = (np.cumsum(~gone) - 1).astype(np.int32)
        return Segment(
            self.codes[there],
            np.concatenate([[0], np.cumsum(counts[there])]),
            moved[self.places[kept]],
            self.impacts[kept],
            int(np.count_nonzero(~gone)),
        )

    def _rows(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        wanted = np.array(sorted(numbers), dtype=np.uint32)
        rows = np.searchsorted(self.codes, wanted)
        there = np.flatnonzero(rows < len(self.codes))
        there = there[self.codes[rows[there]] == wanted[there]]
        return list(zip(wanted[there].tolist(), rows[there].tolist(), strict=True))


NO_SEGMENT = Segment(
    np.empty(0, np.uint32), np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.uint8), 0
)


@dataclass(frozen=True, slots=True)
class Postings:
    """The words of an archive: most of them in the base, the last ones in the tail."""

    numbers: Numbers  # of the passages, ascending, in the order of the segments
    base: Segment = NO_SEGMENT
    tail: tuple[Segment, ...] = ()  # each more than twice as long as the next

    @property
    def last_number(self) -> int:
        """The number of the last passage whose words are here."""
        return int(self.numbers[-1]) if len(self.numbers) else 0

    @property
    def overgrown(self) -> bool:
        """Whether the tail is long enough to be merged."""
        return is_overgrown(len(self.numbers) - self.base.passages, self.base.passages)

    def extended(self, rows: Rows) -> "Postings":
        """Return this with further passages in the tail; their numbers are higher than before."""
        numbers, new = [self.numbers], []
        for more, lengths, terms in rows:
            numbers.append(more)
            new.append(_segment(lengths, terms))
        tail = [*self.tail, *([joined(new)] if new else [])]
        while len(tail) > 1 and tail[-2].passages <= 2 * tail[-1].passages:
            tail[-2:] = [joined(tail[-2:])]
        return Postings(np.concatenate(numbers), self.base, tuple(tail))

    def merged(self, gone: Numbers = NO_NUMBERS) -> "Postings":
        """Return the same with the tail inside the base, without the passages that are gone."""
        lost: Mask = np.isin(self.numbers, gone)
        if not self.tail and not lost.any():
            return self
        segments, start = [], 0
        for segment in (self.base, *self.tail):
            segments.append(segment.without(lost[start : start + segment.passages]))
            start += segment.passages
        return Postings(self.numbers[~lost], joined(segments))

    def holds(self, place: int, terms: NDArray[np.void]) -> bool:
        """Whether a passage of the base has these terms."""
        asked = terms[~np.isin(terms["code"], UNASKED)]
        return all(
            self.base.has(number, place, impact)
            for number, impact in zip(asked["code"].tolist(), asked["impact"].tolist(), strict=True)
        )

    def count(self, number: int) -> int:
        """Return in how many passages a stem occurs."""
        return sum(segment.count(number) for segment in (self.base, *self.tail))

    def scores(self, weights: Mapping[int, float]) -> Scores:
        """Return the BM25 score of every passage; `weights` say what each stem weighs."""
        scores = np.zeros(len(self.numbers), dtype=np.float32)
        start = 0
        for segment in (self.base, *self.tail):
            segment.add_to(scores[start : start + segment.passages], weights)
            start += segment.passages
        return scores


@dataclass(frozen=True, slots=True)
class Worded:
    """What the words of a query count for each passage; 0 for those that it may not find."""

    numbers: Numbers
    scores: Scores

    def best(self, limit: int) -> Numbers:
        """Return the passages with the best scores above 0."""
        return self.numbers[best(self.scores, limit)]

    def of(self, numbers: Numbers) -> NDArray[np.float64]:
        """Return the scores of some passages, 0 for one that is not here."""
        if not len(self.numbers):
            return np.zeros(len(numbers))
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        there = self.numbers[places] == numbers
        return np.where(there, self.scores[places], 0.0).astype(np.float64)


def no_postings() -> Postings:
    """Return postings with none in them."""
    return Postings(NO_NUMBERS)


def best(scores: Scores, limit: int) -> Numbers:
    """Return the places of the best scores above 0, best first, the later among equals."""
    bound = _bound(scores, limit)
    above = np.flatnonzero(scores > bound)
    equal = np.flatnonzero(scores == bound)[-limit:] if bound > 0 else above[:0]
    places = np.concatenate([above, equal])
    order = np.lexsort((places, scores[places]))[::-1]
    return places[order[:limit]]


def joined(segments: Sequence[Segment]) -> Segment:
    """Return one segment with the postings of several, the passages of each after the last's."""
    some = [segment for segment in segments if segment.passages]
    if len(some) < 2:
        return some[0] if some else NO_SEGMENT
    codes = np.unique(np.concatenate([segment.codes for segment in some]))
    lengths = np.zeros(len(codes), dtype=np.int64)
    for segment in some:
        lengths[np.searchsorted(codes, segment.codes)] += np.diff(segment.starts)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    places = np.empty(int(starts[-1]), dtype=np.int32)
    impacts = np.empty(len(places), dtype=np.uint8)
    free, offset = starts[:-1].copy(), 0
    for segment in some:
        rows = np.searchsorted(codes, segment.codes)
        for part, into in _moves(segment, free[rows]):
            places[into] = segment.places[part] + np.int32(offset)
            impacts[into] = segment.impacts[part]
        free[rows] += np.diff(segment.starts)
        offset += segment.passages
    return Segment(codes, starts, places, impacts, offset)


def _moves(segment: Segment, free: Numbers) -> Iterable[tuple[slice, Numbers]]:
    """Yield where the postings of a segment go, some at a time."""
    starts, row = segment.starts, 0
    while row < len(segment.codes):
        end = int(np.searchsorted(starts, starts[row] + POSTINGS_AT_ONCE, side="right")) - 1
        end = min(max(end, row + 1), len(segment.codes))
        part = slice(int(starts[row]), int(starts[end]))
        shift = np.repeat(free[row:end] - starts[row:end], np.diff(starts[row : end + 1]))
        yield part, shift + np.arange(part.start, part.stop)
        row = end


def _segment(lengths: Numbers, terms: NDArray[np.void]) -> Segment:
    """Turn the terms of at most 16,777,216 passages round, but for words nobody asks for."""
    keys = terms["code"].astype(np.uint64) << 32
    keys |= np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths) << 8
    keys |= terms["impact"]
    keys.sort()
    sorted_codes = (keys >> 32).astype(np.uint32)
    firsts = np.flatnonzero(np.diff(sorted_codes, prepend=~sorted_codes[:1]))
    counts, codes = np.diff(firsts, append=len(keys)), sorted_codes[firsts]
    asked = ~np.isin(codes, UNASKED)
    keys = keys[np.repeat(asked, counts)]
    return Segment(
        codes[asked],
        np.concatenate([[0], np.cumsum(counts[asked])]),
        ((keys >> 8) & 0xFFFFFF).astype(np.int32),
        (keys & 0xFF).astype(np.uint8),
        len(lengths),
    )


def _bound(scores: Scores, limit: int) -> float:
    """Return a score that at least `limit` places reach, 0 if that is not sure."""
    whole = len(scores) // BLOCK
    if whole <= limit:
        return float(np.partition(scores, -limit)[-limit]) if len(scores) > limit else 0.0
    highest = scores[: whole * BLOCK].reshape(whole, BLOCK).max(axis=1)
    return float(np.partition(highest, -limit)[-limit])
