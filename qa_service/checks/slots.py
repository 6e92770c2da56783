"""Whether something stands where the source has something else.

A name, number, date or unit has a frame: the words up to the next word of meaning on each side. If
the frame it has in the claim is in the source that of another, and its own place there is another
one, the two were exchanged. The same is asked of "not": words that touch on one side and have a
negation between them on the other. Needs no grammar, so it holds in every language with spaces.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks import dates, names, numbers
from qa_service.checks.anchors import (
    Anchor,
    Relation,
    find_anchors,
    owns,
    quantity_at,
    within_phrase,
)
from qa_service.checks.cited import Cited
from qa_service.checks.common_words import TITLES, occupation
from qa_service.checks.hedges import NOT
from qa_service.checks.mentions import small_words
from qa_service.checks.relations import reading
from qa_service.checks.roles import GENERIC, Agreement
from qa_service.checks.units import ABOUT, OVER, UNDER, UNITS
from qa_service.checks.words import Token, is_content, stem, tokens

FRAME = 6  # tokens at most: "in the early" is a frame, a whole clause is a coincidence
DESCRIPTION = 6  # tokens between two names, the first of which describes the second
KIN = {"name": "name", "loose": "name", "number": "figure", "date": "figure", "unit": "unit"}
QUOTES = frozenset("\"“”«»„'‘’")
LIST = frozenset({"and", "or", ",", "&", "the", "und", "et", "y", "и", "-", "–", "to"})
SHORT_NOT = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can"}


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


def unit_anchors(words: tuple[Token, ...]) -> list[Anchor]:
    """Units that no number precedes: "in recent *weeks*"."""
    return [
        Anchor("unit", i, i + 1, (UNITS[t.key],))
        for i, t in enumerate(words)
        if t.key in UNITS and t.is_word and len(t.key) > 3
    ]


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


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first thing that stands in another's place, or a "not" put in or left out."""
    language = cited.language or "en"
    known = small_words(cited.text)
    own_words = [(s, small_words(s)) for s in cited.sentences]
    theirs = [
        (s, f) for s, k in own_words for f in framed(s, language, k) if f.anchor.kind != "loose"
    ]
    agree = Agreement(claim, cited, [(s, reading(s, language, k)) for s, k in own_words])
    bonds = reading(claim, language, known).relations
    for mine in framed(claim, language, known):
        rivals = [(s, f) for s, f in theirs if alike(claim, mine.anchor, s, f.anchor)]
        own = [same(claim, mine.anchor, s, f.anchor, cited) for s, f in rivals]
        depth = "far" if mistakable(mine, rivals, own) else "near"
        if any(o and fits(mine, f, depth) for o, (_, f) in zip(own, rivals, strict=True)):
            continue
        if mine.anchor.kind == "name" and names.acronym_of(mine.anchor.key, cited.text):
            continue
        if mine.anchor.kind == "number" and agree.elided(mine.anchor.key[0]):
            continue
        if depth == "near" and any(agree.confirmed(b) for b in bonds if tells(b, mine.anchor)):
            continue  # "was beaten by Biden": another place, the same part
        for is_own, (sentence, other) in zip(own, rivals, strict=True):
            if (
                not is_own
                and fits(mine, other, depth)
                and not listed(mine, sentence, claim, rivals, own, other)
                and not describes(sentence, other.anchor, rivals, own)
            ):
                here, there = shown(claim, mine.anchor), shown(sentence, other.anchor)
                told = f"The claim says {here} where the cited sentence says {there}."
                return [Issue("role", told)]
    return negated(claim, cited)


def alike(claim: str, mine: Anchor, sentence: str, other: Anchor) -> bool:
    """Whether two anchors are of one kind; a year may be read as a number on either side."""
    if mine.kind == other.kind or KIN[mine.kind] != "figure":
        return KIN[mine.kind] == KIN[other.kind]
    written = shown(claim, mine) if mine.kind == "date" else shown(sentence, other)
    return KIN[other.kind] == "figure" and written.strip("“”").isdecimal()


def tells(bond: Relation, anchor: Anchor) -> bool:
    """Whether a bond is an anchor's own and says more than that it counts people."""
    return (bond.kind, bond.anchor) == (anchor.kind, anchor.key) and bond.word not in GENERIC


def mistakable(mine: Framed, rivals: list[tuple[str, Framed]], own: list[bool]) -> bool:
    """Whether the near frame of an anchor is that of its own place and of another's too."""
    fit = [fits(mine, f, "near") for _, f in rivals]
    both = any(f and o for f, o in zip(fit, own, strict=True)) and any(
        f and not o for f, o in zip(fit, own, strict=True)
    )
    return both and any(fits(mine, f, "far") for _, f in rivals)


def fits(one: Framed, other: Framed, depth: str) -> bool:
    """Whether two anchors have a frame in common, on either side."""
    pairs = zip(getattr(one, depth), getattr(other, depth), strict=True)
    return any(mine and mine == theirs for mine, theirs in pairs)


def listed(
    mine: Framed, sentence: str, claim: str, rivals: list[tuple[str, Framed]], own: list[bool],
    other: Framed,
) -> bool:  # fmt: skip
    """Whether the two merely changed places in one list: "Xi and Biden" for "Biden and Xi"."""
    words = tokens(sentence)
    for is_own, (where, framed_own) in zip(own, rivals, strict=True):
        if is_own and where == sentence:
            one, two = sorted((framed_own.anchor, other.anchor), key=lambda a: a.first)
            between = {t.key for t in words[one.last : two.first]}
            if between <= LIST and between & {"and", "or", "&", "und", "et", "y", "и"}:
                return mine.anchor.kind == "name"
    return False


def describes(
    sentence: str, other: Anchor, rivals: list[tuple[str, Framed]], own: list[bool]
) -> bool:
    """Whether the other one only describes the claim's own: "NBA superstar Kevin Durant"."""
    words = tokens(sentence)
    for is_own, (where, framed_own) in zip(own, rivals, strict=True):
        between = words[other.last : framed_own.anchor.first]
        if not is_own or where != sentence or len(between) > DESCRIPTION:
            continue
        owned = owns(words, other) and not any(t.is_word and not is_content(t) for t in between)
        if between and (owned or all(occupation(t.key) for t in between)):
            return True
    return False


def same(claim: str, mine: Anchor, sentence: str, other: Anchor, cited: Cited) -> bool:
    """Whether an anchor of the claim and one of the source are the same thing."""
    language = cited.language or "en"
    if (
        KIN[mine.kind] == "figure" and mine.kind != other.kind
    ):  # a year that one side reads as a number
        return shown(claim, mine) == shown(sentence, other)
    if mine.kind in ("name", "loose"):
        return names.same_name(mine.key, other.key)
    if mine.kind == "unit":
        return mine.key == other.key
    if mine.kind == "number":
        one, two = (quantity_at(claim, language, mine.key[0]),
                    quantity_at(sentence, language, other.key[0]))  # fmt: skip
        return numbers.values_agree(one, two)
    return dates.fits(date_at(claim, mine, cited), date_at(sentence, other, cited))


def date_at(text: str, anchor: Anchor, cited: Cited) -> dates.Mention:
    """The date that an anchor of kind "date" stands for."""
    every = dates.mentions(text, cited.published, cited.language or "en")
    return next(m for m in every if m.first == anchor.first)


def shown(text: str, anchor: Anchor) -> str:
    """An anchor in the text's own characters."""
    words = tokens(text)
    return f"“{text[words[anchor.first].start : words[anchor.last - 1].end]}”"


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


def negated(claim: str, cited: Cited) -> list[Issue]:
    """Refuse a negation put between, or taken from between, two words of the source."""
    close, apart = touching(claim)
    for sentence in cited.sentences:
        their_close, their_apart = touching(sentence)
        if (apart & their_close) - their_apart:
            return [Issue("negation", "The claim has a “not” that the cited sentence has not.")]
        if (close & their_apart) - their_close - apart:
            return [Issue("negation", "The cited sentence has a “not” that the claim lost.")]
    return []
