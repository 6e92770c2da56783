"""Dates that are written out, and the days that they may mean: "3 September", "2023-09-03", "1994".

Several languages, one calendar. Knows no weekdays and nothing relative to a day of publication but
the missing year, which is the one nearest to it.
"""

from datetime import date, timedelta
from typing import NamedTuple

from qa_service.checks.calendar_words import MONTHS, SHORT
from qa_service.checks.words import Token, word_set

Interval = tuple[date, date]  # first and last day

BEFORE_MONTH = word_set(
    "in of since until till by last next this early late mid from to and during through before "
    "after"
)
BEFORE_YEAR = BEFORE_MONTH | word_set("the around circa spring summer autumn fall winter")
MEASURES = frozenset({"%", "°", "people", "million", "billion", "km", "m", "kg", "men", "women"})
JOINTS = frozenset({",", ".", "de", "del", "of", "the", "г", "года"})


class Parts(NamedTuple):
    """What a date says of itself."""

    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None


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
