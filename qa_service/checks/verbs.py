"""What a name does or has done to it, and what a number counts: the words to the right of each.

A shallow reading over auxiliaries, adverbs, asides and relative clauses. It leaves out what it
cannot see, and never guesses. Knows no claim.
"""

from qa_service.checks.anchors import Anchor, Relation, described, owns, within_phrase
from qa_service.checks.senses import sense
from qa_service.checks.words import Token, is_content, lemmas, word_set

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
