"""Nearest vectors through FAISS. Knows passages by their numbers only, and no text.

What was indexed last is kept apart (the tail), until there is enough of it to be worth merging:
so an added article is searched at once, no index is ever changed while it is searched, and no file
is rewritten for one article. Vectors are held as the archive has them, in float16.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import faiss
import numpy as np
from numpy.typing import NDArray

from index.columns import Mask, Numbers

Float16s = NDArray[np.float16]
Rows = Iterable[tuple[Numbers, Float16s]]  # passage numbers, ascending, and their vectors

# On one core of a 2-core EPYC with 384 dimensions (`make bench`): a scan of 60,000 vectors took
# 3 ms, of 200,000 15 ms. Beyond, the vectors are kept in lists of which a search reads some: a
# million in 2,048 lists took 2 ms for 64 of them and 40 to 85 ms for all.
EXACT_LIMIT = 200_000
# A filter that leaves this few has them all scored, wherever they are: 20 ms among a million.
EXACT_ADMITTED = 50_000
SCORED_APART = 2_000  # so few are fetched one by one, instead of passing over all others
LIST_SHARE = 32  # one list in so many is read, more of them until `limit` is filled
SAMPLE_PER_LIST = 40  # vectors that the lists are trained on; FAISS asks for 39

# A tail of a sixteenth of a million is scanned in 3 ms and copied, to be extended, in 15.
TAIL_LENGTH = 4096
TAIL_SHARE = 16
ROWS_AT_ONCE = 16_384  # as float32 they take 25 MB
NO_NUMBERS: Numbers = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Run:
    """A FAISS index and the numbers of the passages in it, ascending, in its order."""

    index: faiss.Index
    numbers: Numbers

    def extended(self, rows: Rows) -> "Run":
        """Return a copy with further vectors; their numbers are higher than any before."""
        return _filled(faiss.clone_index(self.index), self.numbers, rows)

    def rows(self) -> Rows:
        """Yield what is in here, a part at a time."""
        for start in range(0, len(self.numbers), ROWS_AT_ONCE):
            numbers = self.numbers[start : start + ROWS_AT_ONCE]
            vectors = self.index.reconstruct_n(start, len(numbers))
            yield numbers, np.asarray(vectors, dtype="<f2")

    def without(self, gone: Numbers) -> "Run":
        """Return a run of the same kind that lacks some of the passages."""
        lost = int(np.count_nonzero(np.isin(gone, self.numbers, assume_unique=True)))
        # Lists take a minute to fill anew: not for a few, which no search is allowed to find.
        if not lost or (_lists(self.index) > 1 and lost * TAIL_SHARE < len(self.numbers)):
            return self
        empty = faiss.clone_index(self.index)
        empty.reset()
        kept = ((some, ~np.isin(some, gone), vectors) for some, vectors in self.rows())
        return _filled(empty, self.numbers[:0], ((n[k], vectors[k]) for n, k, vectors in kept))

    def cosines(self, numbers: Numbers, query: NDArray[np.float32]) -> dict[int, float]:
        """Return the cosines of those of the passages that are in here."""
        rows = np.searchsorted(self.numbers, numbers)
        there = rows < len(self.numbers)
        there[there] = self.numbers[rows[there]] == numbers[there]
        if not there.any():
            return {}
        vectors = self.index.reconstruct_batch(rows[there])
        return dict(zip(numbers[there].tolist(), (vectors @ query).tolist(), strict=True))

    def vector(self, row: int) -> Float16s:
        """Return one of the vectors."""
        return np.asarray(self.index.reconstruct(row), dtype="<f2")

    def search(
        self, query: NDArray[np.float32], limit: int, allowed: Mask
    ) -> list[tuple[int, float]]:
        """Return the nearest of the rows that are allowed, with their cosines, best first."""
        admitted = int(np.count_nonzero(allowed))
        limit = min(limit, admitted)
        if limit == 0:
            return []
        if admitted <= SCORED_APART:
            found = self.cosines(self.numbers[allowed], query)
            return sorted(found.items(), key=lambda pair: (pair[1], pair[0]), reverse=True)[:limit]
        # `bits` is only pointed at, so it has to outlive the search.
        bits = None if admitted == len(allowed) else np.packbits(allowed, bitorder="little")
        lists = _lists(self.index)
        probed = lists if admitted <= EXACT_ADMITTED else math.ceil(lists / LIST_SHARE)
        while True:
            parameters = _parameters(len(allowed), bits, probed)
            cosines, rows = self.index.search(query[np.newaxis], limit, params=parameters)
            if probed >= lists or rows[0][-1] >= 0:
                break
            probed *= 8
        pairs = zip(rows[0], cosines[0], strict=True)
        return [(int(self.numbers[row]), float(cosine)) for row, cosine in pairs if row >= 0]


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of an archive: most of them in the base, the last ones in the tail."""

    base: Run
    tail: Run

    @property
    def last_number(self) -> int:
        """The number of the last passage that has its vector here."""
        for run in (self.tail, self.base):
            if len(run.numbers):
                return int(run.numbers[-1])
        return 0

    @property
    def overgrown(self) -> bool:
        """Whether the tail is long enough to be merged."""
        return is_overgrown(len(self.tail.numbers), len(self.base.numbers))

    def extended(self, rows: Rows) -> "Vectors":
        """Return this with further vectors in the tail."""
        return Vectors(self.base, self.tail.extended(rows))

    def merged(self, gone: Numbers = NO_NUMBERS) -> "Vectors":
        """Return the same vectors with the tail inside the base, whose kind follows its size.

        Those of the passages that are gone are left out.
        """
        base, tail = self.base.without(gone), self.tail.without(gone)
        if base is self.base and not len(tail.numbers):
            return Vectors(base, tail)
        empty = Run(_flat(base.index.d), tail.numbers[:0])
        wanted = lists_for(len(base.numbers) + len(tail.numbers))
        if wanted >= 2 * max(1, _lists(base.index)) and wanted > 1:
            return Vectors(_in_lists(wanted, [base, tail]), empty)
        return Vectors(base.extended(tail.rows()), empty)

    def cosines(self, numbers: Numbers, query: NDArray[np.float32]) -> dict[int, float]:
        """Return the cosines of passages with a query."""
        return self.base.cosines(numbers, query) | self.tail.cosines(numbers, query)

    def search(
        self, query: NDArray[np.float32], limit: int, allowed: tuple[Mask, Mask]
    ) -> list[tuple[int, float]]:
        """Return the nearest allowed passages and their cosines, best first.

        `allowed` speaks of the rows of the base and of those of the tail.
        """
        in_base, in_tail = allowed
        found = self.base.search(query, limit, in_base) + self.tail.search(query, limit, in_tail)
        # The higher number, that is the later passage, comes first among equals.
        return sorted(found, key=lambda pair: (pair[1], pair[0]), reverse=True)[:limit]


def is_overgrown(tail: int, base: int) -> bool:
    """Whether so many passages in a tail are worth merging with so many in the base."""
    return tail > max(TAIL_LENGTH, base // TAIL_SHARE)


def no_vectors(dimension: int) -> Vectors:
    """Return vectors with none in them."""
    return Vectors(Run(_flat(dimension), NO_NUMBERS), Run(_flat(dimension), NO_NUMBERS))


def lists_for(count: int) -> int:
    """The rule: in how many lists so many vectors are kept; 1 means all are scanned."""
    return 1 if count <= EXACT_LIMIT else 2 ** math.ceil(math.log2(2 * math.sqrt(count)))


def write_index(run: Run, write: Callable[[bytes], int]) -> None:
    """Write the FAISS index of a run, a part at a time."""
    faiss.write_index(run.index, faiss.PyCallbackIOWriter(write))  # type: ignore[attr-defined]


def read_index(numbers: Numbers, read: Callable[[int], bytes]) -> Run:
    """Read what `write_index` wrote; FAISS trusts it, so its bytes have to be checked before."""
    reader = faiss.PyCallbackIOReader(read)  # type: ignore[attr-defined]
    return Run(faiss.read_index(reader), numbers)


def _flat(dimension: int) -> faiss.Index:
    return faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )


def _filled(index: faiss.Index, first: Numbers, rows: Rows) -> Run:
    numbers = [first]
    for more, vectors in rows:
        numbers.append(more)
        index.add(vectors.astype(np.float32))
    return Run(index, np.concatenate(numbers))


def _lists(index: faiss.Index) -> int:
    return int(index.nlist) if isinstance(index, faiss.IndexIVF) else 1


def _in_lists(lists: int, runs: list[Run]) -> Run:
    """Train lists on a sample and fill them; on one thread, beside searches that go on."""
    faiss.omp_set_num_threads(1)  # of this thread's own pool
    dimension = runs[0].index.d
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, lists, faiss.ScalarQuantizer.QT_fp16,
        faiss.METRIC_INNER_PRODUCT, False,
    )  # fmt: skip
    index.train(_sample(runs, lists * SAMPLE_PER_LIST))
    index.make_direct_map()  # from row to list, so that a row can be read again
    return _filled(index, runs[0].numbers[:0], (rows for run in runs for rows in run.rows()))


def _sample(runs: list[Run], size: int) -> NDArray[np.float32]:
    total = sum(len(run.numbers) for run in runs)
    chosen = np.random.default_rng(0).random(total) < size / total
    parts, start = [], 0
    for run in runs:
        for numbers, vectors in run.rows():
            parts.append(vectors[chosen[start : start + len(numbers)]].astype(np.float32))
            start += len(numbers)
    return np.concatenate(parts)


def _parameters(rows: int, bits: NDArray[np.uint8] | None, probed: int) -> faiss.SearchParameters:
    selector = None if bits is None else faiss.IDSelectorBitmap(rows, faiss.swig_ptr(bits))
    if probed > 1:
        return faiss.SearchParametersIVF(nprobe=probed, sel=selector)  # type: ignore[call-arg]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
