from datetime import date

import pytest

from qa_service.answers import Verdict
from qa_service.checks.as_of import notes, relative_words
from tests.claims import held_against


def test_a_relative_date_is_told_and_refuses_nothing() -> None:
    source = "Some 280,000 people have joined the army this year."
    made = held_against("280,000 people have joined the army this year.", source)
    assert made.claim.verdict is Verdict.SUPPORTED
    assert [(i.kind, i.detail) for i in made.claim.issues] == [
        ("as_of_article", "“this year” is as of 4 September 2023, when the article was published.")
    ]


def test_a_copied_sentence_is_told_of_too() -> None:
    made = held_against("He left on Sunday.", "He left on Sunday.")
    assert [i.kind for i in made.claim.issues] == ["as_of_article"]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("He spoke on Sunday.", ["Sunday"]),
        ("He spoke today and will speak next week.", ["today", "next week"]),
        ("He left two days ago.", ["two days ago"]),
        ("He spoke on Sunday, 3 September 2023.", []),
        ("He spoke in September 2023.", []),
        ("He told USA Today that it was over.", []),
    ],
)
def test_words_are_relative_unless_a_date_stands_beside_them(claim: str, words: list[str]) -> None:
    assert relative_words(claim, "en") == words


def test_relative_dates_are_known_in_other_languages() -> None:
    assert relative_words("Gestern sank ein Boot.", "de") == ["Gestern"]


def test_an_article_without_a_date_says_so() -> None:
    (issue,) = notes("He left today.", None, "en")
    assert issue.detail == "“today” is as of the day of the article, which is not known."
    (issue,) = notes("He left today.", date(2024, 2, 6), None)
    assert issue.detail == "“today” is as of 6 February 2024, when the article was published."
