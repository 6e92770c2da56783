"""Answers: whether the sentence cited tells what was asked and has the answer in it."""

import pytest

from index.documents import Sentence, Span
from qa_service.answers import DraftClaim, Verdict
from qa_service.verify import verify
from tests.answered import FLIGHTS, Answered, verified
from tests.claims import MONDAY, shown
from tests.fakes import make_article


def test_the_question_said_again_is_no_answer() -> None:
    claim = verified(FLIGHTS._replace(claim="An airline cut 31,000 flights.")).claim
    assert [issue.kind for issue in claim.issues] == ["question"]


def test_either_of_two_that_the_question_offers_is_an_answer() -> None:
    case = Answered(
        "Which cut flights, Norair or Westair?",
        "Airlines",
        "Norair cut flights.",
        "",
        "Norair cut.",
    )
    assert verified(case).claim.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("claim", "stands"), [("Norair", True), ("Westair", False), ("31,000", False)]
)
def test_a_bare_name_answers_where_the_sentence_tells_what_was_asked(
    claim: str, stands: bool
) -> None:
    cited = "Norair cut flights in November."
    case = FLIGHTS._replace(asked="Which airline cut flights in November?", cited=cited)
    believed = verified(case._replace(claim=claim)).claim.verdict is Verdict.SUPPORTED
    assert believed is stands


@pytest.mark.parametrize(
    ("title", "before", "stands"),
    [
        ("Sarn flood leaves Ostrel without homes", "", True),
        ("Flood leaves towns without homes", "Ostrel, on the Sarn, was hit. ", True),
        ("Flood leaves towns without homes", "", False),
        ("Sarn flood leaves towns without homes", "", False),
    ],
)
def test_a_bare_number_may_have_less_of_the_question_where_its_names_are_near(
    title: str, before: str, stands: bool
) -> None:
    asked = "How many pets were in shelters in Ostrel after the Sarn flood of September 2023?"
    article = make_article(f"{before}Some 250 pets are in shelters.", title=title, published=MONDAY)
    sentences = shown(article)
    found = verify(DraftClaim("250", tuple(sentences)[-1:]), sentences, asked=asked)
    assert (found.claim.verdict is Verdict.SUPPORTED) is stands


def test_a_sentence_that_has_the_answer_is_cited_rather_than_one_that_has_not() -> None:
    first, second = "The airline cut flights in November. ", "Norair cut flights in November."
    article = make_article(first + second, title="Norair cuts flights", published=MONDAY)
    cut = len(first)
    shown = {"S1": Sentence(article, Span(0, cut)), "S2": Sentence(article, Span(cut, cut + 31))}
    drafted = DraftClaim("Norair cut flights in November.", ("S1",))
    found = verify(drafted, shown, asked="Which airline cut flights in November?")
    assert [citation.quote for citation in found.citations] == [second]
    assert found.claim.moved


def test_a_true_sentence_that_does_not_tell_what_was_asked_is_no_answer() -> None:
    cited = "The weather in Ostrel was fine all week."
    case = FLIGHTS._replace(title="News in brief", cited=cited, claim=cited)
    (issue,) = verified(case).claim.issues
    assert issue.detail == "The cited sentence does not tell what was asked."
    assert verified(case._replace(asked="How was the weather in Ostrel?")).claim.verdict is (
        Verdict.SUPPORTED
    )


def test_a_bare_name_does_not_stand_on_two_sentences() -> None:
    first, second = "Norair was named. ", "The airline cut 31,000 flights in May."
    article = make_article(first + second, title="Airline cuts flights", published=MONDAY)
    cut = len(first)
    shown = {"S1": Sentence(article, Span(0, cut)), "S2": Sentence(article, Span(cut, cut + 38))}
    found = verify(DraftClaim("Norair", ("S1", "S2")), shown, asked=FLIGHTS.asked)
    assert found.claim.verdict is Verdict.UNSUPPORTED


def test_a_pronoun_of_another_person_than_asked_about_is_refused() -> None:
    case = FLIGHTS._replace(asked="Which chief said he cut flights?")
    (issue,) = verified(case._replace(claim="Ada Hale said she cut flights.")).claim.issues
    assert "“she”" in issue.detail


def test_a_name_of_small_words_is_an_answer() -> None:
    cited = "In-N-Out cut flights in November."
    case = FLIGHTS._replace(asked="Which airline cut flights?", title="News", cited=cited)
    assert verified(case._replace(claim="In-N-Out cut flights.")).claim.verdict is Verdict.SUPPORTED


def test_a_short_question_is_answered_in_few_words() -> None:
    case = Answered(
        "how many recruits did Orlov cite", "Orlov counts",
        "Dmitry Orlov said that about 280,000 people had joined the army.", "",
        "280,000 people had joined the army.",
    )  # fmt: skip
    assert verified(case).claim.verdict is Verdict.SUPPORTED


def test_the_rest_of_the_article_may_bear_an_answer_out() -> None:
    """The model reads a part of each article; the sentence that says it best may be another."""
    silent = "It was named on Friday."
    case = FLIGHTS._replace(cited=silent, rest="In May the airline Norair cut 31,000 flights.")
    found = verified(case)
    assert [c.quote for c in found.citations] == [case.rest]
    assert found.claim.moved


def test_no_answer_is_believed_whose_quote_has_it_not() -> None:
    case = FLIGHTS._replace(title="Norair trims schedule", cited="The airline cut 31,000 flights.")
    (issue,) = verified(case._replace(rest="It was a quiet day.")).claim.issues
    assert issue.detail == "The cited sentence does not have the answer in it."


def test_who_is_meant_is_quoted_with_what_they_did() -> None:
    article = make_article("Norair is in trouble. Last May the airline cut 31,000 flights.")
    second = Sentence(article, Span(22, len(article.text)))
    drafted = DraftClaim("Norair cut 31,000 flights.", ("S1",))
    found = verify(drafted, {"S1": second}, asked=FLIGHTS.asked)
    assert [c.quote for c in found.citations] == [
        "Norair is in trouble.", "Last May the airline cut 31,000 flights.",
    ]  # fmt: skip


def test_a_dateline_answers_nothing_but_where() -> None:
    said = "OSTREL — The grid failed on Monday."
    case = Answered(
        "Which island's grid failed on Monday?", "", said, "", "Ostrel failed on Monday."
    )
    assert verified(case).claim.verdict is Verdict.UNSUPPORTED
    where = case._replace(asked="Where did the grid fail?", claim="The grid failed in Ostrel.")
    assert verified(where).claim.verdict is Verdict.SUPPORTED


def test_a_dash_behind_a_name_makes_no_dateline_inside_an_article() -> None:
    said = "Norair – the airline of the north – cut 31,000 flights."
    before = (
        "It was a hard year for all the airlines of the country, and for their passengers. " * 2
    )
    article = make_article(f"{before}{said}")
    sentence = Sentence(article, Span(len(before), len(article.text)))
    drafted = DraftClaim("Norair cut 31,000 flights.", ("S1",))
    found = verify(drafted, {"S1": sentence}, asked=FLIGHTS.asked)
    assert found.claim.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        ("Orrin said he was humbled to become the next prime minister.", Verdict.UNSUPPORTED),
        ("Marn appointed Orrin, who was humbled, as the prime minister.", Verdict.SUPPORTED),
    ],
)
def test_a_claim_moves_only_to_what_tells_the_deed_that_is_asked_for(
    other: str, verdict: Verdict
) -> None:
    """Elsewhere in the article "appointed" tells of somebody else."""
    text = (
        f"Ada Marn spoke of a prime minister. It rained. {other} Snow fell. Marn appointed a judge."
    )
    article = make_article(text, title="Ada Marn and the prime minister", published=MONDAY)
    drafted = DraftClaim("Ada Marn appointed Orrin as prime minister.", ("S1",))
    asked = "Who did Ada Marn appoint as prime minister?"
    assert verify(drafted, shown(article), asked=asked).claim.verdict is verdict
