"""The frames of names, numbers, dates and units: the words up to the next word of meaning.

Needs no grammar, so it holds in every language with spaces. Knows nothing of what is claimed.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.anchors import Anchor, find_anchors, owns, within_phrase
from qa_service.checks.common_words import TITLES
from qa_service.checks.units import ABOUT, OVER, UNDER, UNITS
from qa_service.checks.words import Token, is_content, tokens

FRAME = 6  # tokens at most: "in the early" is a frame, a whole clause is a coincidence
QUOTES = frozenset("\"“”«»„'‘’")


class Framed(NamedTuple):
    """An anchor with what stands on either side of it; an empty side tells nothing.

    `near` reaches to the next word of meaning to the left and right, `far` to the second.
    """

    anchor: Anchor
    near: tuple[tuple[str, ...], tuple[str, ...]]
    far: tuple[tuple[str, ...], tuple[str, ...]]


@lru_cache(maxsize=8192)
def framed(text: str, language: str, known: frozenset[str]) -> tuple[Framed, ...]:
    """The anchors of a text with their frames."""
    words = tokens(text)
    anchors = [*find_anchors(text, words, language, known), *unit_anchors(words)]
    taken = {i for a in anchors for i in range(a.first, a.last)}
    anchors += [  # a first word: no name by itself, but it may stand where the source has one
        Anchor("loose", i, i + 1, (t.key,))
        for i, t in enumerate(words)
        if i not in taken
        and t.is_word
        and t.is_capital
        and is_content(t)
        and not colours(t)
        and t.stem not in known
    ]
    return tuple(Framed(a, around(words, a, 1), around(words, a, 2)) for a in anchors)


def unit_anchors(words: tuple[Token, ...]) -> list[Anchor]:
    """Units that no number precedes: "in recent *weeks*"."""
    return [
        Anchor("unit", i, i + 1, (UNITS[t.key],))
        for i, t in enumerate(words)
        if t.key in UNITS and t.is_word and len(t.key) > 3
    ]


def colours(token: Token) -> bool:
    """Whether a first word is a title, an adverb or a word that bounds a number."""
    return token.key in TITLES or token.key in ABOUT | OVER | UNDER or token.key.endswith("ly")


def around(
    words: tuple[Token, ...], anchor: Anchor, depth: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands to the left and to the right of an anchor, to so many words of meaning."""
    right = () if tells_place(words, anchor) else side(words, anchor.last, 1, depth)
    if right and owns(words, anchor):  # "McDonald's meal" is another thing than "Grimace meal"
        right = ("'s", *right)
    return side(words, anchor.first - 1, -1, depth), right


def tells_place(words: tuple[Token, ...], anchor: Anchor) -> bool:
    """Whether what follows belongs to the noun before: "a judge in *Oslo* was arrested"."""
    return anchor.kind == "name" and within_phrase(words, anchor)


def side(words: tuple[Token, ...], at: int, step: int, depth: int) -> tuple[str, ...]:
    """The stems from a place on to a word of meaning; empty if none is near."""
    out: list[str] = []
    while 0 <= at < len(words) and len(out) < FRAME * depth:
        token = words[at]
        if token.text == "\n" or token.text in ".!?;,":
            return ()
        if token.text not in QUOTES:
            out.append(token.stem)
        depth -= is_content(token) or token.text[0].isdecimal()
        if not depth:
            return tuple(out)
        at += step
    return ()


def fits(one: Framed, other: Framed, depth: str) -> bool:
    """Whether two anchors have a frame in common, on either side."""
    pairs = zip(getattr(one, depth), getattr(other, depth), strict=True)
    return any(mine and mine == theirs for mine, theirs in pairs)
