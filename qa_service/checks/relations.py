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
    compound,
    described,
    find_anchors,
    names_who,
    owns,
    within_phrase,
)
from qa_service.checks.common_words import TITLES
from qa_service.checks.senses import sense
from qa_service.checks.words import Token, is_content, lemmas, tokens, word_set

BE = word_set("is are was were be been being get got gets getting")
AUX = BE | word_set(
    "has have had will would could may might must should did does do not never n't also later then "
    "now just already still only both all reportedly recently first officially to currently"
)
LIGHT = lemmas(
    "say tell be have do make take get go come give put see include people person call name"
)
RAISING = lemmas("set due expect schedule go able likely plan seem appear continue begin start")
PAST = lemmas(
    "win lose go say tell meet beat die leave begin make take rise fall quit buy sell sign"
)
APPOSITIVE = 14  # tokens between the commas of "Biden, who met Trump in Paris last week, resigned"


class Relation(NamedTuple):
    """One bond between a governing word and an anchor."""

    word: str  # the sense of the governing word
    role: str  # "does", "done", a preposition, "date", "counted"
    kind: str  # "name", "number", "date"
    anchor: tuple[str, ...]  # the words of a name; the index of a number or date as text


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


def passive(words: tuple[Token, ...], at: int) -> bool:
    """Whether the word at a place is a participle: "was beaten", "directed" before "by"."""
    key = words[at].key
    by = at + 1 < len(words) and words[at + 1].key == "by"
    after_be = any(words[i].key in BE for i in range(max(0, at - 3), at))
    if key.endswith("ing"):
        return False
    return (key.endswith(("ed", "en", "wn", "ne")) or words[at].stem != key) and (by or after_be)


def governors_right(
    words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor
) -> list[Relation]:
    """What an anchor does, or what is done to it; for a number, what it counts."""
    if anchor.kind == "number":
        return counts(words, at, anchor)
    if owns(words, anchor):
        found = verb_from(words, at, anchor, anchor.last)
        return [r._replace(role="owns") for r in found]
    if within_phrase(words, anchor) or described(words, at, anchor):
        return []
    place = over_company(words, at, anchor, anchor.last)
    if place < len(words) and words[place].text in (",", "("):
        bonds = relative_clause(words, at, anchor, place)
        closing = end_of_aside(words, place)
        beyond = verb_from(words, at, anchor, closing + 1) if closing else []
        return bonds + beyond
    if place < len(words) and words[place].key in ("who", "which", "that"):
        return verb_from(words, at, anchor, place + 1)
    return verb_from(words, at, anchor, place)


def counts(words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor) -> list[Relation]:
    """What a number counts and what that does: "12 *people* were *hurt*"."""
    place = anchor.last
    parts = [t.key for t in words[place : place + 2]]
    if words[anchor.first].key == "one" and parts[:1] == ["of"]:
        return []  # "one of the strongest earthquakes" counts none
    whole = next((at[i] for i in (place + 1, place + 2) if i in at), None)
    if parts[:1] == ["of"] and whole and whole.kind == "number":
        return verb_from(words, at, anchor, whole.last)[1:]  # "58 of the 64 patients had"
    found = verb_from(words, at, anchor, place)
    if not within_phrase(words, anchor):
        return found
    plural = anchor.last < len(words) and words[anchor.last].key.endswith("s")
    return found[:1] if plural else found[:2]  # "with 20 guests sank", "as one big firm"


def end_of_aside(words: tuple[Token, ...], place: int) -> int:
    """Where the aside that begins at a comma ends ahead of a verb, or 0; a list is no aside."""
    for at in range(place + 1, min(place + APPOSITIVE, len(words))):
        if words[at].text in (",", ")") and acts(words, at):
            aside = [t.key for t in words[place + 1 : at]]
            told = aside[:1] and aside[0] in (
                "who",
                "which",
                "whose",
                "a",
                "an",
                "the",
                "its",
                "his",
            )
            return at if told or "and" not in aside else 0
    return 0


def acts(words: tuple[Token, ...], closing: int) -> bool:
    """Whether what follows a closing comma looks like a verb."""
    if closing + 1 >= len(words):
        return False
    token = words[closing + 1]
    return token.key in AUX or token.key.endswith("ed") or token.stem in PAST


def relative_clause(
    words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor, place: int
) -> list[Relation]:
    """What "X, who …" does."""
    if place + 1 < len(words) and words[place + 1].key in ("who", "which"):
        return verb_from(words, at, anchor, place + 2)
    return []


def over_company(
    words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor, place: int
) -> int:
    """Step over "and Xi" and ", Xi and Modi" after a name."""
    while place + 1 < len(words) and words[place].key in ("and", ",", "&", "or"):
        following = at.get(place + 1)
        if following is None or following.kind != anchor.kind or anchor.kind != "name":
            break
        if words[place].key == "," and not any(
            words[i].key in ("and", "or") and at.get(i + 1)
            for i in (following.last, following.last + 1)
            if i < len(words)
        ):  # fmt: skip
            break
        place = following.last
    return place


def verb_from(
    words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor, place: int
) -> list[Relation]:
    """The word of meaning from a place on, over auxiliaries and adverbs."""
    out: list[Relation] = []
    saw_be = False
    while place < len(words):
        token = words[place]
        if place in at:
            break
        if token.key in AUX or (token.key.endswith("ly") and len(token.key) > 4):
            saw_be = saw_be or token.key in BE
        elif token.text in ("-", "'", "’") or token.key == "s":
            pass
        elif token.stem in RAISING and place + 1 < len(words) and words[place + 1].key == "to":
            saw_be = False
        elif is_content(token):
            if anchor.kind == "number":
                out.append(Relation(sense(token.stem), "counted", "number", anchor.key))
                if len(out) == 3:
                    break
            else:
                done = saw_be and passive(words, place)
                role = "done" if done else "does"
                return [Relation(sense(token.stem), role, anchor.kind, anchor.key)]
        elif (
            anchor.kind == "number" and not out
            and token.key in ("of", "the", "more", "others", "other")
        ):  # fmt: skip
            pass
        else:
            break
        place += 1
    return out


def second_verb(
    words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor, doer: Anchor
) -> list[Relation]:
    """What the doer does after "and": "Biden met Trump and *resigned*"."""
    place = anchor.last
    while place + 1 < len(words) and place not in at and words[place].text not in ".;\n":
        if words[place].key in ("and", "but", "then") and place + 1 not in at:
            token = words[place + 1]
            if (
                token.is_word
                and (token.key.endswith("ed") or token.stem in PAST)
                and is_content(token)
            ):
                return [Relation(sense(token.stem), "does", "name", doer.key)]
            return []
        place += 1
    return []
