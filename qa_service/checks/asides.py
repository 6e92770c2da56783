"""Names in brackets behind what they are: "best actress (A), supporting actress (B)".

A claim that has the words right before one bracket, with the name in another, has mixed up the
list. Knows only brackets that hold one name, and words that stand together in both texts.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.mentions import mentions
from qa_service.checks.words import tokens

NAMED = re.compile(r"([^,;:()\n]+?)\s*\((\w[^(),;]{1,40})\)")


class Aside(NamedTuple):
    """What stands before a bracket, as stems, and the name in it."""

    of: tuple[str, ...]
    name: tuple[str, ...]
    written: str


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the one who stands in the bracket behind the words that the claim has."""
    said = tuple(t.key for m in mentions(claim) for t in m)
    stems = tuple(t.stem for t in tokens(claim))
    for sentence in cited.sentences:
        listed = asides(sentence)
        mine = [a for a in listed if a.name[-1] in said]
        meant = [a for a in listed if follows(a.of, stems)]
        if mine and meant and not set(mine) & set(meant):
            told = f"In the cited sentence that is {meant[0].written}, not {mine[0].written}."
            return [Issue("role", told)]
    return []


@lru_cache(maxsize=2048)
def asides(sentence: str) -> tuple[Aside, ...]:
    """Find the bracketed names of a sentence."""
    found = []
    for match in NAMED.finditer(sentence):
        mentioned = mentions(f"it is {match[2]}")
        words = [t for t in tokens(match[1]) if t.is_word]
        start = next((n for n in range(len(words), 0, -1) if words[n - 1].key == "and"), 0)
        if len(mentioned) == 1 and words[start:]:
            keys = tuple(t.key for t in mentioned[0])
            found.append(Aside(tuple(t.stem for t in words[start:]), keys, match[2]))
    return tuple(found)


def follows(words: tuple[str, ...], text: tuple[str, ...]) -> bool:
    """Whether words stand together, in their order, in a text."""
    return any(text[n : n + len(words)] == words for n in range(len(text) - len(words) + 1))
