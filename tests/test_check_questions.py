import pytest

from qa_service.answers import DraftClaim, Verdict
from qa_service.checks import questions
from qa_service.verify import verify
from tests.claims import held_against, shown
from tests.fakes import make_article

SOURCE = "The invitations led to rumours that Norland might change its name to Nordia."


@pytest.mark.parametrize(
    "claim",
    [
        "The invitations led to rumours that Norland might change its name to what?",
        "The invitations led to rumours that Norland might change its name to what.",
        "Norland might change its name to which",
        "Rumours that Norland might change its name were led to by whom?",
        "Which country might change its name?",
        "How many rumours the invitations led to",
        "To what might Norland change its name",
        "Norland might change its name to:",
        "Norland might change its name to ____.",
        "Could Norland change its name?",
    ],
)
def test_a_question_or_its_echo_is_no_claim(claim: str) -> None:
    refused = held_against(claim, SOURCE).claim
    assert (refused.verdict, [i.kind for i in refused.issues]) == (
        Verdict.UNSUPPORTED,
        ["question"],
    )


@pytest.mark.parametrize(
    "claim",
    [
        "Rumours say what Norland might change its name to: Nordia.",
        "There were rumours that Norland might change its name to Nordia.",
    ],
)
def test_a_statement_with_a_question_word_is_none(claim: str) -> None:
    issues = held_against(claim, SOURCE).claim.issues
    assert [i for i in issues if i.kind == "question"] == []


def test_a_question_that_is_quoted_stands() -> None:
    source = "Ada Holt asked the council on Monday: “Who will pay for the bridge?”"
    claim = "Ada Holt asked the council: “Who will pay for the bridge?”"
    assert held_against(claim, source).claim.verdict is Verdict.SUPPORTED


def test_a_question_that_the_article_asks_may_be_copied() -> None:
    sentences = shown(make_article("Who will pay for the bridge? Nobody knows."))
    claim = DraftClaim("Who will pay for the bridge?", ("S1",))
    assert verify(claim, sentences).claim.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("asked", "claim", "turns"),
    [
        ("Which author won the 2023 Orlo Prize?", "Orlo Prize won the 2023 Ada Hale.", True),
        ("Which author won the 2023 Orlo Prize?", "Ada Hale won the 2023 Orlo Prize.", False),
        ("Who is Hale meeting on Friday?", "Hale is meeting Koval on Friday.", False),
        ("Where is Port-a-Vale located?", "Port-a-Vale is located in Ostrel.", False),
    ],
)
def test_what_it_was_done_to_does_not_do_it(asked: str, claim: str, turns: bool) -> None:
    assert bool(questions.check(claim, asked)) is turns


@pytest.mark.parametrize(
    ("asked", "claim", "turns"),
    [
        (
            "The variant has been known to cause what?",
            "It has not been known to cause fever.",
            True,
        ),
        ("The variant has been known to cause what?", "It has been known to cause fever.", False),
        ("A judge in Ostrel approved a request for:", "A judge rejected a request for aid.", True),
        ("A judge in Ostrel approved a request for:", "A judge approved a request for aid.", False),
        ("Which team does he play for?", "He plays in Ostrel against the Bears.", False),
        ("Which app lets women share?", "Tea lets women share what they know of men.", False),
    ],
)
def test_what_the_question_takes_to_be_so_is_not_turned(
    asked: str, claim: str, turns: bool
) -> None:
    assert bool(questions.check(claim, asked)) is turns


@pytest.mark.parametrize(
    ("asked", "claim", "stands"),
    [
        ("Which judge fell ill?", "Judge Hale said.", False),
        ("Which judge fell ill?", "The judge fell ill, Hale said.", True),
        ("Which judge said so?", "Judge Hale said.", True),
    ],
)
def test_who_spoke_is_no_answer_to_another_question(asked: str, claim: str, stands: bool) -> None:
    assert (questions.check(claim, asked) == []) is stands


@pytest.mark.parametrize(
    ("asked", "claim", "stands"),
    [
        ("Hale upset the favourite. Who did she beat?", "Orrin beat Hale in Ostrel.", False),
        ("Hale upset the favourite. Who did she beat?", "Hale beat Orrin in Ostrel.", True),
        ("The cup was held in Ostrel. Who won the Silver Cup?", "Silver won the cup.", False),
        ("Who waits for at least two years?", "Hale waits for at most two years.", False),
        ("Who waits for at least two years?", "Hale waits for over two years.", True),
        ("After how many months is it shut?", "It is shut before 18 months.", False),
        ("After how many months is it shut?", "It is shut after 18 months.", True),
    ],
)
def test_who_did_it_to_whom_and_on_which_side_is_not_turned(
    asked: str, claim: str, stands: bool
) -> None:
    assert (questions.turned(claim, asked) == []) is stands


@pytest.mark.parametrize(
    ("claim", "stands"),
    [("The mill did close after just one day.", True), ("One mill did close after days.", False)],
)
def test_one_is_an_answer_where_it_counts_what_is_to_be_counted(claim: str, stands: bool) -> None:
    found = questions.check(claim, "After how many days did the mill close?")
    assert (not found) is stands


@pytest.mark.parametrize(
    ("asked", "claim", "stands"),
    [
        ("Which Norland county was hit?", "Norland", False),
        ("Which Norland county was hit?", "Ostrel", True),
        ("Was Norland or Ostrel hit?", "Norland", True),
    ],
)
def test_a_bare_name_of_the_question_is_no_answer(asked: str, claim: str, stands: bool) -> None:
    assert (questions.check(claim, asked) == []) is stands
