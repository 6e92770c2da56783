import pytest

from qa_service.answers import Verdict
from tests.answered import Answered, verified
from tests.claims import Row, wrong

ROWS = [
    Row("Hale claimed the cup in May.", "Hale won the cup in May.", True, "another word for it"),
    Row("Hale was the runner-up in Ostrel.", "Hale lost in Ostrel.", False, "nothing of the kind"),
    Row("Hale was found dead in Ostrel.", "Hale died in Ostrel.", True, "dead"),
]
PREVIEW = Answered(
    "Which team won the cup final in Ostrel?",
    "Lions meet Bears in Ostrel",
    "The Lions take on the Bears in the final in Ostrel.",
    "The Bears won last year. The cup is made of tin.",
    "The Lions won the cup final in Ostrel.",
)

LETTER = Answered(
    "Which aide drafted the letter to Ostrel?",
    "Letter to Ostrel",
    "The aide Hale quoted from the letter to Ostrel.",
    "It was drafted in May.",
    "Hale drafted the letter to Ostrel.",
)


def test_an_outcome_is_said_in_one_way_or_another() -> None:
    assert wrong(ROWS) == []


def test_who_only_takes_part_has_not_won() -> None:
    """The article has "won" and "cup" and the sentence has the team: of another year, all of it."""
    assert verified(PREVIEW).claim.verdict is Verdict.UNSUPPORTED
    report = PREVIEW._replace(cited="The Lions beat the Bears in the final in Ostrel.")
    assert verified(report).claim.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("cited", "verdict"),
    [
        ("The Lions are heading to the cup final in Ostrel after a win.", Verdict.UNSUPPORTED),
        (
            "A win over the Bears took the Lions to the cup semifinal in Ostrel.",
            Verdict.UNSUPPORTED,
        ),
        ("The Lions, who beat the Bears in the semifinal, won the cup.", Verdict.SUPPORTED),
        ("The Lions won.", Verdict.SUPPORTED),
    ],
)
def test_a_round_that_was_won_is_not_the_contest(cited: str, verdict: Verdict) -> None:
    assert verified(PREVIEW._replace(cited=cited)).claim.verdict is verdict


@pytest.mark.parametrize("asked", ["Which aide predicted", "Which aide managed to write"])
def test_what_is_said_or_managed_is_told_in_many_ways(asked: str) -> None:
    claim = f"Hale {asked.removeprefix('Which aide ')} the letter to Ostrel."
    answered = LETTER._replace(
        asked=f"{asked} the letter to Ostrel?",
        cited="The aide Hale thought that he would write the letter to Ostrel.",
        rest="He managed it, as was predicted.", claim=claim,
    )  # fmt: skip
    assert verified(answered).claim.verdict is Verdict.SUPPORTED


def test_a_match_is_won_by_a_win_over_the_other_side() -> None:
    match = PREVIEW._replace(
        asked="Which team won the match in Ostrel?",
        cited="A win over the Bears in the match in Ostrel cheered the Lions.",
        claim="The Lions won the match in Ostrel.",
    )
    assert verified(match).claim.verdict is Verdict.SUPPORTED


def test_what_is_asked_for_is_done_near_the_quote() -> None:
    """Somewhere else in the article "drafted" tells of somebody else."""
    assert verified(LETTER).claim.verdict is Verdict.UNSUPPORTED
    wrote = LETTER._replace(cited="The aide Hale drafted the letter to Ostrel in a night.")
    assert verified(wrote).claim.verdict is Verdict.SUPPORTED
