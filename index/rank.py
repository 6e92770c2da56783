"""The best of both rankings, put in order by what a news search should know of them.

Knows candidates with their cosine and their BM25 score, and nothing of where they came from.
`docs/search.md` has what each step bought; one that bought nothing is not here.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.when import Period
from index.words import ASKING as ASKING  # offered from here, too
from index.words import stem as stem
from index.words import words_of


@dataclass(frozen=True, slots=True)
class Recipe:
    """How much each thing counts; a step that is 0 is left out."""

    cosine: float = 0.6
    words: float = 0.4  # BM25, as a share of the best one's
    title: float = 0.2  # the question's words in the headline, by how rare they are
    time: float = 0.25  # published in the time that the question names
    per_article: int = 3  # further passages of one article come behind the other articles


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that one of the rankings found."""

    number: int
    article: int
    title: str
    text: str
    published: date | None
    cosine: float
    bm25: float


Scored = tuple[Candidate, float]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question is looked for in each candidate."""

    words: Mapping[str, float]  # stem to weight
    period: Period | None


def rarity(passages: int, count: int) -> float:
    """Return what a word weighs that occurs in so many of the passages."""
    return math.log(1 + passages / (1 + count))


def likeliest(cosines: Values, bm25: Values, fits: Values, recipe: Recipe) -> NDArray[np.int64]:
    """Return the places of candidates, best first by what is known without reading them.

    They are given as columns; `fits` says how well their time is the one that the question names.
    """
    words = bm25 / (bm25.max(initial=0) or 1.0)
    scores = recipe.cosine * cosines + recipe.words * words + recipe.time * fits
    return np.argsort(scores, kind="stable")[::-1]


def ranked(
    candidates: Iterable[Candidate], question: Asked, recipe: Recipe
) -> list[tuple[Candidate, float]]:
    """Return the candidates with their scores, best first."""
    found = list(candidates)
    most = max((candidate.bm25 for candidate in found), default=0.0) or 1.0
    return in_order((c, _score(c, c.bm25 / most, question, recipe)) for c in found)


def in_order(scored: Iterable[Scored]) -> list[Scored]:
    """Sort by score; the higher number, that is the later passage, comes first among equals."""
    return sorted(scored, key=lambda pair: (pair[1], pair[0].number), reverse=True)


def spread(scored: Sequence[Scored], most: int) -> list[Scored]:
    """Put an article's passages after its first `most` behind all other articles'."""
    seen: dict[int, int] = {}
    first: list[Scored] = []
    later: list[Scored] = []
    for candidate, score in scored:
        seen[candidate.article] = seen.get(candidate.article, 0) + 1
        if seen[candidate.article] <= most:
            first.append((candidate, score))
        else:
            later.append((candidate, score))
    # Higher stays better: what has to wait has no better score than what goes before it.
    return first + [(candidate, min(score, first[-1][1])) for candidate, score in later]


def _score(candidate: Candidate, words: float, question: Asked, recipe: Recipe) -> float:
    score = recipe.cosine * candidate.cosine + recipe.words * words
    if candidate.title:
        score += recipe.title * _title(candidate.title, question)
    if recipe.time and question.period and candidate.published:
        score += recipe.time * question.period.preference(candidate.published)
    return score


def _title(title: str, question: Asked) -> float:
    """Return the share of the question's words that stand in the headline, by weight."""
    total = sum(question.words.values())
    there = {stem(word) for word in words_of(title)}
    return sum(question.words[word] for word in there & question.words.keys()) / (total or 1.0)
