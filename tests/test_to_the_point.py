"""What is true and no answer: of another story in the same article, or of another count."""

import pytest

from qa_service.answers import DraftClaim, Verdict
from qa_service.verify import verify
from tests.claims import shown
from tests.fakes import make_article

MORNING = (
    "Ostrel votes today. A jet of Brenn Air fell into the sea off Ostrel. Its captain had 8,000 "
    "hours of flying experience. It rained in Lindholt. Trams stood still. In May Tove Hall saw a "
    "jet of Marn Wings go down in Quillby."
)
MARN = "How many hours had the captain of the Marn Wings jet"


def verdict(said: str, asked: str, text: str, *, title: str = "Five things to know") -> Verdict:
    """Hold a claim against every sentence of an article; the first that has its words is named."""
    sentences = shown(make_article(text, title=title))
    named = next(name for name, s in sentences.items() if said.rstrip(".") in s.text)
    return verify(DraftClaim(said, (named,)), sentences, asked=asked).claim.verdict


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ("How many hours had the captain of the Brenn Air jet flown?", True),
        (f"{MARN} that Tove Hall saw fall at Quillby flown?", False),
        (f"{MARN} that fell at Quillby flown?", True),  # two names may well be far from an answer
    ],
)
def test_a_digest_answers_only_with_the_story_that_is_asked_about(asked: str, stands: bool) -> None:
    said = "Its captain had 8,000 hours of flying experience."
    assert (verdict(said, asked, MORNING) is Verdict.SUPPORTED) is stands


FLOOD = "About 2,300 people slept in schools. {} The river fell on Monday."
SLEPT = "About 2,300 people slept in schools."


@pytest.mark.parametrize(
    ("asked", "other", "stands"),
    [
        ("How many people were missing after the Sarn flood?", "Some 40 were missing.", False),
        ("How many people were still missing after the flood?", "Some 40 were missing.", False),
        ("How many were reportedly missing?", "Some 40 were missing.", False),
        ("How many people were killed in the flood?", "Some 40 were missing.", False),
        # The article has no such word: what it says in others cannot be told by rule.
        ("How many people were displaced by the Sarn flood?", "Some 40 were missing.", True),
        # Not of the count: "part of" leads on to what is asked, and "put" tells nothing.
        ("How many people were part of those in schools?", "It is part of the plan.", True),
        ("How many people were put up in schools?", "Guards were put there.", True),
        ("How many people were expected to sleep there?", "Rain was expected.", True),
    ],
)
def test_a_number_is_of_the_state_that_is_asked_for_where_the_article_tells_it(
    asked: str, other: str, stands: bool
) -> None:
    text = FLOOD.format(other)
    assert (verdict(SLEPT, asked, text, title="Sarn flood") is Verdict.SUPPORTED) is stands


@pytest.mark.parametrize(
    ("year", "title", "stands"),
    [
        ("1991", "This week in sport", True),
        ("1994", "This week in sport", False),
        ("2023", "This week in sport", True),  # the article's own
        ("1994", "From 1990 to 1994", True),
    ],
)
def test_another_year_than_was_asked_about_does_not_answer(
    year: str, title: str, stands: bool
) -> None:
    said = "In 1991 Gerrit Anselm won the Velland series."
    text = f"{said} The Velland series of 1994 was called off."
    asked = f"Who won the {year} Velland series?"
    assert (verdict(said, asked, text, title=title) is Verdict.SUPPORTED) is stands
