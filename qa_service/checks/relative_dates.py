"""Days told by the day of publication: "on Sunday", "yesterday", "last week", "this year".

Knows no holidays, no seasons and no "three weeks ago" (there the number is compared).
"""

from datetime import date, timedelta

from qa_service.checks.calendar_words import DAYS, SHORT, WEEKDAYS
from qa_service.checks.words import Token
from qa_service.checks.written_dates import Interval, day_of, span

BEFORE_DAY = (
    "on",
    "last",
    "next",
    "this",
    "until",
    "till",
    "by",
    "from",
    "since",
    "every",
    "through",
)


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
    if language == "en" and token.key in SHORT and not expected(words, at):
        return None
    return WEEKDAYS.get(language, WEEKDAYS["en"]).get(token.key)


def expected(words: tuple[Token, ...], at: int) -> bool:
    """Whether "Sun" or "Sat" is a day here: after "on" or "last", or before a figure or a stop."""
    before = words[at - 1].key if at else ""
    following = words[at + 1].text if at + 1 < len(words) else "."
    return before in BEFORE_DAY or following == "." or following[0].isdecimal()


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
