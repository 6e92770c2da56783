"""Saying "not found": both sides of it, and what the service's own confidence is worth."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.cases import Case
from eval.replies import Reply
from eval.scores import Score


def answered_absent(case: Case, reply: Reply) -> Score | None:
    """Of the questions that the articles do not answer: 1 if it answered all the same."""
    if case.answerable:
        return None
    return Score(float(reply.answered), f"said: {reply.text}" if reply.answered else "refused")


def refused_present(case: Case, reply: Reply) -> Score | None:
    """Of the questions that the articles do answer: 1 if it said "not found"."""
    if not case.answerable:
        return None
    return Score(float(not reply.answered), "answered" if reply.answered else "said not found")


@dataclass(frozen=True, slots=True)
class Point:
    """If only answers at or over `threshold` were given: what share is given, how many wrong."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(judged: Sequence[tuple[float, bool]]) -> list[Point]:
    """Draw the selective-risk curve (El-Yaniv & Wiener 2010) over (confidence, is it right).

    Equal confidences make one point: no threshold tells them apart.
    """
    ordered = sorted(judged, key=lambda pair: -pair[0])
    points, wrong = [], 0
    for place, (confidence, good) in enumerate(ordered, start=1):
        wrong += not good
        if place == len(ordered) or ordered[place][0] != confidence:
            points.append(Point(confidence, place / len(ordered), wrong / place))
    return points


def separation(judged: Sequence[tuple[float, bool]]) -> float | None:
    """The chance that a right one has more confidence than a wrong one (ROC AUC, ties half)."""
    good = [confidence for confidence, right in judged if right]
    bad = [confidence for confidence, right in judged if not right]
    if not good or not bad:
        return None
    won = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    return won / (len(good) * len(bad))


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence: their mean confidence, how many were right, of how many."""

    confidence: float
    right: float
    n: int


def calibration(judged: Sequence[tuple[float, bool]], *, bins: int = 10) -> list[Bin]:
    """Sort into equal ranges of confidence what was said and what came true (Guo et al. 2017)."""
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, good in judged:
        sorted_in[min(bins - 1, max(0, int(confidence * bins)))].append((confidence, good))
    return [
        Bin(sum(c for c, _ in held) / len(held), sum(g for _, g in held) / len(held), len(held))
        for held in sorted_in
        if held
    ]
