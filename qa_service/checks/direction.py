"""Direction: rose for fell, for and against, won and lost.

Refused is a word whose opposite stands in the source in its place: either the source has the
opposite and not the word, or it has both and the claim's neighbours stand beside the other one.
An opposite that is denied on one side only ("not passed", "rejected") is none.
"""

from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks import granted
from qa_service.checks.antonyms import akin, contrary
from qa_service.checks.cited import Cited
from qa_service.checks.hedges import ends_clause
from qa_service.checks.predicates import polarity
from qa_service.checks.senses import content_or_directed
from qa_service.checks.words import Token, tokens

NEIGHBOURS = 3  # words of meaning on either side that tell which of two verbs is meant
SMALL = frozenset({"for", "back", "right", "left", "over", "under", "more", "less", "most", "least",
                   "up", "down", "last", "first", "late", "latest", "foreign", "able", "real",
                   "living", "free", "lower", "end", "man", "woman", "long", "short", "old",
                   "young", "early", "public", "private", "present", "better", "best", "all",
                   "every", "each", "always", "some", "few", "nobody"})  # fmt: skip
"""Words that often mean something else: compared only where they stand beside the same word."""


class Told(NamedTuple):
    """A text's words that tell a direction or what it is about, and which of them are denied."""

    words: tuple[Token, ...]
    denied: tuple[bool, ...]


def check(claim: str, cited: Cited, *, besides: frozenset[str] = frozenset()) -> list[Issue]:
    """Name the first word of the claim whose opposite the source has in its place."""
    mine, theirs = telling(claim), telling(cited.text)
    for at, token in enumerate(mine.words):
        if besides & {token.key, token.stem}:
            continue
        against = [
            i for i, t in enumerate(theirs.words)
            if contrary(token, t) and mine.denied[at] == theirs.denied[i]
        ]  # fmt: skip
        if (
            against
            and opposed(mine.words, at, theirs.words, against)
            and not granted.turn(token, denied=mine.denied[at], cited=cited)
        ):
            there = theirs.words[against[0]].text
            told = f"The claim says “{token.text}”; the cited sentence says “{there}”."
            return [Issue("direction", told)]
    return []


def telling(text: str) -> Told:
    """The words that tell a direction or what it is about, numbers, and the ends of clauses."""
    words, denied = tokens(text), polarity(text)
    kept = [
        at for at, t in enumerate(words)
        if content_or_directed(t) or t.text[0].isdecimal() or ends_clause(words, at)
    ]  # fmt: skip
    return Told(tuple(words[i] for i in kept), tuple(denied[i] for i in kept))


def opposed(
    words: tuple[Token, ...], at: int, source: tuple[Token, ...], against: list[int]
) -> bool:
    """Whether the source has the opposite of a word, and not the word itself, in its place."""
    own = [i for i, t in enumerate(source) if akin(words[at], t)]
    if own:
        if any(coordinated(source, i, j) for i in own for j in against):
            return False
        around = beside(words, at, NEIGHBOURS)
        kept = any(beside(source, i, NEIGHBOURS) & around for i in own)
        return not kept and any(beside(source, i, NEIGHBOURS) & around for i in against)
    if not SMALL & {words[at].key, words[at].stem}:
        return True
    around = beside(words, at, 1)
    return any(around & beside(source, i, 1) for i in against)


def coordinated(source: tuple[Token, ...], one: int, other: int) -> bool:
    """Whether two words are joined by "and" or "or", so that their order says nothing."""
    return abs(one - other) == 2 and source[(one + other) // 2].key in ("and", "or")


def beside(words: tuple[Token, ...], at: int, reach: int) -> set[str]:
    """The stems within reach of a place, on this side of the clause's ends."""
    found: set[str] = set()
    for step in (-1, 1):
        place = at + step
        while 0 <= place < len(words) and abs(place - at) <= reach:
            if not (content_or_directed(words[place]) or words[place].text[0].isdecimal()):
                break
            found.add(words[place].stem)
            place += step
    return found
