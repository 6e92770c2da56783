"""Words of a claim that are true as of the article only: "this year", "on Sunday", "today".

They refuse nothing. A reader who meets them later is told from when they are.
"""

import re
from datetime import date

from qa_service.answers import Issue
from qa_service.checks.dates import mentions, shown
from qa_service.checks.written_dates import day_of

AGO = re.compile(
    r"\b(?:\w+\s+)?(?:second|minute|hour|day|week|month|year|decade)s?\s+ago\b"
    r"|\b(?:this|last)\s+(?:morning|afternoon|evening|night|spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)  # English only


def notes(claim: str, published: date | None, language: str | None) -> list[Issue]:
    """Say, for each relative date of a claim, from which day it is to be read."""
    told = (
        f"as of {written_day(day_of(published))}, when the article was published"
        if published
        else "as of the day of the article, which is not known"
    )
    return [
        Issue("as_of_article", f"“{words}” is {told}.")
        for words in relative_words(claim, language or "en")
    ]


def written_day(day: date) -> str:
    """A day as a reader writes it: "4 September 2023"."""
    return f"{day.day} {day:%B} {day.year}"


def relative_words(claim: str, language: str) -> list[str]:
    """The relative dates of a claim in its own characters, each once; those dated beside not."""
    every = mentions(claim, None, language)
    alone = [
        m for at, m in enumerate(every)
        if m.relative and not any(
            not o.relative and (o.first - m.last in (0, 1) or m.first - o.last in (0, 1))
            for o in every[max(0, at - 1) : at + 2]
        )
    ]  # fmt: skip
    found = [shown(claim, m) for m in alone]
    if language == "en":
        found += [match.group() for match in AGO.finditer(claim)]
    return list(dict.fromkeys(found))
