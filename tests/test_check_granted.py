"""Answers: what the question says may stand anywhere in the article, what they add may not."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest

from index.documents import Sentence, Span
from qa_service.answers import DraftClaim, Verdict
from qa_service.verify import Verified, verify
from tests.claims import MONDAY, shown
from tests.fakes import make_article


class Answered(NamedTuple):
    """A question, the article's headline, the sentence cited, and what stands elsewhere in it."""

    asked: str
    title: str
    cited: str
    rest: str
    claim: str


def verified(case: Answered, published: date = MONDAY) -> Verified:
    article = make_article(f"{case.cited} {case.rest}", title=case.title, published=published)
    return verify(
        DraftClaim(case.claim, ("S1",)),
        {"S1": Sentence(article, Span(0, len(case.cited)))},
        asked=case.asked,
    )


FLIGHTS = Answered(
    "Which airline cut 31,000 flights?",
    "Airlines trim schedules",
    "Norair said it would trim its schedule in November.",
    "Altogether Norair cut 31,000 flights.",
    "Norair cut 31,000 flights.",
)
SCHOOLS = Answered(
    "What did Velland require schools to display?",
    "Velland passes school law",
    "Velland may require schools to display the ten rules, it was said at first.",
    "Velland required it of all schools on Friday.",
    "Velland required schools to display the ten rules.",
)
MAYOR = Answered(
    "Who won the vote in Ostrel by a record margin?",
    "Ada Hale wins Ostrel vote",
    "Hale's lead was never in doubt in Ostrel.",
    "She won the vote by a record margin.",
    "Ada Hale won the vote in Ostrel by a record margin.",
)


@pytest.mark.parametrize("case", [FLIGHTS, SCHOOLS, MAYOR], ids=lambda case: case.claim)
def test_words_of_the_question_may_stand_elsewhere_in_the_article(case: Answered) -> None:
    assert verified(case).claim.verdict is Verdict.SUPPORTED
    silent = case._replace(rest="It was a quiet day.", title="News in brief")
    assert verified(silent).claim.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("case", "claim"),
    [
        (FLIGHTS, "Norair cut 41,000 flights."),
        (FLIGHTS, "Westair cut 31,000 flights."),
        (SCHOOLS, "Velland required schools to display the nine rules."),
        (MAYOR, "Bo Hale won the vote in Ostrel by a record margin."),
    ],
)
def test_what_an_answer_adds_is_not_granted(case: Answered, claim: str) -> None:
    assert verified(case._replace(claim=claim)).claim.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("How many tanks had Orlov said joined?", "280,000 tanks had joined, Orlov said."),
        ("How many people had Orlov said left?", "280,000 people had left, Orlov said."),
        ("How many had Orlov said did not join?", "280,000 people did not join, Orlov said."),
    ],
)
def test_a_question_that_takes_something_wrong_for_granted_is_not_believed(
    asked: str, claim: str
) -> None:
    said = "Orlov said that 280,000 people had joined."
    case = Answered(asked, "Orlov counts", said, "They came from all over.", claim)
    assert verified(case).claim.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "Norair did not cut 31,000 flights.",
        "Norair never cut 31,000 flights.",
        "Norair added 31,000 flights.",
    ],
)
def test_an_answer_does_not_turn_what_was_asked(claim: str) -> None:
    assert verified(FLIGHTS._replace(claim=claim)).claim.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize("asked", ["Did Norair cut flights?", "Did Norair say who cut flights?"])
def test_a_question_for_yes_or_no_may_be_denied(asked: str) -> None:
    case = Answered(
        asked, "Norair", "Norair did not cut flights, it said.", "",
        "Norair did not cut any flights, it said.",
    )  # fmt: skip
    assert verified(case).claim.verdict is Verdict.SUPPORTED


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


def test_what_was_done_to_a_name_of_the_question_it_does_not_do() -> None:
    case = Answered(
        "Which author won the Ostrel Prize?", "Ada Hale wins Ostrel Prize",
        "It is a great day, Ada Hale said of the Ostrel Prize for an author.",
        "Ada Hale won the Ostrel Prize.", "Ada Hale won the Ostrel Prize.",
    )  # fmt: skip
    assert verified(case).claim.verdict is Verdict.SUPPORTED
    turned = verified(case._replace(claim="The Ostrel Prize won Ada Hale.")).claim
    assert turned.verdict is Verdict.UNSUPPORTED


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("A jury met in Ostrel for long. Where did Norair cut flights?", "Norair cut in Velland."),
        ("In which town did Norair plan to cut flights?", "Norair planned to cut in Velland."),
    ],
)
def test_preambles_and_hedges_of_a_question_are_read(asked: str, claim: str) -> None:
    cited = "Norair cut flights in Velland, like It-Air of Velland."
    case = FLIGHTS._replace(asked=asked, cited=cited, title="Norair cuts flights", claim=claim)
    assert verified(case).claim.verdict is Verdict.SUPPORTED


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


def test_a_headline_tells_whom_the_question_means() -> None:
    cited = "The eldest child of Prince Ivo will go to Ostrel College in September."
    case = Answered(
        "Which school will Prince Leo attend from September?",
        "Prince Leo has a new school: Ostrel College",
        cited, "", "Prince Leo will go to Ostrel College from September.",
    )  # fmt: skip
    assert verified(case).claim.verdict is Verdict.SUPPORTED
    silent = case._replace(title="A prince has a new school")
    assert verified(silent).claim.verdict is Verdict.UNSUPPORTED


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
    ("asked", "cited", "claim"),
    [
        (  # a plural in a name
            "Which museum won the 2024 Readers' Choice Award for parks?",
            "Hagley Museum won in the parks category of the 2024 Readers' Choice Awards.",
            "Hagley Museum won the 2024 Readers' Choice Award for parks.",
        ),
        (  # the question calls an airline a company
            "How much did the company offer passengers on the flight?",
            "Passengers on the flight said that the airline offered them $10,000.",
            "Passengers on the flight said that the company offered them $10,000.",
        ),
        (  # the question's day, in an article that leaves out the year
            "Who speaks at the fair in Ostrel on 18 August 2024?",
            "Ada Hale will speak at the fair in Ostrel on Aug. 18.",
            "Ada Hale will speak at the fair in Ostrel on 18 August 2024.",
        ),
        (  # a country that is in no table
            "What did the Norlandan president send to Ostrel?",
            "The president of Norlanda has sent elephants to Ostrel.",
            "The Norlandan president has sent elephants to Ostrel.",
        ),
    ],
)
def test_the_question_may_call_things_in_its_own_way(asked: str, cited: str, claim: str) -> None:
    case = Answered(asked, "News in brief", cited, "", claim)
    found = verified(case).claim
    assert (found.verdict, found.issues) == (Verdict.SUPPORTED, ())


def test_what_the_question_says_was_announced_need_not_be_announced_again() -> None:
    case = Answered(
        "Ada Hale has announced her resignation after serving as mayor since when?",
        "Ada Hale resigns",
        "Hale's decision to resign after serving as mayor of Ostrel since 2017 was a surprise.",
        "", "Ada Hale has announced her resignation after serving as mayor since 2017.",
    )  # fmt: skip
    assert verified(case).claim.verdict is Verdict.SUPPORTED
    other = case._replace(cited=case.cited.replace("was a surprise", "came late, Koval said"))
    assert verified(other).claim.verdict is Verdict.UNSUPPORTED


def test_what_the_answer_did_to_another_is_not_what_was_asked() -> None:
    case = Answered(
        "Who replaced Ada Hale as prime minister?",
        "Hale resigns as prime minister",
        "Koval was replaced by Ivo Brandt, a former foreign minister.",
        "It is open who will replace Ada Hale as prime minister.",
        "Ivo Brandt replaced Ada Hale as prime minister.",
    )
    assert verified(case).claim.verdict is Verdict.UNSUPPORTED
    right = case._replace(cited="Hale was replaced by Ivo Brandt, a former foreign minister.")
    assert verified(right).claim.verdict is Verdict.SUPPORTED


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


def test_the_month_in_which_the_article_was_published_is_granted_and_no_other() -> None:
    case = FLIGHTS._replace(
        asked="Which airline cut 31,000 flights in September 2023?",
        claim="Norair cut 31,000 flights in September 2023.",
    )
    for published in (MONDAY, datetime(2023, 9, 4, 18, tzinfo=UTC)):
        assert verified(case, published).claim.verdict is Verdict.SUPPORTED
    for other in ("October 2023", "September 2022", "5 September 2023"):
        moved = {f: getattr(case, f).replace("September 2023", other) for f in ("asked", "claim")}
        assert verified(case._replace(**moved)).claim.verdict is Verdict.UNSUPPORTED, other
