"""Whether an article is of about the time that a question means: "this week", "on 12 September".

What happened "this week" does not stand in an article of last year. Knows no names and no claims.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from index.documents import Article
from index.queries import Hit
from index.when import Period, calendar_period
from qa_service.checks.written_dates import day_of

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
BEFORE = timedelta(days=3)  # a day's news is announced before it
AFTER = timedelta(days=7)  # and told within a week, unless the day is named
AROUND = timedelta(days=45)  # a year's elections and prizes are news some weeks before and after it

# How far from the day of the question an article can be that is about what happened then. News of
# a week is written about for another: of 95 answerable questions about a week, all but one had
# their article within 13 days. A bare weekday may be the story's own and says nothing.
PERIODS = (
    (
        re.compile(
            r"\b(?:(?:this|last|past) (?:week|weekend)|today|yesterday|tonight|"
            r"(?:diese|letzte)r? woche|heute|gestern|cette semaine|la semaine dernière|"
            r"aujourd['’]hui|esta semana|la semana pasada|hoy|ayer|"
            r"на этой неделе|на прошлой неделе|сегодня|вчера|"
            r"هذا الأسبوع|الأسبوع الماضي|اليوم|أمس)\b|[本这上]周|今天|昨天",
            re.I,
        ),
        14,
    ),
    (re.compile(r"\b(?:this|last|past) month\b", re.I), 62),
    (re.compile(r"\b(?:this|last|past) (?:year|spring|summer|autumn|fall|winter)\b", re.I), 731),
)


def timely(question: str, hits: Sequence[Hit], today: date) -> list[Hit]:
    """Return the hits whose articles are of about the time that the question means."""
    return [hit for hit in hits if is_timely(question, hit.passage.article, today)]


def is_timely(question: str, article: Article, today: date) -> bool:
    """Whether the article is of about the time that "this week" or "in June 2024" means."""
    if not article.published:
        return True
    published, today = day_of(article.published), day_of(today)
    days = [days for period, days in PERIODS if period.search(question)]
    if days and abs((today - published).days) > min(days):
        return False
    meant = list(periods(question, published, today))
    return not meant or any(tells_of(period, article.text, published) for period in meant)


def periods(question: str, published: date, today: date) -> Iterator[Period]:
    """Yield the month or day that a question names; without a year it may be the article's."""
    yield from filter(None, [calendar_period(question, today)])
    if not YEAR.search(question):
        soon_after = published + min(AFTER, date.max - published)
        yield from filter(None, [calendar_period(question, min(today, soon_after))])


def tells_of(period: Period, text: str, published: date) -> bool:
    """Whether an article is of a period or soon after it, or names it."""
    is_day = period.first == period.last
    after = AFTER if is_day else AROUND
    if published - period.first >= -BEFORE and published - period.last <= after:
        return True
    return bool(naming(period.first, is_day=is_day).search(text))


def naming(day: date, *, is_day: bool) -> re.Pattern[str]:
    """A month as articles of another time may tell of it, or a day of it: "Sept. 12"."""
    name = f"{day:%B}"
    month = rf"{name[:3]}(?:{name[3:]}\b|[a-z]?\.)"
    return re.compile(rf"\b(?:{month} {day.day}\b|{day.day} {month})" if is_day else rf"\b{month}")


def tells_another_year(question: str, quote: str, article: Article) -> bool:
    """Whether a quote tells years, and none that the question names or that the article is of.

    "1991 - Larkin won the Series" does not say who won that of 1994. Of some 500 right claims
    none was so.
    """
    meant, told = set(YEAR.findall(question)), set(YEAR.findall(quote))
    if not meant or not told:
        return False
    published = {str(article.published.year)} if article.published else set()
    return not meant & {*told, *YEAR.findall(article.title), *published}
