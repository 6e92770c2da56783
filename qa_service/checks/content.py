"""Whether a claim has anything to stand on: how many of its words the source has.

This check can only refuse. It says nothing for a claim whose words are all there in another order;
the other checks are for that. In scripts without capitals, where no name can be told from a word,
every word must be there.
"""

import re
from functools import lru_cache

from qa_service.answers import Issue
from qa_service.checks import dates
from qa_service.checks.cited import Cited
from qa_service.checks.mentions import mentions, small_words
from qa_service.checks.number_words import NUMERALS
from qa_service.checks.senses import SENSES
from qa_service.checks.words import Token, alike, is_content, not_latin, tokens
from qa_service.evidence import ASKING

# Two content words in five: honest paraphrases of one sentence keep more than half of them, once
# headline and the sentence before are counted, and a claim on another matter seldom has a third.
LEAST_SHARE = 0.4
# A bare name answers where the sentence has so many of the question's words, and with its headline
# so many: any other sentence below a fitting headline names somebody, too.
LEAST_BARE, LEAST_ASKED = 0.4, 0.5
# Of the other words of an answer that stands in the cited sentence: they are the question's own.
LEAST_TOLD = 0.25
# Of the words that a claim shares with the question, the whole article has nearly all.
LEAST_KNOWN = 0.6
FEW = 3  # words, of which a share tells nothing
EAST = "\u2e80"


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


def without_case(token: Token) -> bool:
    """Whether a word is in a script that has no capitals."""
    return token.is_word and not_latin(token) and token.text.lower() == token.text.upper()


def has(stem: str, text: str) -> bool:
    """Whether a text has a form of the word."""
    there = stems(text)
    if stem in there or SENSES.get(stem, "") in meanings(text):
        return True
    return stem[:4] in openings(text) and any(alike(stem, s) for s in there if s[:4] == stem[:4])


def share(claim: str, text: str) -> float:
    """The share of the claim's content words that a text has; 1 for a claim without any."""
    words = stems(claim)
    return sum(has(s, text) for s in words) / len(words) if words else 1.0


def check(claim: str, cited: Cited) -> list[Issue]:
    """Refuse a claim most of whose content words are nowhere in what it cites.

    Refuse, too, what is no statement: whatever sentence has "Batgirl" would bear it out.
    """
    words = [t for t in tokens(claim) if is_content(t) and t.key not in NUMERALS]
    if not words and not any(t.text[0].isdecimal() for t in tokens(claim)):
        return [Issue("empty", "The claim says nothing that could be checked.")]
    around = cited.around + "\n" + cited.source
    if not states(claim):
        return answers(claim, cited)
    dated = {t.start for t in in_dates(claim, cited.language or "en")}
    foreign = [
        t.text for t in words
        if without_case(t) and t.start not in dated and not has_form(t, around)
    ]  # fmt: skip
    if foreign:
        return [Issue("content", f"“{foreign[0]}” is not in the cited sentence.")]
    told, least = told_share(claim, cited.text), LEAST_SHARE
    if cited.asked:
        told = told_share(claim, cited.told)
        if all(written(t, cited.text) for t in added(claim, cited.asked)):
            least = LEAST_TOLD
        if known_share(claim, cited) < LEAST_KNOWN:
            return [Issue("content", "The article is not about what was asked.")]
    if told < least or share(claim, around) < LEAST_SHARE:
        return [Issue("content", "Most of what the claim says is not in the cited sentence.")]
    return []


def in_dates(claim: str, language: str) -> list[Token]:
    """The words of the dates of a claim: they are compared as days."""
    words = tokens(claim)
    return [
        token for m in dates.mentions(claim, None, language) for token in words[m.first : m.last]
    ]


def states(claim: str) -> bool:
    """Whether a claim is more than a name or a number."""
    return any(t.is_word and (t.text.islower() or without_case(t)) for t in tokens(claim))


def answers(claim: str, cited: Cited) -> list[Issue]:
    """Refuse a bare name or number, unless one cited sentence has it and tells what was asked."""
    if not cited.asked:
        return [Issue("empty", "A name or a number alone states nothing that could be checked.")]
    figures = [t for t in tokens(cited.asked) if any(c.isdecimal() for c in t.text)]
    asked = (
        asked_share(cited.asked, cited.text) >= LEAST_BARE
        and asked_share(cited.asked, cited.told) >= LEAST_ASKED
        and all(written(t, cited.told) for t in figures)
    )
    if len(cited.sentences) > 1 or not asked or share(claim, cited.text) < 1:
        return [Issue("content", "The cited sentence does not tell what was asked.")]
    return []


def known_share(claim: str, cited: Cited) -> float:
    """The share of the question's words in a claim that the article has somewhere."""
    words = [s for s in stems(claim) if has(s, cited.asked)]
    if len(words) < FEW:
        return 1.0
    return sum(has(s, cited.article) for s in words) / len(words)


def asked_share(asked: str, text: str) -> float:
    """The share of a question's words that a text has: of all of it, or of its last sentence.

    "A jury convicted him. Which company did he lead?" asks only the second.
    """
    last = re.split(r"(?<=[.!])\s+(?=[A-Z])", asked.strip())[-1]
    words = [asked_about(part) for part in (asked, last)]
    return max(sum(has(s, text) for s in part) / len(part) if part else 0.0 for part in words)


@lru_cache(maxsize=512)
def asked_about(question: str) -> frozenset[str]:
    """The stems of what a question is about, "cite", "figure" and the like aside."""
    return frozenset(
        t.stem for t in tokens(question)
        if is_content(t) and t.key not in NUMERALS and t.key not in ASKING
    )  # fmt: skip


def added(claim: str, asked: str) -> list[Token]:
    """The numbers, dates and words of meaning of a claim that the question has not."""
    if not states(claim):
        return [t for t in tokens(claim) if t.is_word or t.text[0].isdecimal()]
    dated = {t.start for t in in_dates(claim, "en")}  # "May" is a month here

    def tells(token: Token) -> bool:
        is_name = token.is_capital and token.start > 0  # "In-N-Out" is made of small words
        return token.text[0].isdecimal() or is_content(token) or is_name or token.start in dated

    return [t for t in tokens(claim) if tells(t) and not written(t, asked)]


def written(token: Token, text: str) -> bool:
    """Whether a text has a number as it is written, or a form of a word."""
    if token.key in {t.key for t in tokens(text)}:
        return True
    return token.is_word and has(token.stem, text)


def told_share(claim: str, text: str, *, besides: str = "") -> float:
    """The share of the claim's words that a text has, names aside: they may be explained.

    Words that another text has, too, are left out of account.
    """
    named = {t.stem for m in mentions(claim, "en", small_words(text)) for t in m}
    words = {s for s in stems(claim) - named if not has(s, besides)}
    return sum(has(s, text) for s in words) / len(words) if words else 1.0


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
