from datetime import UTC, date, datetime

import pytest

from index.documents import Span
from qa_service.answers import Citation
from qa_service.freshness import note
from tests.fakes import make_article


def cited(*days: date | None) -> list[Citation]:
    return [Citation(1, make_article("Text.", published=day), Span(0, 5)) for day in days]


def test_the_newest_article_counts() -> None:
    citations = cited(date(2023, 8, 1), datetime(2023, 9, 4, 23, tzinfo=UTC), None)
    said = note("What is the rate now?", citations, date(2023, 10, 15))
    assert said == "The newest article on this is 41 days old (4 September 2023)."


@pytest.mark.parametrize(
    ("question", "today"),
    [
        ("What was the rate?", date(2023, 10, 15)),  # not about now
        ("What was the rate still on 4 September 2023?", date(2023, 10, 15)),
        ("What is the rate now?", date(2023, 9, 10)),  # fresh enough
        ("What is the rate now?", date(2023, 9, 1)),  # asked as of an earlier day
    ],
)
def test_nothing_is_said_without_need(question: str, today: date) -> None:
    assert note(question, cited(date(2023, 9, 4)), today) is None
    assert note("What is it now?", [], date(2023, 10, 15)) is None
