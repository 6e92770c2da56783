"""Who did what to whom, and which number counts what.

Refused is a bond of the claim (`relations`) whose governing word has another name, number or date
in the source and not this one: "Xi beat Biden" on "Biden beat Xi", "40 died" on "12 died and 40
were hurt". Where no bond can be compared, two names that merely changed places are refused too.
"""

from itertools import pairwise

from qa_service.answers import Issue
from qa_service.checks import dates, names, numbers
from qa_service.checks.cited import Cited
from qa_service.checks.common_words import TITLES
from qa_service.checks.relations import LIGHT, Anchor, Reading, Relation, quantity_at, reading
from qa_service.checks.senses import SENSES, sense
from qa_service.checks.words import lemmas, tokens

GENERIC = {sense(w) for w in lemmas("people person year time percent other man woman day month "
                                    "week number total more hour minute case")}  # fmt: skip
LIGHT_SENSES = {sense(w) for w in LIGHT} | {SENSES[s] for s in lemmas("say tell announce")}


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first name, number or date that hangs on another word than in the source."""
    language = cited.language or "en"
    mine = reading(claim, language, names.small_words(cited.text))
    theirs = [(s, reading(s, language, names.small_words(s))) for s in cited.sentences]
    agree = Agreement(claim, cited, theirs)
    wrong = next((r for r in mine.relations if agree.conflicts(r, mine)), None)
    if wrong is not None:
        return [Issue("role", agree.told(wrong))]
    return exchanged(claim, cited, mine, theirs, agree)


class Agreement:
    """Compares bonds of one claim with those of the sentences it cites."""

    def __init__(self, claim: str, cited: Cited, theirs: list[tuple[str, Reading]]) -> None:
        self.claim, self.cited = claim, cited
        self.language = cited.language or "en"
        self.stated = [(s, r) for s, read in theirs for r in read.relations]

    def same(self, mine: Relation, sentence: str, other: Relation) -> bool:
        """Whether two bonds have one anchor."""
        if mine.kind == "name":
            return names.same_name(mine.anchor, other.anchor)
        if mine.kind == "number":
            one = quantity_at(self.claim, self.language, mine.anchor[0])
            return numbers.values_agree(one, quantity_at(sentence, self.language, other.anchor[0]))
        return self.same_date(mine, sentence, other)

    def same_date(self, mine: Relation, sentence: str, other: Relation) -> bool:
        """Whether a date of the source bears out a date of the claim."""
        claimed, stated = (
            next(m for m in dates.mentions(text, self.cited.published, self.language)
                 if str(m.first) == anchor)
            for text, anchor in ((self.claim, mine.anchor[0]), (sentence, other.anchor[0]))
        )  # fmt: skip
        return dates.fits(claimed, stated)

    def confirmed(self, mine: Relation) -> bool:
        """Whether the source has the very same bond."""
        return any(
            (o.word, o.role, o.kind) == (mine.word, mine.role, mine.kind) and self.same(mine, s, o)
            for s, o in self.stated
        )

    def conflicts(self, mine: Relation, read: Reading) -> bool:
        """Whether the source has the bond with other anchors only."""
        if mine.kind != "number" and mine.word in LIGHT_SENSES:
            return False
        rivals = [(s, o) for s, o in self.stated
                  if (o.word, o.role, o.kind) == (mine.word, mine.role, mine.kind)]  # fmt: skip
        if not rivals or any(self.same(mine, s, o) for s, o in rivals):
            return False
        listed = [r for r in read.relations if r != mine and r[:3] == mine[:3]]
        if mine.kind == "name" and any(map(self.confirmed, listed)):
            return False  # one of a list whose members the source sets further apart
        siblings = [r for r in read.relations if r.anchor == mine.anchor and r.kind == mine.kind]
        return not (mine.word in GENERIC and any(map(self.confirmed, siblings)))

    def told(self, mine: Relation) -> str:
        """Say what the claim joins and what the source joins."""
        rivals = [(s, o) for s, o in self.stated
                  if (o.word, o.role, o.kind) == (mine.word, mine.role, mine.kind)]  # fmt: skip
        here = written(self.claim, mine, self.language)
        there = written(*rivals[0], self.language)
        return f"In the cited sentence it is {there}, not {here}."


def written(text: str, bond: Relation, language: str) -> str:
    """An anchor in the text's own characters."""
    words = tokens(text)
    if bond.kind == "number":
        return numbers.written_out(text, quantity_at(text, language, bond.anchor[0]))
    if bond.kind == "date":
        first = int(bond.anchor[0])
        return next(
            text[words[m.first].start : words[m.last - 1].end]
            for m in dates.mentions(text, None, language) if m.first == first
        )  # fmt: skip
    return " ".join(bond.anchor).title()


def exchanged(
    claim: str, cited: Cited, mine: Reading, theirs: list[tuple[str, Reading]], agree: Agreement
) -> list[Issue]:
    """Refuse two names in the reverse order where nothing else shows that each kept its place."""
    people = [a for a in mine.anchors if a.kind == "name"]
    words = tokens(claim)
    for one, two in pairwise(people):
        between = [t.key for t in words[one.last : two.first]]
        if not between or set(between) <= {"and", ",", "or", "&", "the", "-"} or "by" in between:
            continue
        bonds = [r for r in mine.relations if r.kind == "name" and r.anchor in (one.key, two.key)]
        if any(agree.confirmed(r) for r in bonds):
            continue
        if reversed_everywhere(one, two, theirs) and not same_preposition(claim, one, two, theirs):
            first, second = " ".join(two.key).title(), " ".join(one.key).title()
            return [
                Issue(
                    "role", f"In the cited sentence {first} and {second} stand the other way round."
                )
            ]
    return []


def reversed_everywhere(one: Anchor, two: Anchor, theirs: list[tuple[str, Reading]]) -> bool:
    """Whether the source has both names in a sentence, always the second first."""
    orders = set()
    for sentence, read in theirs:
        words = tokens(sentence)
        people = [a for a in read.anchors if a.kind == "name"]
        firsts = [a for a in people if names.same_name(a.key, one.key)]
        seconds = [a for a in people if names.same_name(a.key, two.key)]
        for f in firsts:
            for s in seconds:
                between = {t.key for t in words[min(f.last, s.last) : max(f.first, s.first)]}
                titled = bool(between) and between <= TITLES  # "Apple CEO Tim Cook"
                orders.add(f.first < s.first or titled)
    return orders == {False}


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
