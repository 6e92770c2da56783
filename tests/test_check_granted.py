"""Answers: what the question says may stand anywhere in the article, what they add may not."""

from datetime import UTC, datetime

import pytest

from qa_service.answers import Verdict
from tests.answered import FLIGHTS, Answered, verified
from tests.claims import MONDAY

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
