"""Whether an article is about what a question takes for granted: its names, numbers and week.

"Who is the mayor of Paris?" has no answer in an article without Paris, however near it is, and what
happened "this week" does not stand in an article of last year. An article that lacks any of them is
neither shown to the model nor cited. Knows nothing of claims.
"""

import re
from datetime import date

from index.documents import Article
from qa_service.checks.places import CANON
from qa_service.evidence import ASKING

WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")  # 1.3 and 280,000 are one word each
OPENING = re.compile(r"(?:^|[.?!:]\s+)\W*(\w+)")
NUMBER = re.compile(r"\d")
FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
# An article tells its days in other words; `dates` compares those that a claim states.
MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
DAYS = re.compile(
    rf"\b(?:\d\d?\s+)?(?:{MONTH})(?:\s+\d\d?\b(?!\d))?|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)

STEM = 5  # letters that two forms of one name share, such as those of Velland and Vellander
# How far from the day of the question an article can be that is about what happened then. News of
# a week is written about for another: of 95 answerable questions about a week, all but one had
# their article within 13 days. A bare weekday may be the story's own and says nothing.
PERIODS = (
    (re.compile(r"\b(?:(?:this|last|past) (?:week|weekend)|today|yesterday|tonight)\b", re.I), 14),
    (re.compile(r"\b(?:this|last|past) month\b", re.I), 62),
    (re.compile(r"\b(?:this|last|past) (?:year|spring|summer|autumn|fall|winter)\b", re.I), 731),
)


def holds(question: str, article: Article, today: date) -> bool:
    """Whether the article has the question's names and numbers, and is of its time."""
    return is_timely(question, article, today) and not missing(question, article)


def missing(question: str, article: Article) -> list[str]:
    """Return the names and numbers of the question that the article lacks, as they stand there."""
    text = f"{article.title} {article.text} {article.source or ''} {article.author or ''}"
    year = str(article.published.year) if article.published else ""
    there = {folded_name(word) for word in WORD.findall(text)} | {year}
    stems = {word.removesuffix("s")[:STEM] for word in there}
    return [
        name
        for name in given(question)
        if (folded := folded_name(name)) not in there
        and (NUMBER.search(name) or folded.removesuffix("s")[:STEM] not in stems)
        and not (name.isupper() and spelled_out(name, text))
    ]


def folded_name(word: str) -> str:
    """Fold case, and a people into its country: "British" is "Britain"."""
    return CANON.get(word.casefold(), word.casefold())


def given(question: str) -> list[str]:
    """Return the names and numbers of a question; the capital of its first word says nothing."""
    question = DAYS.sub(lambda day: " " * len(day[0]), question)
    openings = {found.start(1) for found in OPENING.finditer(question)}
    return [found[0] for found in WORD.finditer(question) if is_given(found, openings)]


def is_given(found: re.Match[str], openings: set[int]) -> bool:
    """Whether a word of a question is a name or a number that its answer hangs on."""
    word = found[0]
    if NUMBER.search(word):
        return bool(FIGURES.fullmatch(word))  # "15th" and "2nd" are days and ranks
    if word.casefold() in ASKING or len(word) == 1:
        return False
    if found.start() in openings:
        return word.isupper()
    return word[0].isupper()


def spelled_out(acronym: str, text: str) -> bool:
    """Whether an acronym's letters begin successive capitalised words of a text."""
    initials = re.sub(r"\b(?:of|the|and|for|in|on)\b", "", text)
    pattern = r"\b" + r"\W+".join(rf"{letter}\w+" for letter in acronym)
    return bool(re.search(pattern, initials))


def is_timely(question: str, article: Article, today: date) -> bool:
    """Whether the article is of about the time that "this week" or "last month" means."""
    if not article.published:
        return True
    published, now = (date(d.year, d.month, d.day) for d in (article.published, today))
    days = [days for period, days in PERIODS if period.search(question)]
    return not days or abs((now - published).days) <= min(days)
