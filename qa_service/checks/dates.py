"""Dates and weekdays, resolved against the day of publication.

A date of the claim must be stated in what it cites, or be the wider of the two: "in September
2023" stands on "on 3 September 2023", never the other way round. Knows no holidays, no seasons,
no "three weeks ago" (there the number is compared) and no calendars but the Gregorian.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from qa_service.answers import Issue
from qa_service.checks.calendar_words import DAYS, MONTHS, SHORT, WEEKDAYS
from qa_service.checks.cited import Cited
from qa_service.checks.words import Token, tokens, word_set

Interval = tuple[date, date]  # first and last day

BEFORE_MONTH = word_set(
    "in of since until till by last next this early late mid from to and during through before "
    "after"
)
BEFORE_YEAR = BEFORE_MONTH | word_set("the around circa spring summer autumn fall winter")
AHEAD = re.compile(
    r"\b(will|would|next|upcoming|due|plans?|planned|set to|going to|expected|scheduled|to be|"
    r"ahead of|wird|werden|sera|seront|va|будет|будут)\b", re.I
)  # fmt: skip
MEASURES = frozenset({"%", "°", "people", "million", "billion", "km", "m", "kg", "men", "women"})
JOINTS = frozenset({",", ".", "de", "del", "of", "the", "г", "года"})


EVERY_WEEKDAY = frozenset(day for table in WEEKDAYS.values() for day in table)


class Mention(NamedTuple):
    """A date in a text: which tokens it takes, its words, and the days it may mean."""

    first: int
    last: int  # exclusive
    words: str
    days: tuple[Interval, ...]


class Parts(NamedTuple):
    """What a date says of itself."""

    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


@lru_cache(maxsize=8192)
def mentions(text: str, published: date | None, language: str) -> tuple[Mention, ...]:
    """Find the dates of a text in order; none overlap."""
    return tuple(found(tokens(text), published, language))


def found(words: tuple[Token, ...], published: date | None, language: str) -> Iterator[Mention]:
    """Walk along the tokens and yield each date."""
    ahead = bool(AHEAD.search(" ".join(t.key for t in words)))
    at = 0
    while at < len(words):
        read = relative(words, at, published, language, ahead=ahead)
        if read is None and (parts := written(words, at, language)):
            read = parts.last, spans(parts, published)
        if read is None:
            at += 1
            continue
        last, days = read
        yield Mention(
            at, last, " ".join(t.key for t in words[at:last] if t.is_word or digits(t)), days
        )
        at = last


def digits(token: Token) -> bool:
    """Whether a token is a number in figures."""
    return token.text[0].isdecimal()


def whole(token: Token) -> int | None:
    """The value of a token that is nothing but decimal figures."""
    return int(token.text) if token.text.isdecimal() and len(token.text) < 9 else None


def year_at(words: tuple[Token, ...], at: int) -> int | None:
    """The year written at a place, if it can be one."""
    value = whole(words[at]) if at < len(words) and len(words[at].text) == 4 else None
    return value if value is not None and 1000 <= value <= 2199 else None


def month_at(words: tuple[Token, ...], at: int, language: str) -> int | None:
    """The month named at a place."""
    if at >= len(words):
        return None
    token = words[at]
    month = MONTHS.get(language, MONTHS["en"]).get(token.key)
    if month is None and language not in ("en", "zh", "ja"):
        return None
    if month and (token.key in SHORT or token.key in ("march", "august")) and not token.is_capital:
        return None if language == "en" else month
    return month


def day_at(words: tuple[Token, ...], at: int) -> tuple[int, int] | None:
    """The day of a month at a place and where it ends: "3", "3rd", "3."."""
    value = whole(words[at]) if at < len(words) else None
    if value is None or not 1 <= value <= 31 or len(words[at].text) > 2:
        return None
    at += 1
    if at < len(words) and words[at].key in ("st", "nd", "rd", "th", "er", "º"):
        at += 1
    return value, at


def skip(words: tuple[Token, ...], at: int) -> int:
    """Step over what may stand between the parts of a date."""
    return at + 1 if at < len(words) and words[at].key in JOINTS else at


def written(words: tuple[Token, ...], at: int, language: str) -> Parts | None:
    """Read a date that is written out at a place."""
    return (
        iso(words, at)
        or east_asian(words, at)
        or day_month(words, at, language)
        or month_day(words, at, language)
        or bare_year(words, at, language)
    )


def iso(words: tuple[Token, ...], at: int) -> Parts | None:
    """2023-09-03."""
    year = year_at(words, at)
    if year is None or at + 4 >= len(words) or not words[at + 1].text == words[at + 3].text == "-":
        return None
    month, day = whole(words[at + 2]), whole(words[at + 4])
    if month and day and month <= 12 and day <= 31 and words[at + 4].end - words[at].start == 10:
        return Parts(at + 5, year, month, day)
    return None


def east_asian(words: tuple[Token, ...], at: int) -> Parts | None:
    """2023年9月3日, each part alone too."""
    values: dict[str, int] = {}
    end = at
    while end + 1 < len(words) and words[end + 1].text in "年月日" and digits(words[end]):
        value = whole(words[end])
        if value is None or words[end + 1].text in values:
            break
        values[words[end + 1].text] = value
        end += 2
    if not values or values.keys() == {"日"} or not 1 <= values.get("月", 1) <= 12:
        return None
    return Parts(end, values.get("年"), values.get("月"), values.get("日"))


def day_month(words: tuple[Token, ...], at: int, language: str) -> Parts | None:
    """3 September 2023, 3. September, 3 de septiembre de 2023, the 3rd of September."""
    day = day_at(words, at)
    if day is None:
        return None
    value, after = day
    for place in (after, skip(words, after), skip(words, skip(words, after))):
        month = month_at(words, place, language)
        if month:
            return with_year(words, place + 1, month, value)
    if after + 1 < len(words) and words[after].text in "-–/" and day_at(words, after + 1):
        later = day_month(words, after + 1, language)  # "3-5 September": the first day too
        return later._replace(last=after, day=value) if later else None
    return None


def month_day(words: tuple[Token, ...], at: int, language: str) -> Parts | None:
    """September 3, 2023; September 2023; September."""
    month = month_at(words, at, language)
    if month is None:
        return None
    after = at + 1
    short = after < len(words) and words[after].text == "." and words[at].key in SHORT
    day = day_at(words, after + short)
    if day and not measures(words, day[1]):
        return with_year(words, day[1], month, day[0])
    parts = with_year(words, after, month, None)
    if parts.year is None and words[at].key in SHORT and not expected(words, at, BEFORE_MONTH):
        return None  # "May" and "Mar." begin sentences and names as well
    return parts


def with_year(words: tuple[Token, ...], at: int, month: int, day: int | None) -> Parts:
    """Add the year if one follows."""
    for place in (at, skip(words, at), skip(words, skip(words, at))):
        year = year_at(words, place)
        if year is not None:
            return Parts(place + 1, year, month, day)
    return Parts(at, None, month, day)


def bare_year(words: tuple[Token, ...], at: int, language: str) -> Parts | None:
    """1994, unless it counts or measures something."""
    year = year_at(words, at)
    if year is None or year < 1500:
        return None
    before = words[at - 1].text if at else ""
    if before in "$€£¥₹₽#" and before:
        return None
    if counts_something(words, at + 1) and not (at and words[at - 1].key in BEFORE_YEAR):
        return None
    end = at + 1
    if end < len(words) and words[end].key == "s" and words[end].start == words[at].end:
        return Parts(end + 1, year // 10, None, None)  # a decade: read by `spans`
    return Parts(end, year, None, None)


def expected(words: tuple[Token, ...], at: int, before: frozenset[str]) -> bool:
    """Whether the word before a place leads one to expect a date there."""
    return at > 0 and words[at - 1].key in before


def counts_something(words: tuple[Token, ...], at: int) -> bool:
    """Whether a number that ends here is followed by the plural noun or unit it counts."""
    if at >= len(words):
        return False
    token = words[at]
    plural = len(token.key) > 4 and token.text.islower() and token.key.endswith("s")
    return plural or measures(words, at)


def measures(words: tuple[Token, ...], at: int) -> bool:
    """Whether a unit or "people" stands at a place."""
    return at < len(words) and words[at].key in MEASURES


def spans(parts: Parts, published: date | None) -> tuple[Interval, ...]:
    """The days that a written date may mean; a missing year is the one nearest to publication."""
    if parts.year is not None and parts.year < 1000:
        return ((span(parts.year * 10, 1)[0], span(parts.year * 10 + 9, 12)[1]),)
    if parts.year is not None:
        return spans_in(parts, parts.year)
    if published is None or parts.month is None:
        return ()
    near = [s for y in (-1, 0, 1) for s in spans_in(parts, published.year + y)]
    base = day_of(published)
    return (min(near, key=lambda s: abs((s[0] - base).days)),) if near else ()


def spans_in(parts: Parts, year: int) -> tuple[Interval, ...]:
    """The days of a written date in a given year; none for 30 February."""
    try:
        if parts.month is None:
            return ((date(year, 1, 1), date(year, 12, 31)),)
        if parts.day is None:
            return (span(year, parts.month),)
        return ((date(year, parts.month, parts.day),) * 2,)
    except ValueError:
        return ()


def span(year: int, month: int) -> Interval:
    """The first and the last day of a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def day_of(moment: date) -> date:
    """The calendar day of a date or a datetime."""
    return date(moment.year, moment.month, moment.day)


def relative(
    words: tuple[Token, ...], at: int, published: date | None, language: str, *, ahead: bool
) -> tuple[int, tuple[Interval, ...]] | None:
    """Read "on Sunday", "yesterday", "last week", "this month" at a place."""
    key = words[at].key
    base = day_of(published) if published else None
    named = words[at].is_capital and at > 0 and words[at - 1].is_capital  # "USA TODAY"
    if not named and (days := DAYS.get(language, DAYS["en"]).get(key)) is not None:
        return at + 1, shifted(base, days)
    if key in ("last", "next", "this", "past", "coming") and at + 1 < len(words):
        period = words[at + 1].key
        step = {"last": -1, "past": -1, "this": 0}.get(key, 1)
        if period in ("week", "weekend", "month", "year"):
            return at + 2, stretch(base, period, step)
        weekday = weekday_at(words, at + 1, language)
        if weekday is not None:
            return at + 2, weekdays(base, weekday, step or (1 if ahead else -1))
    weekday = weekday_at(words, at, language)
    if weekday is not None:
        return at + 1, weekdays(base, weekday, 1 if ahead else -1, either=ahead)
    return None


def weekday_at(words: tuple[Token, ...], at: int, language: str) -> int | None:
    """The weekday named at a place, Monday being 0."""
    token = words[at]
    if language == "en" and not token.is_capital:
        return None
    return WEEKDAYS.get(language, WEEKDAYS["en"]).get(token.key)


def shifted(base: date | None, days: int) -> tuple[Interval, ...]:
    """One day, so many days away."""
    try:
        return ((base + timedelta(days=days),) * 2,) if base else ()
    except OverflowError:
        return ()


def weekdays(
    base: date | None, weekday: int, step: int, *, either: bool = False
) -> tuple[Interval, ...]:
    """The nearest such weekday behind (that day included) or ahead of the base."""
    if base is None:
        return ()
    behind = shifted(base, -((base.weekday() - weekday) % 7))
    coming = (weekday - base.weekday() - 1) % 7 + 1
    ahead = shifted(base, coming)
    return behind + ahead if either else ahead if step > 0 else behind


def stretch(base: date | None, period: str, step: int) -> tuple[Interval, ...]:
    """The week, weekend, month or year that lies so many steps away."""
    if base is None:
        return ()
    try:
        if period == "year":
            return ((date(base.year + step, 1, 1), date(base.year + step, 12, 31)),)
        if period == "month":
            month = base.month - 1 + step
            return (span(base.year + month // 12, month % 12 + 1),)
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=step)
        if period == "week":
            return ((monday, monday + timedelta(days=6)),)
        saturday = monday + timedelta(days=5)
        return ((saturday, saturday + timedelta(days=1)),)
    except (OverflowError, ValueError):
        return ()


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
        if not any(fits(m, other) for other in stated)
    ] or mismatched(claim, claimed, stated)


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
