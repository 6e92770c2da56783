from datetime import date

import pytest

from index.documents import Span
from qa_service.answers import Citation
from qa_service.freshness import note
from qa_service.unanswered import parts, unanswered
from tests.fakes import make_article


def cited(*quotes: str) -> list[Citation]:
    return [
        Citation(n, make_article(quote), Span(0, len(quote))) for n, quote in enumerate(quotes, 1)
    ]


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "How many were hurt and who was arrested?",
            ["How many were hurt", "who was arrested"],
        ),
        ("Who won, and by how much?", ["Who won", "by how much"]),
        ("Police came. Who called them? When?", ["Who called them", "When"]),
        ("Who won the cup?", ["Who won the cup"]),
        ("Who is the senator who won and who resigned?", []),  # one question
        ("The US and which other land met?", ["which other land met"]),  # one is none to part
    ],
)
def test_a_question_is_taken_apart_where_it_joins_two(question: str, asked: list[str]) -> None:
    assert parts(question) == asked


@pytest.mark.parametrize(
    ("question", "quote", "said"),
    [
        (
            "How many were hurt and who was arrested?",
            "Twelve people were injured.",
            "Not answered: “who was arrested”.",
        ),
        (
            "How many were hurt and who was arrested?",
            "A man of 34 was arrested.",
            "Not answered: “How many were hurt”.",
        ),
        (
            "Who won the cup, and by how much?",
            "The Avalanche won the cup.",
            "Not answered: “by how much”.",
        ),
    ],
)
def test_the_part_that_nothing_cited_can_answer_is_named(
    question: str, quote: str, said: str
) -> None:
    assert unanswered(question, cited(quote)) == said


@pytest.mark.parametrize(
    ("question", "quotes"),
    [
        (
            "How many were hurt and who was arrested?",
            ("Twelve people were injured.", "A man was arrested."),
        ),
        ("Who won the cup, and by how much?", ("The Avalanche won the cup 2-1.",)),
        ("Who won the cup and when?", ("The Avalanche won the cup.",)),  # perhaps it was
        ("How many were hurt?", ("A man was arrested.",)),  # one question: it is no partial answer
        ("How many were hurt and who was arrested?", ()),
    ],
)
def test_nothing_is_said_that_is_not_certain(question: str, quotes: tuple[str, ...]) -> None:
    assert unanswered(question, cited(*quotes)) is None


def test_it_stands_before_the_age_of_the_articles() -> None:
    question = "How many are hurt now and who was arrested?"
    assert note(question, cited("Twelve people were hurt."), date(2023, 10, 15)) == (
        "Not answered: “who was arrested”. "
        "The newest article on this is 41 days old (4 September 2023)."
    )
