"""Direction: rose for fell, for and against, won and lost.

Refused is a word whose opposite stands in the source in its place: either the source has the
opposite and not the word, or it has both and the claim's neighbours stand beside the other one.
"""

from qa_service.answers import Issue
from qa_service.checks.cited import Cited
from qa_service.checks.predicates import ends_clause, predicates
from qa_service.checks.senses import SENSES, content_or_directed, opposite
from qa_service.checks.words import Token, tokens

NEIGHBOURS = 3  # words of meaning on either side that tell which of two verbs is meant
SMALL = frozenset({"for", "back", "right", "left", "over", "under", "more", "less", "most", "least",
                   "after", "before", "following", "up", "down", "last", "first", "late", "latest",
                   "living", "free", "lower", "end", "man", "woman", "long", "short", "old",
                   "young", "early", "public", "private", "present", "better", "best"})  # fmt: skip
"""Words that often mean something else: compared only where they stand beside the same word."""


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the first word of the claim whose opposite the source has in its place."""
    denied = {w.meaning for w in predicates(claim) if w.negative}
    denied |= {opposite(w.meaning) or "" for w in predicates(cited.text) if w.negative}
    words = telling(claim)
    source = telling(cited.text)
    for at, token in enumerate(words):
        meaning = SENSES.get(token.stem, "")
        contrary = opposite(meaning) if meaning not in denied else None
        if contrary is None or token.stem in {t.stem for t in source}:
            if contrary is None or not misplaced(words, at, source, meaning, contrary):
                continue
        elif not opposed(words, at, source, meaning, contrary):
            continue
        there = next(t.text for t in source if SENSES.get(t.stem) == contrary)
        return [
            Issue("direction", f"The claim says “{token.text}”; the cited sentence says “{there}”.")
        ]
    return []


def telling(text: str) -> list[Token]:
    """The words that tell a direction or what it is about, numbers, and the ends of clauses."""
    words = tokens(text)
    return [
        t for at, t in enumerate(words)
        if content_or_directed(t) or t.text[0].isdecimal() or ends_clause(words, at)
    ]  # fmt: skip


def opposed(words: list[Token], at: int, source: list[Token], meaning: str, contrary: str) -> bool:
    """Whether the source has the opposite and neither the word nor another of its sense."""
    senses = [SENSES.get(t.stem) for t in source]
    if contrary not in senses:
        return False
    if meaning in senses:
        return misplaced(words, at, source, meaning, contrary)
    if words[at].key not in SMALL:
        return True
    return any(
        beside(words, at, 1) & beside(source, i, 1) for i, s in enumerate(senses) if s == contrary
    )


def misplaced(
    words: list[Token], at: int, source: list[Token], meaning: str, contrary: str
) -> bool:
    """Whether what surrounds the word in the claim surrounds its opposite in the source."""
    around = beside(words, at, NEIGHBOURS)
    own = [beside(source, i, NEIGHBOURS) & around for i, t in enumerate(source)
           if SENSES.get(t.stem) == meaning]  # fmt: skip
    other = [beside(source, i, NEIGHBOURS) & around for i, t in enumerate(source)
             if SENSES.get(t.stem) == contrary]  # fmt: skip
    if not own or not other:
        return False
    return max(map(len, other)) > max(map(len, own)) and max(map(len, own)) == 0


def beside(words: list[Token], at: int, reach: int) -> set[str]:
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
