"""Whether a "not" was put between two words of the source, or taken from between them.

Words that touch in the one text and have a negation between them in the other. Needs no grammar,
so it holds in every language with spaces; says nothing where the words around are others.
"""

from functools import lru_cache
from itertools import pairwise

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.hedges import NOT
from qa_service.checks.stemmer import stem
from qa_service.checks.words import Token, tokens

SHORT_NOT = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can"}


def check(claim: str, cited: Cited) -> list[Issue]:
    """Refuse a negation put between, or taken from between, two words of the source."""
    close, apart = touching(claim)
    for sentence in cited.sentences:
        their_close, their_apart = touching(sentence)
        if (apart & their_close) - their_apart:
            return [Issue("negation", "The claim has a “not” that the cited sentence has not.")]
        if (close & their_apart) - their_close - apart:
            return [Issue("negation", "The cited sentence has a “not” that the claim lost.")]
    return []


@lru_cache(maxsize=8192)
def touching(text: str) -> tuple[frozenset[tuple[str, str]], frozenset[tuple[str, str]]]:
    """The pairs of words that touch, and those that have a negation between them."""
    plain: list[str] = []
    marks: list[bool] = []
    words = tokens(text)
    for at, token in enumerate(words):
        key, negative = token.key, token.key in NOT and not numbered(words, at)
        if key in SHORT_NOT:
            plain, marks, key, negative = [*plain, stem(SHORT_NOT[key])], [*marks, False], "", True
        elif key.endswith("n't"):
            plain, marks, key, negative = [*plain, stem(key[:-3])], [*marks, False], "", True
        plain.append(token.stem if key == token.key else key)
        marks.append(negative)
    pairs = list(pairwise(zip(plain, marks, strict=True)))
    close = {(a, b) for (a, x), (b, y) in pairs if not x and not y}
    apart = {
        (plain[i - 1], plain[i + 1])
        for i in range(1, len(plain) - 1)
        if marks[i] and not marks[i - 1] and not marks[i + 1]
    }
    return frozenset(close), frozenset(apart)


def numbered(words: tuple[Token, ...], at: int) -> bool:
    """Whether a "No" is short for "number"."""
    return words[at].key == "no" and any(t.text[0].isdecimal() for t in words[at + 1 : at + 3])
