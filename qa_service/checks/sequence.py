"""What came first: "A before B" is "B after A", and never "B before A".

Each "before" and "after" of the claim is held against those of a cited sentence that join the
same events, by the words on either side. Knows no clock: times and dates are compared elsewhere.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.words import Token, is_content, tokens

REACH = 8  # words of meaning on either side that tell which event is meant
EARLIER = frozenset({"before", "until"})
LATER = frozenset({"after", "following", "since"})
TWO_WORDS = {("ahead", "of"): True, ("prior", "to"): True}


class Order(NamedTuple):
    """Two events of a text by the stems of their words, the earlier one first."""

    first: frozenset[str]
    second: frozenset[str]
    written: str  # the word that joins them


@lru_cache(maxsize=8192)
def orders(text: str) -> tuple[Order, ...]:
    """Find what a text says came before what."""
    words = tokens(text)
    joints = [at for at in range(len(words)) if earlier_first(words, at) is not None]
    return tuple(found for at in joints if (found := order_at(words, at, joints)))


def earlier_first(words: tuple[Token, ...], at: int) -> bool | None:
    """Whether what stands left of a joint comes first; None where there is no joint."""
    key = words[at].key
    following = words[at + 1].key if at + 1 < len(words) else ""
    if (key, following) in TWO_WORDS:
        return TWO_WORDS[key, following]
    if key == "following" and at and words[at - 1].key in ("the", "a", "is", "was", "are", "were"):
        return None
    return True if key in EARLIER else False if key in LATER else None


def order_at(words: tuple[Token, ...], at: int, joints: list[int]) -> Order | None:
    """The events on the two sides of one joint."""
    opens = at == 0 or not any(t.is_word for t in words[:at])
    comma = next((i for i in range(at, len(words)) if words[i].text == ","), None)
    if opens and comma is None:
        return None
    if opens and comma is not None:  # "After B, A"
        left, right = stems(words[comma:], 1), stems(words[at + 1 : comma], 1)
    else:
        next_joint = next((j for j in joints if j > at), len(words))
        left, right = stems(words[:at], -1), stems(clause(words[at + 1 : next_joint]), 1)
    if not left or not right:
        return None
    pair = (left, right) if earlier_first(words, at) else (right, left)
    return Order(*pair, words[at].text)


def clause(words: tuple[Token, ...]) -> tuple[Token, ...]:
    """The words up to the first comma."""
    return words[: next((i for i, t in enumerate(words) if t.text == ","), len(words))]


def stems(words: tuple[Token, ...], step: int) -> frozenset[str]:
    """The nearest words of meaning of one side, to the end of the sentence."""
    found: list[str] = []
    for token in words[::step]:
        if token.text in (";", "\n", "?", "!") or len(found) == REACH:
            break
        if is_content(token) or token.text[0].isdecimal():
            found.append(token.stem)
    return frozenset(found)


def check(claim: str, cited: Cited) -> list[Issue]:
    """Refuse events that a cited sentence, or else its article, puts the other way round."""
    sentences = re.split(r"(?<=[.!?])\s+", cited.article)
    stated = [o for s in cited.sentences for o in orders(s)] or [
        o for s in sentences for o in orders(s)
    ]
    for mine in orders(claim):
        agreeing = max((kept(mine, o) for o in stated), default=0)
        other = max(stated, key=lambda o: crossed(mine, o), default=None)
        if other is not None and crossed(mine, other) > agreeing:
            told = f"“{mine.written}” puts what happened the other way round than the sentence."
            return [Issue("direction", told)]
    return []


def kept(mine: Order, other: Order) -> int:
    """How many words stand on the same side in both."""
    return len(mine.first & other.first) + len(mine.second & other.second)


def crossed(mine: Order, other: Order) -> int:
    """How many words changed sides, where some did on both."""
    one, two = len(mine.first & other.second), len(mine.second & other.first)
    return one + two if one and two else 0
