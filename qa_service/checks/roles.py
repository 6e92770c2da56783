"""Who did what to whom, and which number counts what.

Refused is a bond of the claim (`relations`) whose governing word has another name, number or date
in the source and not this one: "Xi beat Biden" on "Biden beat Xi", "40 died" on "12 died and 40
were hurt". Two names that merely changed places around the same words are refused too (`order`).
"""

from qa_service.answers import Issue
from qa_service.checks import dates, granted, names, numbers, order
from qa_service.checks.anchors import Relation, quantity_at
from qa_service.checks.cited import Cited
from qa_service.checks.mentions import small_words
from qa_service.checks.quantities import Quantity, quantities
from qa_service.checks.relations import Reading, reading
from qa_service.checks.senses import SENSES, sense
from qa_service.checks.verbs import LIGHT
from qa_service.checks.words import Token, lemmas, tokens

GENERIC = {sense(w) for w in lemmas("people person year time percent other man woman day month "
                                    "week number total more hour minute case")}  # fmt: skip
PLURALS = lemmas("people men women children")
LIGHT_SENSES = {sense(w) for w in LIGHT} | {SENSES[s] for s in lemmas("say tell announce")}


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first name, number or date that hangs on another word than in the source."""
    language = cited.language or "en"
    mine = reading(claim, language, small_words(cited.text))
    theirs = [(s, reading(s, language, small_words(s))) for s in cited.sentences]
    agree = Agreement(claim, cited, theirs)
    wrong = next((r for r in mine.relations if agree.conflicts(r, mine)), None)
    if wrong is not None:
        return [Issue("role", agree.told(wrong))]
    return order.check(claim, mine, theirs, agree.confirmed)


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
        if mine.kind == "name" and names.acronym_of(mine.anchor, self.cited.text):
            return False
        listed = [r for r in read.relations if r != mine and r[:3] == mine[:3]]
        if mine.kind == "name" and any(map(self.confirmed, listed)):
            return False  # one of a list whose members the source sets further apart
        if (self.is_granted(mine) and not self.is_of_another(mine, read)) or (
            mine.kind == "number" and self.elided(mine.anchor[0], mine.word)
        ):
            return False
        siblings = [r for r in read.relations if r.anchor == mine.anchor and r.kind == mine.kind]
        return not (mine.word in GENERIC and any(map(self.confirmed, siblings)))

    def is_granted(self, mine: Relation) -> bool:
        """Whether a bond is the question's own, and the article's."""
        if mine.kind == "number":
            own = quantity_at(self.claim, self.language, mine.anchor[0])
            return numbers.granted(own, self.cited)
        return granted.bond(mine, self.cited)

    def is_of_another(self, mine: Relation, read: Reading) -> bool:
        """Whether the answer did it here, to another: "Hunt replaced Kwarteng", asked of Truss."""
        others = [r for r in read.relations if r.word == mine.word and r.anchor != mine.anchor]
        return mine.kind == "name" and any(
            r.kind == "name" and r.role != mine.role and self.confirmed(r) for r in others
        )

    def elided(self, anchor: str, counted: str | None = None) -> bool:
        """Whether the source leaves the counted noun out: "two were" behind "nine patients"."""
        own = quantity_at(self.claim, self.language, anchor)
        words = tokens(self.claim)
        noun = words[own.last] if own.last < len(words) else None
        if noun is None or not is_plural(noun) or counted not in (None, sense(noun.stem)):
            return False
        return any(
            numbers.values_agree(own, q) and bare(tokens(sentence), q, noun.stem)
            for sentence in self.cited.sentences
            for q in quantities(sentence, self.language)
        )

    def told(self, mine: Relation) -> str:
        """Say what the claim joins and what the source joins."""
        rivals = [(s, o) for s, o in self.stated
                  if (o.word, o.role, o.kind) == (mine.word, mine.role, mine.kind)]  # fmt: skip
        here = written(self.claim, mine, self.language)
        there = written(*rivals[0], self.language)
        return f"In the cited sentence it is {there}, not {here}."


def bare(words: tuple[Token, ...], number: Quantity, noun: str) -> bool:
    """Whether no noun follows a number, and the noun stands somewhere before it."""
    following = words[number.last] if number.last < len(words) else None
    counts_none = following is not None and following.is_word and not is_plural(following)
    return counts_none and noun in {t.stem for t in words[: number.first]}


def is_plural(token: Token) -> bool:
    """Whether a word is written as the plural of a noun."""
    return token.stem in PLURALS or (
        token.text.islower() and token.key.endswith("s") and len(token.key) > 3
    )


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
