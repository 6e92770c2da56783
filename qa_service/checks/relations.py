"""What hangs on what: the names, numbers and dates of a text with the words that govern them.

A shallow reading that looks only at neighbours: the word a name does ("Biden *met* Xi"), the word
it is done by or to ("*met* Xi", "met *with* Xi", "was *beaten* by Xi"), the noun a number counts.
It leaves out what it cannot see, and never guesses: what is not found here is not compared.
"""

from functools import lru_cache
from typing import NamedTuple

from qa_service.checks.anchors import (
    BOUNDING,
    PREPOSITIONS,
    SKIPPED,
    Anchor,
    Relation,
    compound,
    described,
    find_anchors,
    names_who,
    owns,
)
from qa_service.checks.common_words import TITLES
from qa_service.checks.senses import sense
from qa_service.checks.verbs import APPOSITIVE, governors_right, passive, second_verb
from qa_service.checks.words import Token, is_content, tokens


class Reading(NamedTuple):
    """The bonds of a text and its anchors in order."""

    relations: tuple[Relation, ...]
    anchors: tuple[Anchor, ...]


@lru_cache(maxsize=8192)
def reading(text: str, language: str, known: frozenset[str]) -> Reading:
    """Read the bonds of a text; `known` are words that are no names."""
    words = tokens(text)
    anchors = find_anchors(text, words, language, known)
    at = {i: a for a in anchors for i in range(a.first, a.last)}
    bonds: list[Relation] = []
    doer: Anchor | None = None
    for anchor in anchors:
        left = governor_left(words, at, anchor)
        right = [] if anchor.kind == "date" else governors_right(words, at, anchor)
        bonds += [*left, *right]
        if anchor.kind == "name" and any(r.role == "does" for r in right):
            doer = anchor
        if doer:
            bonds += second_verb(words, at, anchor, doer)
    return Reading(tuple(dict.fromkeys(bonds)), anchors)


def governor_left(
    words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor
) -> list[Relation]:
    """The word before an anchor that governs it, and by which preposition."""
    if anchor.kind == "name" and (
        owns(words, anchor) or compound(words, anchor) or described(words, at, anchor)
    ):
        return []  # "praised Biden's plan", "praised Apple chief Tim Cook"
    preposition = ""
    place = anchor.first - 1
    while place >= 0:
        token = words[place]
        first_half = at.get(place - 2) if words[place - 1].text == "-" else None
        if first_half and compound(words, first_half):  # "Trump-backed lawyer Ada Holt"
            place = first_half.first - 1
            continue
        if token.text == ")" and (opening := opened(words, place)):
            place = opening - 1
            continue
        other = at.get(place)
        if other is not None:
            link = words[place + 1].key if place + 1 < anchor.first else ""
            ranged = other.first > 0 and words[other.first - 1].key in ("from", "between")
            score = (
                anchor.kind == "number" and link in ("to", "-", "–") and not ranged
            )  # "58 to 41"
            if other.kind != anchor.kind or not (score or link in ("and", ",", "or", "&")):
                return []
            place, preposition = other.first - 1, "" if score else preposition
            continue
        skipped = token.key in SKIPPED and (anchor.kind != "name" or token.key not in BOUNDING)
        if token.key in PREPOSITIONS and not skipped:
            if preposition:
                return []
            preposition = token.key
        elif is_content(token) and token.key not in TITLES and not names_who(words, at, place):
            return bond_left(words, place, anchor, preposition)
        elif not (
            skipped or token.key in TITLES or names_who(words, at, place)
            or linking(words, at, place)
        ):  # fmt: skip
            return []
        place -= 1
    return []


def opened(words: tuple[Token, ...], at: int) -> int:
    """Where the bracket that closes at a place was opened, or 0."""
    return next((i for i in range(at - 1, max(0, at - APPOSITIVE), -1) if words[i].text == "("), 0)


def linking(words: tuple[Token, ...], at: dict[int, Anchor], place: int) -> bool:
    """Whether an "and" or a comma joins two anchors."""
    return words[place].key in ("and", ",", "or", "&", "-", "$", "£", "€") and place - 1 in at


def bond_left(
    words: tuple[Token, ...], place: int, anchor: Anchor, preposition: str
) -> list[Relation]:
    """The bond with the word of meaning found to the left."""
    word = sense(words[place].stem)
    if anchor.kind == "date":
        return [Relation(word, "date", "date", anchor.key)]
    if preposition == "by" and passive(words, place):
        return [Relation(word, "does", anchor.kind, anchor.key)]
    role = preposition or "done"
    if anchor.kind == "number" and role in ("done", "at", "to", "by"):
        role = "counted"
    return [Relation(word, role, anchor.kind, anchor.key)]
