"""The best of both rankings, put in order by what a news search should know of them.

Knows candidates with their cosine and their BM25 score, and nothing of where they came from.
`docs/search.md` has what each step bought; one that bought nothing is not here.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from index.fulltext import pieces
from index.when import Period

MAX_WORDS = 64  # of a question of thousands, the first
# Words that questions are asked with; a headline that shares them shares nothing.
ASKING = frozenset(
    """a about according after an and any are as at be been before by did do does for from had has
    have he her his how i in into is it its many may more most much of on one or our over she so
    some such that the their them then there these they this those to up us was we week were what
    when where which who whom whose why will with would you your""".split()
)


# BM25's usual constants, and about how many words a passage has with its headline.
SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.75, 150


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
    bm25: float  # 0 if it was not found by its words


Scored = tuple[Candidate, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question is looked for in each candidate."""

    words: Mapping[str, float]  # stem to weight
    period: Period | None


def asked(text: str, weights: Mapping[str, float], period: Period | None) -> Asked:
    """Take a question apart; `weights` are by word, the higher the rarer."""
    words = words_of(text)[:MAX_WORDS]
    telling = [word for word in dict.fromkeys(words) if word not in ASKING]
    stems = {stem(word): weights.get(word, 0.0) for word in telling}
    return Asked(stems, period)


def rarity(passages: int, count: int) -> float:
    """Return what a word weighs that occurs in so many of the passages."""
    return math.log(1 + passages / (1 + count))


def ranked(
    candidates: Iterable[Candidate], question: Asked, recipe: Recipe
) -> list[tuple[Candidate, float]]:
    """Return the candidates with their scores, best first.

    Where their texts are known BM25 is told from these: full-text search looks for a question's
    rarest words only, and what was found by its vector has no BM25 at all.
    """
    found = list(candidates)
    worded = [_bm25(c, question) if question.words else c.bm25 for c in found]
    best = max(worded, default=0.0) or 1.0
    return in_order(
        (c, _score(c, words / best, question, recipe))
        for c, words in zip(found, worded, strict=True)
    )


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


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Take off what English plurals and tenses add."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _score(candidate: Candidate, words: float, question: Asked, recipe: Recipe) -> float:
    score = recipe.cosine * candidate.cosine + recipe.words * words
    if question.words:
        score += recipe.title * _title(candidate.title, question)
    if recipe.time and question.period and candidate.published:
        score += recipe.time * question.period.preference(candidate.published)
    return score


def _bm25(candidate: Candidate, question: Asked) -> float:
    """Return how well the words fit (Robertson & Zaragoza 2009), headline and text as one."""
    words = [stem(word) for word in words_of(f"{candidate.title}\n{candidate.text}")]
    counts = Counter(word for word in words if word in question.words)
    length = 1 - LENGTH_SHARE + LENGTH_SHARE * len(words) / USUAL_LENGTH
    return sum(
        question.words[word] * count * (SATURATION + 1) / (count + SATURATION * length)
        for word, count in counts.items()
    )


def _title(title: str, question: Asked) -> float:
    """Return the share of the question's words that stand in the headline, by weight."""
    total = sum(question.words.values())
    there = {stem(word) for word in words_of(title)}
    return sum(question.words[word] for word in there & question.words.keys()) / (total or 1.0)


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without the English genitive."""
    return pieces(text.replace("’", "'").replace("'s ", " "))
