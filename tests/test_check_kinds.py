"""A time, a count or a name that is asked for has to be there, whatever else a claim says."""

import pytest

from qa_service.answers import DraftClaim, Verdict
from qa_service.verify import verify
from tests.claims import shown
from tests.fakes import make_article

WHEN = "When did Ada Hale take the throne?"
HOW_MANY = "How many workers left the Ostrel mill?"
NAME = "What is the name of the storm over Ostrel?"


@pytest.mark.parametrize(
    ("asked", "said", "stands"),
    [
        (WHEN, "Ada Hale took the throne in 1952.", True),
        (WHEN, "Ada Hale took the throne in Ostrel.", False),
        (WHEN, "Ada Hale took the throne after her father.", True),
        (HOW_MANY, "At the Ostrel mill 120 workers left.", True),
        (HOW_MANY, "Dozens of workers left the Ostrel mill.", True),
        (HOW_MANY, "The workers left the Ostrel mill in anger.", False),
        (HOW_MANY, "Some 8 per cent of the workers left the Ostrel mill.", False),
        ("What share of workers left the mill?", "Some 8 per cent of workers left it.", True),
        (HOW_MANY, "The Ostrel mill that workers left fights Covid-19.", False),
        ("How much did the Ostrel mill pay?", "The Ostrel mill did pay 40 crowns.", True),
        ("How much did the Ostrel mill pay?", "The Ostrel mill did pay double.", True),
        ("How much did the Ostrel mill pay?", "The Ostrel mill did pay in the end.", False),
        ("How much did the Ostrel mill pay?", "The Ostrel mill did pay for 35 minutes.", False),
        ("How old is the Ostrel mill?", "The Ostrel mill is 90 years old.", True),
        ("How old is the Ostrel mill?", "The Ostrel mill is old.", False),
        ("What hourly wage did the mill pay?", "The mill did pay a wage by the hour.", False),
        ("What share of the cost did it pay?", "It did pay the cost of the share.", False),
        (HOW_MANY, "At the Ostrel mill 120 clerks left, all of them workers.", False),
        (HOW_MANY, "At the Ostrel mill 120 people left, all of them workers.", True),
        (HOW_MANY, "The workers who left the Ostrel mill were 120.", True),
        (HOW_MANY, "The Ostrel mill has 30 days, the workers who left say.", False),
        ("After how many days did the mill close?", "The mill did close after days.", False),
        (HOW_MANY, "No workers left the Ostrel mill.", True),
        (HOW_MANY, "The Ostrel mill that workers left has no tower.", False),
        (HOW_MANY, "At the Ostrel mill workers left the 2024 Mill Games.", False),
        ("How many left the St. Ode mill in May?", "The St. Ode mill that many left is old.", True),
        ("How many left the St. Ode mill in May?", "The St. Ode mill in May is old.", False),
        ("How many new steam engines did Ostrel buy?", "Ostrel did buy two more engines.", True),
        ("How many new steam engines did Ostrel buy?", "Ostrel did buy two new wool mills.", False),
        ("How many people did Ostrel lose?", "Ostrel did lose two of its clerks.", True),
        ("How many people did Ostrel lose?", "Ostrel did lose 40 reservists.", True),
        ("How many weeks did the mill rest?", "The mill did rest for two weeks.", True),
        ("How many weeks did the mill rest?", "The mill did rest for 22 seconds.", False),
        ("How many square miles did the fire burn?", "The fire did burn 9 square miles.", True),
        ("How many degrees was it in Ostrel?", "It was 40 degrees Celsius in Ostrel.", True),
        ("How many of the workers left the mill?", "Some 58 of the 64 left the mill.", True),
        ("How long was the Ostrel mill shut?", "The Ostrel mill was shut for two weeks.", True),
        ("How much did the Ostrel mill pay?", "The Ostrel mill did pay, 52 years old.", False),
        ("How long was the Ostrel mill shut?", "The Ostrel mill was shut until spring.", True),
        ("How long was the Ostrel mill shut?", "The Ostrel mill was shut in anger.", False),
        (NAME, "The storm over Ostrel is called Irma.", True),
        (NAME, "The storm over Ostrel is close to the coast.", False),
        (NAME, "The storm over Ostrel came on Friday, 1 September.", False),
        ("What are the names of the mills?", "Of the mills 40 are the oldest.", False),
        (NAME, "Three of the name were in the storm over Ostrel.", False),
        ("name of the storm over Ostrel", "The storm over Ostrel is close to the coast.", False),
        ("Name the storm over Ostrel.", "The storm over Ostrel is called Irma.", True),
        ("How much money did the mill lose?", "The mill did lose $40 of its money.", True),
        ("How much money did the mill lose?", "The mill did lose 40 of its money.", True),
        ("How much money did the mill lose?", "The mill did lose 40 clerks and money.", False),
        ("How much money did the mill lose?", "The mill did lose half its money.", True),
        ("What fine did the mill pay?", "The mill did pay a fine of 40 francs.", True),
        ("What was the budget of the Ostrel mill?", "The Ostrel mill was 90 years old.", False),
        ("What did the Ostrel mill cost?", "The Ostrel mill did cost 40 crowns.", True),
        ("What did the Ostrel mill cost?", "The Ostrel mill did cost the town dear.", False),
        ("On what date did the Ostrel mill close?", "The Ostrel mill did close on 3 May.", True),
        ("On what date did the Ostrel mill close?", "The Ostrel mill did close on Friday.", True),
        ("On what date did the Ostrel mill close?", "On May Day the Ostrel mill did close.", True),
        (
            "On what date did the Ostrel mill close?",
            "In May 2023 the Ostrel mill did close.",
            False,
        ),
        ("From which date is the mill shut?", "The mill is shut from the date of the deal.", False),
        (f"{HOW_MANY} And who were they?", "Most of the workers of Ostrel were clerks.", True),
    ],
)
def test_an_answer_is_of_the_kind_that_is_asked_for(asked: str, said: str, stands: bool) -> None:
    """Every claim here is a sentence of the article, so nothing but its kind speaks against it."""
    sentences = shown(make_article(said))
    verdict = verify(DraftClaim(said, ("S1",)), sentences, asked=asked).claim.verdict
    assert (verdict is Verdict.SUPPORTED) is stands


def test_what_follows_an_answer_may_be_of_any_kind() -> None:
    text = "At the Ostrel mill 120 workers left. The workers left the Ostrel mill in anger."
    first, second = shown(make_article(text)).items()
    sentences = dict([first, second])
    answer = verify(DraftClaim(first[1].text, ("S1",)), sentences, asked=HOW_MANY)
    more = DraftClaim(second[1].text, ("S2",))
    told = verify(more, sentences, cited=answer.citations, asked=HOW_MANY)
    assert told.claim.verdict is Verdict.SUPPORTED
    assert verify(more, sentences, asked=HOW_MANY).claim.verdict is Verdict.UNSUPPORTED
