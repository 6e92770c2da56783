"""A number or a name speaks for a sentence where the question asks for one and has another."""

import pytest

from qa_service.wanted import could_answer

HOW_MANY = "How many of the 40 mills in Ostrel closed?"
WHO = "Which judge of Ostrel fell ill?"


@pytest.mark.parametrize(
    ("asked", "sentence", "could"),
    [
        (HOW_MANY, "Twelve of them closed.", True),
        (HOW_MANY, "Of the 40, 12 closed.", True),
        (HOW_MANY, "All 40 had closed in Ostrel.", False),
        (HOW_MANY, "They closed in Hale's time.", False),
        ("What share of the mills closed?", "A third of them did.", True),
        (WHO, "It was Hale who fell ill.", True),
        (WHO, "The judge is from Ostrel's north.", False),
        (WHO, "Judges fell ill.", False),
        (WHO, "There were 12 of them.", False),
        ("Why did the mills close?", "Hale closed 12 of them.", False),
    ],
)
def test_what_is_of_the_kind_that_is_asked_for(asked: str, sentence: str, could: bool) -> None:
    assert could_answer(asked)(sentence) is could
