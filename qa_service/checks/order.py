"""Two names that changed places around the same words: "Xi sued Biden" on "Biden sued Xi".

Compared is what stands between the two in the claim and in the source. The reverse order is no
exchange where the words between turned round as well ("was sued by", "the mother of" for "his
mother"), where other words stand between, or where one of the two is merely who said it.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks import names, speeches
from qa_service.checks.anchors import PREPOSITIONS, Anchor, Relation, owns
from qa_service.checks.common_words import TITLES
from qa_service.checks.relations import Reading
from qa_service.checks.senses import sense
from qa_service.checks.verbs import passive
from qa_service.checks.words import Token, is_content, tokens, word_set

POSSESSIVE = word_set("his her their its whose")
JOINING = frozenset({"and", ",", "or", "&", "the", "-"})


class Link(NamedTuple):
    """What joins two names that follow each other."""

    words: frozenset[str]  # the senses between them; the prepositions where there is nothing else
    passive: bool  # the second name is the one that acts
    owned: frozenset[str]  # the senses right before an "of": the second name is the one that owns

    def turned(self, shared: frozenset[str]) -> bool:
        """Whether the second name comes first in meaning, by the words that both texts have."""
        return self.passive or bool(self.owned & shared)


def check(
    claim: str,
    mine: Reading,
    theirs: list[tuple[str, Reading]],
    confirmed: Callable[[Relation], bool],
) -> list[Issue]:
    """Refuse two names in the reverse order around words that the source has between them too."""
    words = tokens(claim)
    for one, two in pairwise(a for a in mine.anchors if a.kind == "name"):
        if {t.key for t in words[one.last : two.first]} <= JOINING:
            continue
        bonds = [r for r in mine.relations if r.kind == "name" and r.anchor in (one.key, two.key)]
        if any(map(confirmed, bonds)) or said_by_either(claim, one, two, theirs):
            continue
        if reversed_around(claim, one, two, theirs) and not same_preposition(
            claim, one, two, theirs
        ):
            first, second = " ".join(two.key).title(), " ".join(one.key).title()
            told = f"In the cited sentence {first} and {second} stand the other way round."
            return [Issue("role", told)]
    return []


def link(words: tuple[Token, ...], one: Anchor, two: Anchor) -> Link:
    """Read what stands between two names."""
    inner = words[one.last : two.first]
    keys = [t.key for t in inner]
    content = {sense(t.stem) for t in inner if is_content(t) and t.key not in TITLES}
    done = any(passive(words, i) for i in range(one.last, two.first) if is_content(words[i]))
    mine = owns(words, one) or bool(POSSESSIVE & set(keys))
    owned = {sense(a.stem) for a, b in pairwise(inner) if b.key == "of" and not mine}
    joined = frozenset(content or PREPOSITIONS & set(keys))
    return Link(joined, "by" in keys[-4:] or done, frozenset(owned))


def reversed_around(
    claim: str, one: Anchor, two: Anchor, theirs: list[tuple[str, Reading]]
) -> bool:
    """Whether the source has both names only the other way round, joined by the same words."""
    here = link(tokens(claim), one, two)
    around = False
    for sentence, read in theirs:
        words = tokens(sentence)
        people = [a for a in read.anchors if a.kind == "name"]
        firsts = [a for a in people if names.same_name(a.key, one.key)]
        seconds = [a for a in people if names.same_name(a.key, two.key)]
        for f in firsts:
            for s in seconds:
                if f.first < s.first:
                    return False
                there = link(words, s, f)
                shared = here.words & there.words
                around |= bool(shared) and here.turned(shared) == there.turned(shared)
    return around


def said_by_either(claim: str, one: Anchor, two: Anchor, theirs: list[tuple[str, Reading]]) -> bool:
    """Whether one of two names is that of who speaks, on both sides."""
    here = [s.speaker for s in speeches.speeches(claim) if s.named]
    there = [s.speaker for text, _ in theirs for s in speeches.speeches(text) if s.named]
    return any(
        any(names.same_name(a.key, s) for s in here)
        and any(names.same_name(a.key, s) for s in there)
        for a in (one, two)
    )


def same_preposition(
    claim: str, one: Anchor, two: Anchor, theirs: list[tuple[str, Reading]]
) -> bool:
    """Whether one of two names stands behind the same preposition on both sides."""
    for anchor in (one, two):
        before = lead(claim, anchor)
        for sentence, read in theirs:
            same = [
                a for a in read.anchors if a.kind == "name" and names.same_name(a.key, anchor.key)
            ]
            if before and any(lead(sentence, a) == before for a in same):
                return True
    return False


def lead(text: str, anchor: Anchor) -> str:
    """The preposition right before a name, articles and titles aside."""
    words = tokens(text)
    place = anchor.first - 1
    while place >= 0 and (words[place].key in ("the", "a", "an") or words[place].key in TITLES):
        place -= 1
    prepositions = ("in", "at", "on", "from", "of", "near", "with", "to", "for", "by", "against")
    return words[place].key if place >= 0 and words[place].key in prepositions else ""
