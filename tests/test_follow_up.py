import pytest

from qa_service.answers import Turn
from qa_service.follow_up import standalone

FIRST = Turn("how many recruits did Medvedev cite", "280,000.")


@pytest.mark.parametrize(
    "question",
    [
        "and how many were volunteers?",
        "What about 2022?",
        "when?",
        "Did he say why?",
        "Und wie viele waren Freiwillige?",
        "Et combien de volontaires ?",
        "¿Y cuántos eran voluntarios?",
        "А сколько из них добровольцы?",
        "وكم عدد المتطوعين؟",
        "那志愿者有多少？",
        "Pourquoi ?",
    ],
)
def test_a_question_that_leans_on_the_last_one_gets_it_in_front(question: str) -> None:
    assert standalone(question, [FIRST]) == f"{FIRST.question} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the election in Lindau?",
        "When did the ferry sink?",
        "Who said that taxes stay?",
        "Wer gewann?",
    ],
)
def test_a_question_of_its_own_stays_as_it_is(question: str) -> None:
    assert standalone(question, [FIRST]) == question


def test_without_a_history_nothing_is_added() -> None:
    assert standalone("and then?", []) == "and then?"


def test_a_chain_of_follow_ups_reaches_back_to_the_first() -> None:
    history = [FIRST, Turn("and how many were volunteers?", "Most.")]
    assert standalone("where did they train?", history) == (
        f"{FIRST.question} and how many were volunteers? where did they train?"
    )
    fresh = [FIRST, Turn("Who won in Lindau?", "Nobody.")]
    assert standalone("and by how much?", fresh) == "Who won in Lindau? and by how much?"
