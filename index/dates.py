"""Dates as people write them. Refuses to guess: a date is stated whole or it is not known."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime

from dateutil import parser

EARLIEST = date(1450, 1, 1)  # before the printing press there was no news
CLOCKS_DIFFER = timedelta(days=1)  # somewhere it is already tomorrow
LAST_ZONE = timezone(timedelta(hours=-12))  # where every day begins last

YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9])")
RFC_2822 = re.compile(r"([A-Za-z]{3}, *)?[0-9]{1,2} [A-Za-z]{3} [0-9]{4} [0-9:]{4,8} \S+")
FOUR_DIGITS = re.compile(r"[0-9]{4}")

# The library fills what is missing from a default. A date that comes out the same from two
# defaults that share no part was stated whole.
DEFAULTS = (datetime(2000, 1, 1), datetime(2003, 12, 28))


def parse_date(text: str, *, now: datetime | None = None) -> date | None:
    """Return the day, or the instant where its time zone is stated; None if it cannot be known.

    Not known: a day, month or year that is missing, two digits for the year, a day and a month
    that could be swapped (04/09/2023), before 1450, more than a day ahead.
    """
    text = " ".join(text.split())
    if len(text) > 100 or not FOUR_DIGITS.search(text):
        return None
    return plausible(_iso(text) or _rfc_2822(text) or _in_words(text), now=now)


def plausible(moment: date | None, *, now: datetime | None = None) -> date | None:
    """Return the date unless no article can bear it; a time without a zone is only a day."""
    if isinstance(moment, datetime):
        offset = moment.utcoffset()
        # A plain offset, whatever the library had there: equal moments stay equal when stored.
        moment = moment.date() if offset is None else moment.replace(tzinfo=timezone(offset))
    if moment is None or _day(moment) < EARLIEST:
        return None
    latest = (now or datetime.now(UTC)) + CLOCKS_DIFFER
    if isinstance(moment, datetime):
        return moment if moment <= latest else None
    return moment if moment <= latest.date() else None


def parse_embargo(given: str | date) -> datetime | None:
    """Return the instant from which something may be used, in UTC; None if it cannot be read.

    Where a zone or the hour is missing, the last instant that can be meant: nothing is let out
    too early.
    """
    if isinstance(given, str):
        text = " ".join(given.split())
        read = _iso(text) or _rfc_2822(text)
        if read is None:
            return None
        given = read
    if not isinstance(given, datetime):
        given = datetime.combine(given, time.min)
    try:
        zoned = given if given.utcoffset() is not None else given.replace(tzinfo=LAST_ZONE)
        return zoned.astimezone(UTC)
    except OverflowError:
        return None


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _iso(text: str) -> date | None:
    """Read ISO 8601, also as "2023/9/4"."""
    text = YEAR_FIRST.sub(_padded, text, count=1) if YEAR_FIRST.match(text) else text
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _padded(found: re.Match[str]) -> str:
    year, _, month, day = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _rfc_2822(text: str) -> date | None:
    """Read the dates of mail and RSS: "Mon, 04 Sep 2023 10:00:00 +0200"."""
    if not RFC_2822.fullmatch(text):
        return None
    try:
        read = parsedate_to_datetime(text)
    except ValueError:
        return None
    # "-0000" is the time in UTC of somebody who does not say where they are.
    return read.replace(tzinfo=UTC) if text.endswith("-0000") else read


def _in_words(text: str) -> date | None:
    """Read "4 September 2023", "Sept. 4, 2023" and the like; the day only, zones have no names."""
    # Told that days come first, the library reads 2023-09-04 as 9 April.
    orders = (False,) if YEAR_FIRST.match(text) else (False, True)
    try:
        days = {
            parser.parse(text, default=default, dayfirst=order, ignoretz=True).date()
            for default in DEFAULTS
            for order in orders
        }
    except (ValueError, ArithmeticError):
        return None
    return days.pop() if len(days) == 1 else None
