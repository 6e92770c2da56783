"""Which words two texts share: what one says of the other, and what it has beyond it.

Counts words of meaning, in any of their forms; what numbers and dates say is compared elsewhere.
Knows no check, and no share that is enough.
"""

from functools import lru_cache

from qa_service.checks import dates
from qa_service.checks.mentions import mentions, small_words
from qa_service.checks.number_words import NUMERALS
from qa_service.checks.senses import SENSES
from qa_service.checks.stemmer import alike
from qa_service.checks.words import Token, is_content, not_latin, tokens

EAST = "\u2e80"  # the scripts from here on have no prefixes to take off


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text; numbers are compared elsewhere."""
    return frozenset(t.stem for t in tokens(text) if is_content(t) and t.key not in NUMERALS)


@lru_cache(maxsize=8192)
def openings(text: str) -> frozenset[str]:
    """The first four letters of the content words: what two forms of one word share."""
    return frozenset(s[:4] for s in stems(text))


@lru_cache(maxsize=8192)
def meanings(text: str) -> frozenset[str]:
    """The senses of the words of a text that have synonyms."""
    return frozenset(SENSES[s] for s in stems(text) if s in SENSES)


def has(stem: str, text: str) -> bool:
    """Whether a text has a form of the word."""
    there = stems(text)
    if stem in there or SENSES.get(stem, "") in meanings(text):
        return True
    return stem[:4] in openings(text) and any(alike(stem, s) for s in there if s[:4] == stem[:4])


def has_form(token: Token, text: str) -> bool:
    """Whether a word of a script without capitals is there, its prefixes and suffixes aside."""
    if has(token.stem, text):
        return True
    core = token.key
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ה", "ו", "ב", "ל"):
        if core.startswith(prefix) and len(core) - len(prefix) > 2:
            core = core.removeprefix(prefix)
            break
    return len(core) > 2 and core in text and token.text[0] < EAST


def written(token: Token, text: str) -> bool:
    """Whether a text has a number as it is written, or a form of a word."""
    if token.key in {t.key for t in tokens(text)}:
        return True
    return token.is_word and has(token.stem, text)


def share(claim: str, text: str) -> float:
    """The share of the claim's content words that a text has; 1 for a claim without any."""
    words = stems(claim)
    return sum(has(s, text) for s in words) / len(words) if words else 1.0


def told_share(claim: str, text: str, *, besides: str = "") -> float:
    """The share of the claim's words that a text has, names aside: they may be explained.

    Words that another text has, too, are left out of account.
    """
    named = {t.stem for m in mentions(claim, "en", small_words(text)) for t in m}
    words = {s for s in stems(claim) - named if not has(s, besides)}
    return sum(has(s, text) for s in words) / len(words) if words else 1.0


def added(claim: str, asked: str) -> list[Token]:
    """The numbers, dates and words of meaning of a claim that the question has not."""
    if is_bare(claim):
        return [t for t in tokens(claim) if t.is_word or t.text[0].isdecimal()]
    dated = {t.start for t in in_dates(claim, "en")}  # "May" is a month here

    def tells(token: Token) -> bool:
        is_name = token.is_capital and token.start > 0  # "In-N-Out" is made of small words
        return token.text[0].isdecimal() or is_content(token) or is_name or token.start in dated

    return [t for t in tokens(claim) if tells(t) and not written(t, asked)]


def is_bare(claim: str) -> bool:
    """Whether a claim is no more than a name or a number."""
    return not any(t.is_word and (t.text.islower() or without_case(t)) for t in tokens(claim))


def in_dates(claim: str, language: str) -> list[Token]:
    """The words of the dates of a claim: they are compared as days."""
    words = tokens(claim)
    return [
        token for m in dates.mentions(claim, None, language) for token in words[m.first : m.last]
    ]


def without_case(token: Token) -> bool:
    """Whether a word is in a script that has no capitals."""
    return token.is_word and not_latin(token) and token.text.lower() == token.text.upper()
