"""Negation, both ways: a "not" that the claim lost fails like one that it added.

Compared verb by verb, so that a "not" in another clause of a long sentence does no harm.
"""

import re

from qa_service.answers import Issue
from qa_service.checks import granted
from qa_service.checks.cited import Cited
from qa_service.checks.hedges import NOT, NOT_WITH_TO
from qa_service.checks.opposites import FALSE_PREFIXED
from qa_service.checks.predicates import Word, predicates
from qa_service.checks.senses import SENSES, opposite
from qa_service.checks.words import Token, lemmas, tokens

NEGATIVE = NOT_WITH_TO | lemmas(
    "miss skip lack absent unharmed unhurt escape ban block cancel oppose exclude dismiss halt end "
    "lose false untrue remain still drop withdraw veto scrap abandon forbid bar prohibit free only "
    "inability incapable ineligible ineffective insufficient inconclusive invalid inactive "
    "innocent incorrect inaccurate disagree disapprove disallow disavow discontinue disband "
    "disqualify"
)
IS_NOT = re.compile(
    r"\b(?:is|are|was|were|will|would|did|does|do|has|have|had|can|could)(?: not|n['’]t)\b",
    re.IGNORECASE,
)
EMPTY_HEADS = lemmas("clear know sure certain immediately only just surprise alone far")


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name the words that are denied on one side and not on the other."""
    claimed, stated = predicates(claim), predicates(cited.text)
    return (
        clash(claim, cited)
        or added(claim, claimed, cited)
        or plainly_denied(claim, claimed, cited)
        or lost(claim, claimed, stated)
    )


def clash(claim: str, cited: Cited) -> list[Issue]:
    """Name a word of both that only one of them denies."""
    claimed, stated = predicates(claim), predicates(cited.text)
    found = next((w for w in claimed if clashes(w, claimed, stated)), None)
    if found is not None and not granted.word(found, cited):
        says, source = ("denies", "affirms") if found.negative else ("affirms", "denies")
        return [
            Issue("negation", f"The claim {says} “{found.text}”; the cited sentence {source} it.")
        ]
    return []


def clashes(word: Word, claimed: tuple[Word, ...], stated: tuple[Word, ...]) -> bool:
    """Whether a word is under a negation on one side only, and is what that negation is about."""
    mine = [w for w in claimed if w.meaning == word.meaning]
    theirs = [w for w in stated if w.meaning == word.meaning]
    if not theirs or {w.negative for w in mine} & {w.negative for w in theirs}:
        return False
    return any(w.not_head for w in (*mine, *theirs))


def added(claim: str, claimed: tuple[Word, ...], cited: Cited) -> list[Issue]:
    """Refuse a negation about a word that the source has not, where the source denies nothing."""
    there = {w.meaning for w in predicates(cited.text)}
    heads = [w for w in claimed if w.negative and w.not_head and w.meaning not in there]
    if heads and not denies(tokens(cited.text)):
        return [
            Issue(
                "negation",
                f"The claim denies “{heads[0].text}”; the cited sentence denies nothing.",
            )
        ]
    return []


def plainly_denied(claim: str, claimed: tuple[Word, ...], cited: Cited) -> list[Issue]:
    """Refuse an "is not" or "did not" where the source denies nothing, or has the word it is about.

    What is denied may be a name or a place, which no verb tells: "was not at Mill Street".
    """
    if not IS_NOT.search(claim):
        return []
    source, stated = tokens(cited.text), predicates(cited.text)
    there = {w.meaning for w in stated}
    if any(w.negative and opposite(w.meaning) in there for w in claimed):
        return []  # "is not allowed", of what is banned
    named = {t.key for t in source if t.is_capital}
    about_name = any(w.not_head and w.text.casefold() in named for w in claimed)
    if (denies(source) or any(w.negative for w in stated)) and not about_name:
        return []
    return [Issue("negation", "The claim denies what the cited sentence does not deny.")]


def lost(claim: str, claimed: tuple[Word, ...], stated: tuple[Word, ...]) -> list[Issue]:
    """Refuse a claim made of the words of a denied clause, with no denial of its own."""
    if denies(tokens(claim)):
        return []
    denied = {w.meaning for w in stated if w.negative} - {
        w.meaning for w in stated if not w.negative
    }
    if {w.meaning for w in stated if w.not_head} & EMPTY_HEADS:
        return []
    mine = {w.meaning for w in claimed}
    if len(mine & denied) >= 2 and 2 * len(mine & denied) > len(mine):
        return [Issue("negation", "The cited sentence says that this is not so.")]
    return []


def is_prefixed(token: Token) -> bool:
    """Whether a word is denied by its first letters: "unharmed"."""
    known = token.stem in FALSE_PREFIXED or token.stem in SENSES
    return token.key.startswith("un") and token.text.islower() and not known


def denies(words: tuple[Token, ...]) -> bool:
    """Whether anything in a text denies, refuses, lacks or ends something."""
    return any(
        t.key in NOT or t.key.endswith("n't") or t.stem in NEGATIVE
        or is_prefixed(t)
        for t in words
    )  # fmt: skip
