from datetime import date

import pytest

from qa_service.premise import holds, missing
from tests.fakes import make_article

ARTICLE = make_article(
    "The Avalanche beat the Tampa Bay Lightning 2-1 to win the National Hockey League's cup. "
    "Japan and Britain watched. Prices rose 1.3 percent, to $280,000 in 2024.",
    title="Avalanche win in Denver",
    published=date(2022, 6, 27),
)
TODAY = date(2022, 6, 30)


@pytest.mark.parametrize(
    "question",
    [
        "Who won in Denver?",
        "Which team beat the Lightning?",
        "Which NHL team won?",  # the letters begin National Hockey League
        "Did Japanese viewers watch?",
        "How did the British react?",
        "Did prices rise 1.3 percent in 2024?",
        "Who won the 2022 cup?",  # the year it was published
        "Who won on 26 June?",  # days are told in other words
        "Who won on the 2nd day?",
        "who beat tampa bay",
        "Yesterday, who won?",
        "Who won this week?",
    ],
)
def test_an_article_with_all_that_is_taken_for_granted_holds(question: str) -> None:
    assert missing(question, ARTICLE) == []
    assert holds(question, ARTICLE, TODAY)


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("Who is the mayor of Paris?", ["Paris"]),
        ("Which NBA team won?", ["NBA"]),
        ("Did prices rise 13 percent?", ["13"]),
        ("Was it $1.4 or $280,000?", ["1.4"]),
        ("Who won the 2021 cup?", ["2021"]),
        ("What did Medvedev say to the Lightning?", ["Medvedev"]),
    ],
)
def test_what_an_article_lacks_is_named(question: str, lacks: list[str]) -> None:
    assert missing(question, ARTICLE) == lacks
    assert not holds(question, ARTICLE, TODAY)


@pytest.mark.parametrize(
    ("question", "today", "timely"),
    [
        ("Who won this week?", date(2022, 7, 10), True),
        ("Who won this week?", date(2022, 9, 10), False),
        ("Who won last month?", date(2022, 8, 10), True),
        ("Who won this year?", date(2022, 12, 31), True),
        ("Who won this year?", date(2025, 12, 31), False),
        ("Who won?", date(2025, 12, 31), True),
        ("Who won on Sunday?", date(2025, 12, 31), True),  # the story's own Sunday
    ],
)
def test_an_article_of_another_time_does_not_answer(
    question: str, today: date, timely: bool
) -> None:
    assert holds(question, ARTICLE, today) is timely


def test_an_article_without_a_date_is_not_refused_for_its_time() -> None:
    assert holds("Who won this week?", make_article("They won.", published=None), TODAY)
