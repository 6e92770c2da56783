"""The time that a question speaks of, resolved against its day: "this week", "since late June".

What comes out is a preference and never a filter: "this week" may be a week off. English words
only; a question in another language has no preference. Knows nothing of articles.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
GRACE = 2 * DAY  # what happens on a Sunday is in Monday's papers
HALF_LIFE = 14  # days outside the period that halve what an article has for its date

MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if n}
MONTHS |= {name.casefold()[:3]: n for name, n in list(MONTHS.items())} | {"sept": 9}
WEEKDAYS = {name.casefold(): n for n, name in enumerate(calendar.day_name)}
NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "few": 3,
    "several": 3,
    "couple": 2,
}

# "May" and "March" are words of other kinds, too: they count as months with something beside them.
DOUBTFUL = {"may", "march", "mar"}
MONTH = "|".join(sorted((name for name in MONTHS if name not in DOUBTFUL), key=len, reverse=True))
ANY_MONTH = f"{MONTH}|march|may|mar"
PART = r"(?:(?P<part>early|mid|late)[ -])?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
NO_YEAR = r"(?P<year>)(?!\.?,? (?:19|20)\d\d)"  # with one it was a month to come

NOW = re.compile(
    r"\b(?:now|current(?:ly)?|recent(?:ly)?|latest|newest|new|just|so far|has|have|is being)\b",
    re.IGNORECASE,
)
TO_COME = re.compile(
    r"\b(?:will|set to|(?:up)?coming|next|begin\w*|start\w*|due|plan\w*|until|through|from)\b",
    re.IGNORECASE,
)
SINCE = re.compile(r"\b(?:since|from|after)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    def preference(self, published: date) -> float:
        """Return 1 for what was published in the period or right after it, less further away."""
        day = published.date() if isinstance(published, datetime) else published
        if day < self.first:
            away = (self.first - day).days
        else:
            away = max(0, (day - self.last - GRACE).days)
        return float(0.5 ** (away / HALF_LIFE))


Expression = tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]]


def period(question: str, today: date) -> Period | None:
    """Return the time that the question names; today for one about now; None for any other."""
    for found in _resolved(EXPRESSIONS, question, today):
        return found
    return Period(today, today) if NOW.search(question) else None


def calendar_period(question: str, today: date) -> Period | None:
    """Return the day or month of the calendar that the question names; None for none or several.

    Nor for one that may be yet to come: "beginning June 12", where no year is named.
    """
    years = {int(year) for year in re.findall(rf"\b{YEAR}\b", question)}
    if not years and TO_COME.search(question):
        return None
    for kinds in ((_iso, _day), (_month,)):
        chosen = [(pattern, resolve) for pattern, resolve in EXPRESSIONS if resolve in kinds]
        if found := set(_resolved(chosen, question, today)):
            only = found.pop() if len(found) == 1 else None
            return only if only and (not years or only.first.year in years) else None
    return None


def _resolved(expressions: Iterable[Expression], question: str, today: date) -> Iterator[Period]:
    """Yield the times that a question names and that have begun, as the expressions are ordered."""
    for pattern, resolve in expressions:
        for match in pattern.finditer(question):
            try:
                found = resolve(match, today)
            except (ValueError, OverflowError):  # the year 0, the year 10,000
                continue
            if found is None or found.first > today:
                continue
            since = SINCE.search(question, 0, match.start())
            yield Period(found.first, today) if since else found


def _day(match: re.Match[str], today: date) -> Period | None:
    """4 September 2023, September 4; without a year the last one that has come."""
    month = MONTHS[match["month"].casefold()]
    years = [int(match["year"])] if match["year"] else [today.year, today.year - 1]
    for year in years:
        try:
            day = date(year, month, int(match["day"]))
        except ValueError:
            continue
        if day <= today:
            return Period(day, day)
    return None


def _iso(match: re.Match[str], today: date) -> Period | None:
    try:
        day = date.fromisoformat(match[0])
    except ValueError:
        return None
    return Period(day, day)


def _month(match: re.Match[str], today: date) -> Period | None:
    month = MONTHS[match["month"].casefold()]
    year = int(match["year"] or (today.year if month <= today.month else today.year - 1))
    return _part_of(_month_of(date(year, month, 1)), match["part"])


def _year(match: re.Match[str], today: date) -> Period | None:
    year = int(match["year"])
    return Period(date(year, 1, 1), date(year, 12, 31))


def _weekday(match: re.Match[str], today: date) -> Period | None:
    back = (today.weekday() - WEEKDAYS[match["weekday"].casefold()]) % 7
    day = today - (back or (7 if match["last"] else 0)) * DAY
    return Period(day, day)


def _this(match: re.Match[str], today: date) -> Period | None:
    match match["unit"].casefold():
        case "week" | "weekend":
            return Period(today - 6 * DAY, today)
        case "month":
            return Period(today.replace(day=1), today)
        case "year":
            return Period(date(today.year, 1, 1), today)
        case _:
            return Period(today, today)


def _last(match: re.Match[str], today: date) -> Period | None:
    match match["unit"].casefold():
        case "week" | "weekend":
            monday = today - (today.weekday() + 7) * DAY
            return Period(monday, monday + 6 * DAY)
        case "month":
            return _month_of(today.replace(day=1) - DAY)
        case "year":
            return Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        case _:
            return Period(today - DAY, today - DAY)


def _past(match: re.Match[str], today: date) -> Period | None:
    word = match["count"].casefold()
    count = NUMBERS.get(word) or int(word)
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[match["unit"].casefold()] * count
    return Period(today - days * DAY, today) if days < 36_500 else None


def _yesterday(match: re.Match[str], today: date) -> Period | None:
    day = today if match[0].casefold() != "yesterday" else today - DAY
    return Period(day, day)


def _month_of(day: date) -> Period:
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def _part_of(month: Period, part: str | None) -> Period:
    match (part or "").casefold():
        case "early":
            return Period(month.first, month.first.replace(day=10))
        case "mid":
            return Period(month.first.replace(day=11), month.first.replace(day=20))
        case "late":
            return Period(month.first.replace(day=21), month.last)
        case _:
            return month


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# The more exact ones first: of several that a question names, the first found is taken.
EXPRESSIONS: list[Expression] = [
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), _iso),
    (
        _pattern(
            rf"\b(?P<day>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<month>{ANY_MONTH})\b\.?(?:,? {YEAR})?"
        ),
        _day,
    ),
    (
        _pattern(
            rf"\b(?P<month>{ANY_MONTH})\b\.? (?P<day>\d\d?)(?:st|nd|rd|th)?\b(?!%|\d)(?:,? {YEAR})?"
        ),
        _day,
    ),
    (_pattern(rf"\b{PART}(?P<month>{ANY_MONTH})\b\.?,? {YEAR}"), _month),
    (_pattern(r"\b(?P<last>last )?(?:on )?(?P<weekday>" + "|".join(WEEKDAYS) + r")\b"), _weekday),
    (_pattern(r"\b(?:yesterday|today|tonight)\b"), _yesterday),
    (
        _pattern(
            r"\b(?:last|past|previous|recent) (?P<count>\d{1,3}|"
            + "|".join(NUMBERS)
            + r") (?P<unit>day|week|month|year)s\b"
        ),
        _past,
    ),
    (_pattern(r"\bthis (?P<unit>week|weekend|month|year|morning|evening)\b"), _this),
    (_pattern(r"\b(?:last|previous) (?P<unit>week|weekend|month|year|night)\b"), _last),
    (
        _pattern(rf"\b(?:in|since|of|by|until|during) {PART}(?P<month>may|march|mar)\b{NO_YEAR}"),
        _month,
    ),
    (_pattern(rf"\b{PART}(?P<month>{MONTH})\b{NO_YEAR}"), _month),
    (_pattern(rf"\b(?:in|since|of|by|during|for) {YEAR}\b"), _year),
    # "the 2025 Emmys", "Euro 2022"; but not "2000 people", so the capitals count
    (re.compile(rf"\b{YEAR}(?= [A-Z])"), _year),
    (re.compile(rf"\b[A-Z]\w+ {YEAR}\b"), _year),
]
