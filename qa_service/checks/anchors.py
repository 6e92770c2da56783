"""The names, numbers and dates of a text in order, and what the words right beside them say.

"Biden's", "in Paris", "Apple chief Tim Cook": whether a name owns, merely tells a place, or only
says whose man the next one is. Knows no verbs.
"""

from typing import NamedTuple

from qa_service.checks import dates
from qa_service.checks.common_words import TITLES, occupation
from qa_service.checks.mentions import full
from qa_service.checks.places import CANON
from qa_service.checks.quantities import Quantity, quantities
from qa_service.checks.words import Token, word_set

PREPOSITIONS = word_set(
    "of in on at by for from to with against over under near into onto between among about after "
    "before during since until through via toward towards behind beyond like as than without"
)
SKIPPED = word_set("a an the his her its their our this that some more most new old former own "
                   "other mr mrs ms another about around nearly almost than least up "
                   "over")  # fmt: skip
BOUNDING = word_set("than about around over up nearly almost least some more")


class Anchor(NamedTuple):
    """A name, number or date and the tokens it takes."""

    kind: str
    first: int
    last: int
    key: tuple[str, ...]


class Relation(NamedTuple):
    """One bond between a governing word and an anchor."""

    word: str  # the sense of the governing word
    role: str  # "does", "done", a preposition, "date", "counted"
    kind: str  # "name", "number", "date"
    anchor: tuple[str, ...]  # the words of a name; the index of a number or date as text


def find_anchors(
    text: str, words: tuple[Token, ...], language: str, known: frozenset[str]
) -> tuple[Anchor, ...]:
    """The names, numbers and dates of a text in order."""
    place = {t.start: i for i, t in enumerate(words)}
    found = [
        Anchor("date", m.first, m.last, (str(m.first),))
        for m in dates.mentions(text, None, language)
    ]
    found += [
        Anchor("number", q.first, q.last, (str(q.first),)) for q in quantities(text, language)
    ]
    found = [a for a in found if not part_of_name(words, a)]
    taken = {i for a in found for i in range(a.first, a.last)}
    for mention in full(text, language, known):
        first, last = place[mention[0].start], place[mention[-1].start] + 1
        if not taken & set(range(first, last)):
            found.append(
                Anchor("name", first, last, tuple(CANON.get(t.key, t.key) for t in mention))
            )
    return tuple(sorted(found, key=lambda a: a.first))


def part_of_name(words: tuple[Token, ...], anchor: Anchor) -> bool:
    """Whether a number is a word of a name: "Second Amendment", "Seven Network"."""
    if anchor.kind != "number":
        return False
    before = words[anchor.first - 2 : anchor.first] if anchor.first > 1 else ()
    if before and before[1].text == "-" and before[0].is_capital:  # "Chandrayaan-3"
        return before[0].end == before[1].start and before[1].end == words[anchor.first].start
    if anchor.last >= len(words):
        return False
    return words[anchor.first].is_capital and words[anchor.last].is_capital and anchor.first > 0


def described(words: tuple[Token, ...], at: dict[int, Anchor], anchor: Anchor) -> bool:
    """Whether a name only says whose man the next name is: "*Apple* chief executive Tim Cook"."""
    place = anchor.last + 2 if compound(words, anchor) else anchor.last
    while place < len(words) and words[place].is_word and occupation(words[place].key):
        place += 1
    return place > anchor.last and place in at and at[place].kind == "name"


def compound(words: tuple[Token, ...], anchor: Anchor) -> bool:
    """Whether a name is the first half of a word: "*Trump*-backed"."""
    after = words[anchor.last : anchor.last + 2]
    glued = len(after) == 2 and after[0].text == "-" and after[1].text.islower()
    return glued and words[anchor.last - 1].end == after[0].start and after[0].end == after[1].start


def names_who(words: tuple[Token, ...], at: dict[int, Anchor], place: int) -> bool:
    """Whether a word says what the name right after it is: "singer *Shakira*"."""
    after = place
    while after < len(words) and words[after].is_word and after not in at:
        if not occupation(words[after].key):
            return False
        after += 1
    return after in at and at[after].kind == "name"


def owns(words: tuple[Token, ...], anchor: Anchor) -> bool:
    """Whether a name stands in the possessive: "Biden's", "the Vikings'"."""
    if words[anchor.last - 1].text.endswith(("'s", "’s")):
        return True
    sign = words[anchor.last].text if anchor.last < len(words) else ""
    return sign in ("'", "’") and words[anchor.last - 1].key.endswith("s")


def within_phrase(words: tuple[Token, ...], anchor: Anchor) -> bool:
    """Whether an anchor merely belongs to the noun before it: "the mayor of *Paris* resigned"."""
    place = anchor.first - 1
    while place >= 0 and (words[place].key in SKIPPED - BOUNDING or words[place].key in TITLES):
        place -= 1
    return place > 0 and words[place].key in PREPOSITIONS - BOUNDING and not words[place].is_capital


def quantity_at(text: str, language: str, first: str) -> Quantity:
    """The quantity that an anchor of kind "number" stands for."""
    return next(q for q in quantities(text, language) if str(q.first) == first)
