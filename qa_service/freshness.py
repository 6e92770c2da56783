"""What an answer lacks: a part that it leaves open, or articles that are as new as the question.

Knows no search.
"""

import re
from collections.abc import Sequence
from datetime import date

from index.when import calendar_period
from qa_service.answers import Citation
from qa_service.checks.written_dates import day_of
from qa_service.unanswered import unanswered

# Words that ask about the day of the question. A bare present tense does not: "who is the author of
# the report" is as true a year later.
ABOUT_NOW = re.compile(
    r"\b(now|nowadays|currently|current|today|tonight|latest|newest|at present|so far|still|"
    r"as of now|at the moment|this (week|month|year)|heute|jetzt|derzeit|aktuell\w*|aujourd['’]hui|"
    r"maintenant|actuellement|hoy|ahora|actualmente|сегодня|сейчас|теперь|اليوم|الآن)\b|现在|目前|今天",
    re.IGNORECASE,
)
OLD_DAYS = 14  # a fortnight: news about an event that goes on is seldom further apart


def note(question: str, citations: Sequence[Citation], today: date) -> str | None:
    """Return what has to be said beside the answer; None if it lacks nothing that is known here."""
    lacking = (unanswered(question, citations), age(question, citations, today))
    return " ".join(sentence for sentence in lacking if sentence) or None


def age(question: str, citations: Sequence[Citation], today: date) -> str | None:
    """Return a sentence on how old the newest cited article is, if the question is about now."""
    days = [day_of(published) for c in citations if (published := c.article.published)]
    if not days or not ABOUT_NOW.search(question) or calendar_period(question, day_of(today)):
        return None  # "who was still missing on 12 September" is not about now
    newest = max(days)
    age = (day_of(today) - newest).days
    if age < OLD_DAYS:
        return None
    return f"The newest article on this is {age} days old ({newest.day} {newest:%B %Y})."
