"""How sure a number is. Pure functions over lists of values; knows nothing of what they measure.

Efron & Tibshirani (1993), An Introduction to the Bootstrap; Wilson (1927) for rates; Hanley &
Lippman-Hand (1983), "If nothing goes wrong, is everything all right?", for 0 of n; Holm (1979).
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054  # the normal distribution's 97.5 % point
RESAMPLES = 10_000  # the ends of a 95 % interval then move by less than .005 between seeds
SEED = 20230904

Statistic = Callable[[NDArray[np.float64]], NDArray[np.float64]]  # rows of resamples -> one each


@dataclass(frozen=True, slots=True)
class Interval:
    """A value, between what and what it lies at 95 %, and over how many cases it was taken."""

    value: float
    low: float
    high: float
    n: int


def mean(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of every row."""
    return np.asarray(rows.mean(axis=1))


def median(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of every row."""
    return np.asarray(np.median(rows, axis=1))


def p95(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The 95th percentile of every row."""
    return np.asarray(np.percentile(rows, 95, axis=1))


def bootstrap(values: Sequence[float], statistic: Statistic = mean) -> Interval:
    """Resample the cases with replacement; the interval holds the middle 95 % of what comes."""
    if not values:
        raise ValueError("an interval needs at least one value")
    array = np.asarray(values, dtype=np.float64)
    resampled = np.concatenate([statistic(array[rows]) for rows in _resamples(len(array))])
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Interval(float(statistic(array[None])[0]), float(low), float(high), len(values))


def rate(successes: int, n: int) -> Interval:
    """A share with its Wilson interval; at 0 or n of n the far end is the one-sided exact bound.

    0 of n: at 95 % the true rate is at most 1 - 0.05 ** (1 / n), near 3 / n ("rule of three").
    """
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"a rate needs 0 <= successes <= n and n > 0, got {successes} of {n}")
    bound = 1 - 0.05 ** (1 / n)
    if successes == 0:
        return Interval(0.0, 0.0, bound, n)
    if successes == n:
        return Interval(1.0, 1 - bound, 1.0, n)
    share, z2 = successes / n, Z95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return Interval(share, centre - half, centre + half, n)


def interval_of(values: Sequence[float]) -> Interval:
    """The mean with the interval that fits: Wilson for yes and no, bootstrap for all else."""
    if all(value in (0.0, 1.0) for value in values) and values:
        return rate(int(sum(values)), len(values))
    return bootstrap(values)


def permutation_p(differences: Sequence[float]) -> float:
    """How often chance alone, swapping the two sides of each pair, gives as large a mean.

    The paired (sign-flip) permutation test, two-sided; never 0, the observed one counts too.
    """
    array = np.asarray(differences, dtype=np.float64)
    observed = abs(array.mean()) - 1e-12
    as_large = 0
    for rows in _chunks(len(array)):
        signs = np.random.default_rng(SEED + rows[0]).choice([-1.0, 1.0], (rows[1], len(array)))
        as_large += int((np.abs((signs * array).mean(axis=1)) >= observed).sum())
    return (as_large + 1) / (RESAMPLES + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p values for having looked at several things at once."""
    adjusted, worst = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda i: p_values[i])):
        worst = max(worst, min(1.0, p_values[place] * (len(p_values) - rank)))
        adjusted[place] = worst
    return adjusted


def _resamples(n: int) -> Iterator[NDArray[np.int64]]:
    for start, count in _chunks(n):
        yield np.random.default_rng(SEED + start).integers(0, n, (count, n), dtype=np.int64)


def _chunks(n: int) -> list[tuple[int, int]]:
    size = max(1, min(RESAMPLES, 2_000_000 // n))  # 16 MB at a time, however many cases
    return [(start, min(size, RESAMPLES - start)) for start in range(0, RESAMPLES, size)]
