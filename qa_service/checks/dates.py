"""Dates and weekdays, resolved against the day of publication.

A date of the claim must be stated in what it cites, or be the wider of the two: "in September
2023" stands on "on 3 September 2023", never the other way round. How dates are read is the
business of `written_dates` and `relative_dates`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks.calendar_words import WEEKDAYS
from qa_service.checks.cited import Cited
from qa_service.checks.relative_dates import relative
from qa_service.checks.words import Token, tokens, word_set
from qa_service.checks.written_dates import Interval, day_of, digits, spans, written

AHEAD = re.compile(
    r"\b(will|would|next|upcoming|due|plans?|planned|set to|going to|expected|scheduled|to be|"
    r"ahead of|wird|werden|sera|seront|va|будет|будут)\b", re.I
)  # fmt: skip
SAID = word_set("said told announced warned reported wrote tweeted confirmed added declared")
EVERY_WEEKDAY = frozenset(day for table in WEEKDAYS.values() for day in table)


class Mention(NamedTuple):
    """A date in a text: which tokens it takes, its words, and the days it may mean."""

    first: int
    last: int  # exclusive
    words: str
    days: tuple[Interval, ...]
    relative: bool = False  # told by the day of publication


@lru_cache(maxsize=8192)
def mentions(text: str, published: date | None, language: str) -> tuple[Mention, ...]:
    """Find the dates of a text in order; none overlap."""
    return tuple(found(tokens(text), published, language))


def found(words: tuple[Token, ...], published: date | None, language: str) -> Iterator[Mention]:
    """Walk along the tokens and yield each date."""
    ahead = bool(AHEAD.search(" ".join(t.key for t in words)))
    at = 0
    while at < len(words):
        coming = ahead and not is_said(words, at)
        told = read = relative(words, at, published, language, ahead=coming)
        if read is None and (parts := written(words, at, language)):
            read = parts.last, spans(parts, published)
        if read is None:
            at += 1
            continue
        last, days = read
        said = " ".join(t.key for t in words[at:last] if t.is_word or digits(t))
        yield Mention(at, last, said, days, told is not None)
        at = last


def granted(mine: Mention, cited: Cited) -> bool:
    """Whether a date is the question's own, and the article has it or is of that month or year.

    A day of a month is the same day where the article leaves the year out.
    """
    asked = {m.words for m in mentions(cited.asked, cited.published, "en")}
    if mine.words not in asked:
        return False
    if mine.words in cited.article.casefold() or is_around(mine, cited.published):
        return True
    there = mentions(cited.article, cited.published, cited.language or "en")
    return bool(days_of_year([mine]) & days_of_year(there))


def is_around(mine: Mention, published: date | None) -> bool:
    """Whether a date is a month or a year in which an article was published."""
    return published is not None and any(
        first <= day_of(published) <= last and first != last for first, last in mine.days
    )


def days_of_year(dates: Iterable[Mention]) -> set[tuple[int, int]]:
    """The single days among dates, as month and day."""
    return {(day.month, day.day) for m in dates for day, end in m.days if day == end}


def is_said(words: tuple[Token, ...], at: int) -> bool:
    """Whether a day tells when something was said, whatever is to come: "said on Friday …"."""
    before = at - 2 if at > 1 and words[at - 1].key == "on" else at - 1
    return before >= 0 and words[before].key in SAID


def check(claim: str, cited: Cited) -> list[Issue]:
    """Name every date of the claim that the cited sentences do not give."""
    language = cited.language or "en"
    stated = mentions(cited.text, cited.published, language)
    if not stated:  # a date of the sentence before counts only where the cited one has none
        stated = mentions("\n".join(cited.before), cited.published, language)
    claimed = mentions(claim, cited.published, language)
    return [
        Issue("date", f"The claim says “{shown(claim, m)}”; {instead(stated)}.")
        for m in claimed
        if not any(fits(m, other) for other in stated) and not granted(m, cited)
    ] or mismatched(claim, claimed, stated)


def another_day(claim: str, cited: Cited) -> list[Issue]:
    """Name a day of the claim where the cited sentences tell other days and not that one."""
    language = cited.language or "en"
    stated = [m for m in mentions(cited.text, cited.published, language) if is_day(m)]
    return [
        Issue("date", f"The claim says “{shown(claim, m)}”; {instead(tuple(stated))}.")
        for m in mentions(claim, cited.published, language)
        if is_day(m) and stated and not any(fits(m, other) for other in stated)
    ]


def is_day(mention: Mention) -> bool:
    """Whether a date is a single day."""
    return any(first == last for first, last in mention.days)


def mismatched(
    claim: str, claimed: tuple[Mention, ...], stated: tuple[Mention, ...]
) -> list[Issue]:
    """Refuse "Thursday, February 10" where the source has both, of two days."""
    together = {(a.words, b.words) for a, b in pairwise(stated) if b.first - a.last <= 1}
    for one, two in pairwise(claimed):
        beside = two.first - one.last <= 1 and one.words in EVERY_WEEKDAY
        if beside and together and (one.words, two.words) not in together and apart(one, two):
            both = f"“{shown(claim, one)}” and “{shown(claim, two)}”"
            return [Issue("date", f"{both} are two days; {instead(stated)}.")]
    return []


def apart(one: Mention, two: Mention) -> bool:
    """Whether two dates that are known have no day in common."""
    return bool(one.days and two.days) and not any(
        a[0] <= b[1] and b[0] <= a[1] for a in one.days for b in two.days
    )


def shown(claim: str, mention: Mention) -> str:
    """A date in the claim's own characters."""
    words = tokens(claim)[mention.first : mention.last]
    return claim[words[0].start : words[-1].end]


def instead(stated: tuple[Mention, ...]) -> str:
    """What the source says of dates, for a reader."""
    if not stated:
        return "the cited sentence gives no such date"
    return "the cited sentence says " + " and ".join(f"“{m.words}”" for m in stated[:3])


def fits(claimed: Mention, stated: Mention) -> bool:
    """Whether a stated date bears out a claimed one: the same words, or days within it."""
    if claimed.words == stated.words:
        return True
    return any(
        outer[0] <= inner[0] and inner[1] <= outer[1]
        for outer in claimed.days
        for inner in stated.days
    )
