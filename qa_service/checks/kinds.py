"""Whether an answer is of the kind that is asked for: a time, a count, a name.

Refuses only what cannot be an answer whatever it says. Reads English questions; knows no sources.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from qa_service.answers import Issue
from qa_service.checks import dates, nouns, overlap
from qa_service.checks.number_words import NUMERALS
from qa_service.checks.quantities import Quantity, quantities
from qa_service.checks.units import MONEY, OLD, UNITS
from qa_service.checks.words import FUNCTION, Token, last_sentence, tokens, word_set

IN_QUOTES = re.compile(r"[\"“]([^\"“”]+?)\W*[\"”]")
NAME = re.compile(
    r"\bwhat(?:'s|’s| is| are| was| were)? the (?:name|title)s? of\b|^\W*name (?:of )?the\b",
    re.IGNORECASE,
)
AUXILIARY = re.compile(r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can)")
WHEN = re.compile(rf"\W*(?:and |but )?when {AUXILIARY.pattern}\b", re.IGNORECASE)
HOW_MANY = re.compile(r"\bhow many\b((?:\W+[\w'’-]+){0,6})", re.IGNORECASE)
PRICES = "bail budget fee fine price salary wage"
MEASURES = f"amount percentage rate share {PRICES}"
HOW_BIG = re.compile(r"\bhow (?:old|tall|high|far|fast|heavy|wide|deep)\b", re.IGNORECASE)
HOW_MUCH = re.compile(
    r"\bhow much\b(?! (?:time|longer))|"
    rf"\bwhat (?:[\w'’-]+ ){{0,2}}(?:{MEASURES.replace(' ', '|')})\b|"
    r"\bwhat (?:did|does|do|will|would)\b.*\bcost\b",
    re.IGNORECASE,
)
MONEY_ASKED = re.compile(
    rf"\bhow much money\b|\bwhat (?:[\w'’-]+ ){{0,2}}(?:{PRICES.replace(' ', '|')})\b",
    re.IGNORECASE,
)
DATE = re.compile(r"\b(?:what|which) (?:[\w'’-]+ )?date\b", re.IGNORECASE)
HOW_LONG = re.compile(r"\bhow long\b", re.IGNORECASE)
SHARE = re.compile(r"per ?cent|\bshare\b|\bof (?:the|every|all)\b|%", re.IGNORECASE)
TIMES = word_set(
    "after afternoon ago already always annually autumn before centuries century christmas daily "
    "day days decade dawn dusk easter evening ever fall first friday hour hours immediately "
    "later minutes moment monday monthly months morning never next night noon now often once past "
    "recently saturday season shortly since sometime soon spring summer sunday term then thursday "
    "today tomorrow tonight tuesday until wednesday week weekend weekends weekly weeks when while "
    "winter year years yesterday yearly midnight quarter"
)
NONE = word_set("no none nobody zero several few many dozens hundreds thousands millions couple")
ANY_DAY = date(2000, 1, 1)  # to read "3 May" by: whether it is a day, not which
DAYS = word_set("today tomorrow tonight yesterday day eve christmas easter halloween thanksgiving")
COINS = word_set("crowns dinars dirhams francs liras pesos rials riyals shekels")
SPANS = word_set("second minute hour day week month year")
ANY_UNIT = frozenset({"", "vague", "ordinal", "pp", "bp", "mph", "kph", "°", "°C", "°F"})
YEAR = re.compile(r"(?:19|20)\d\d")
NOUN_WITHIN = 4  # words behind a number: "two new lava flows"
AGES = frozenset(span + OLD for span in SPANS)
SOME = word_set("nothing free half third quarter double doubled twice triple tripled all most")


def check(claim: str, asked: str) -> list[Issue]:
    """Refuse a claim without a time, a count or a name, where that is asked for at last."""
    last = last_sentence(asked)
    if WHEN.match(last) and not times(claim, asked):
        return [Issue("question", "A time is asked for, and this has none.")]
    how_many = HOW_MANY.search(last)
    if how_many and not counts(claim, asked, how_many[1]):
        return [Issue("question", "A number is asked for, and this has none.")]
    if HOW_MUCH.search(last) and not measures(claim, besides=SPANS | AGES):
        return [Issue("question", "An amount is asked for, and this has none.")]
    if MONEY_ASKED.search(last) and not pays(claim):
        return [Issue("question", "A sum of money is asked for, and this has none.")]
    if DATE.search(last) and not on_a_day(claim):
        return [Issue("question", "A date is asked for, and this has none.")]
    if HOW_BIG.search(last) and not measures(claim):
        return [Issue("question", "A measure is asked for, and this has none.")]
    if HOW_LONG.search(last) and not (measures(claim) or times(claim, asked)):
        return [Issue("question", "A length of time is asked for, and this has none.")]
    if NAME.search(last) and not names(claim, asked):
        return [Issue("question", "A name is asked for, and this has none.")]
    return []


def times(claim: str, asked: str) -> bool:
    """Whether a claim tells a time that the question does not."""
    known = {t.key for t in tokens(asked)}
    on_days = overlap.in_dates(claim, "en")
    return any(
        (token in on_days or token.key in TIMES) and token.key not in known
        for token in tokens(claim)
    )


def counts(claim: str, asked: str, wanted: str) -> bool:
    """Whether a claim has a number, of what is `wanted` if it is a number of anything.

    Asked how many phones, "30 days" counts none, nor does "three new cars"; nor a percentage,
    unless a share is asked for.
    """
    words = tokens(claim)
    for found in numbers(claim):
        noun = counted_noun(words[found.last : found.last + NOUN_WITHIN])
        if YEAR.fullmatch(words[found.first].text) and not noun:  # "2024 Razzie nominations"
            continue
        if found.unit in ANY_UNIT and (not noun or is_one(noun, wanted)):
            return True
        if found.unit == "%" and SHARE.search(asked):
            return True
        units = {UNITS[t.key] for t in tokens(wanted) if t.key in UNITS}
        if any(unit in found.unit for unit in units):  # "sq mile" for miles
            return True
    return any(
        t.key in NONE and (t.key != "no" or not following or is_one(following, wanted))
        for t, following in zip(words, (*words[1:], None), strict=True)
    )


def counted_noun(words: Sequence[Token]) -> Token | None:
    """The first plural among the common words behind a number."""
    common = takewhile(lambda t: t.is_word and t.text.islower() and t.key not in FUNCTION, words)
    return next((t for t in common if nouns.is_plural(t)), None)


def is_one(noun: Token, wanted: str) -> bool:
    """Whether a counted noun may be one of those that a question wants counted."""
    asked = [t for t in tokens(wanted) if nouns.is_plural(t) or t.stem in nouns.GENERAL]
    return not asked or any(
        nouns.GENERAL & {noun.stem, t.stem} or not nouns.another(noun, t)
        or noun.key.endswith(t.key)  # cockroaches are roaches
        for t in asked
    )  # fmt: skip


def measures(claim: str, besides: frozenset[str] = frozenset()) -> bool:
    """Whether a claim has a number, of other units than those, or a word that tells how much."""
    told = any(t.key in NONE | SOME for t in tokens(claim))
    return told or any(q.unit not in besides for q in numbers(claim))


def pays(claim: str) -> bool:
    """Whether a claim has a sum, a bare number, or a word that tells how much."""
    words = tokens(claim)
    return any(t.key in NONE | SOME for t in words) or any(
        found.unit[-1:] in MONEY | {"%"} or found.unit in {"cent", "pound"}
        if found.unit
        else not (noun := counted_noun(words[found.last : found.last + NOUN_WITHIN]))
        or noun.key in COINS
        for found in numbers(claim)
    )


def on_a_day(claim: str) -> bool:
    """Whether a claim tells a day: of a month, of a week, or one that has a name."""
    told = dates.mentions(claim, ANY_DAY, "en")
    return any(m.relative or dates.is_day(m) for m in told) or any(
        t.key in DAYS for t in tokens(claim)
    )


def numbers(claim: str) -> list[Quantity]:
    """The quantities of a claim, without those that end a name, such as Covid-19."""
    words = tokens(claim)
    return [
        q for q in quantities(claim, "en")
        if q.first < 2 or words[q.first - 1].text != "-" or not words[q.first - 2].text.isalpha()
    ]  # fmt: skip


def names(claim: str, asked: str) -> bool:
    """Whether a claim has a name or something in quotation marks that the question has not.

    "On Thursday, November 30th" names nobody.
    """
    on_days = overlap.in_dates(claim, "en")
    new = (t for t in overlap.added(claim, asked) if t.is_capital and t not in on_days)
    return bool(quoted(claim, asked)) or any(t.key not in NUMERALS for t in new)


def quoted(claim: str, asked: str) -> set[str]:
    """What a claim has in quotation marks and the question has not."""
    return set(IN_QUOTES.findall(claim)) - set(IN_QUOTES.findall(asked))
