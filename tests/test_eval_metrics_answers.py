"""Answers held against the ones that are known."""

import pytest

from eval.cases import Case
from eval.metrics import answers
from eval.replies import Reply
from qa_service.answers import Status
from tests.scored import ABSENT, QUESTION, answered, quoted, value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("About 280,000 people joined [1].", "280000"),
        ("About 280k people joined.", "280,000"),
        ("Some two hundred and eighty thousand joined.", "280,000"),
        ("It cost 1.5 million dollars.", "$1.5m"),
        ("The 1.5-billion-dollar bridge.", "$1.5bn"),
        ("It cost US$5 million.", "$5m"),
        ("Turnout was 72.4%.", "72.4 per cent"),
        ("It is called “Squid Game”.", "Squid Game"),
        ("The U.S. won.", "US"),
    ],
)
def test_answers_that_mean_the_same_are_the_same(text: str, answer: str) -> None:
    assert value(answers.contains_gold(Case("q", "?", (answer,)), answered(text))) == 1.0


@pytest.mark.parametrize(
    ("text", "answer"),
    [("25 died", "5"), ("1.5 million", "5 million"), ("Parisian", "Paris"), ("280", "280,000")],
)
def test_a_part_of_a_word_or_number_is_not_the_answer(text: str, answer: str) -> None:
    assert value(answers.contains_gold(Case("q", "?", (answer,)), answered(text))) == 0.0


def test_token_f1_is_taken_with_the_nearest_answer() -> None:
    # "fourteen ferries" is 14 ferries: shared 1 of 2 and 1 of 1: F1 = 2 * 1 / 3
    case = Case("q", "?", ("sixty", "14"))
    assert value(answers.token_f1(case, answered("The fourteen ferries."))) == pytest.approx(2 / 3)
    assert value(answers.exact_match(case, answered("The fourteen!"))) == 1.0


def test_an_answer_of_more_than_sixty_words_is_not_right_even_if_it_holds_the_answer() -> None:
    assert value(answers.right(QUESTION, answered("word " * 59 + "14"))) == 1.0
    assert value(answers.right(QUESTION, answered("word " * 60 + "14"))) == 0.0


def test_a_refusal_is_not_right_whatever_words_it_takes() -> None:
    refused = Reply(Status.NOT_FOUND, "The sources do not say whether it was 14.")
    for metric in (answers.right, answers.contains_gold, answers.token_f1, answers.phrase_f1):
        assert value(metric(QUESTION, refused)) == 0.0


def test_the_answering_phrase_leaves_out_what_the_question_said() -> None:
    text = "Fourteen boats were cancelled on Monday"
    assert answers.answering_phrase(QUESTION.question, text) == "Fourteen boats"


def test_the_answering_phrase_ends_with_its_sentence_and_not_with_an_abbreviation() -> None:
    text = "It was the U.S. Senate. Nobody in the whole of the capital had expected it."
    assert answers.answering_phrase("Which house voted?", text) == "U.S. Senate"


def test_the_answering_phrase_is_scored_beside_the_whole_answer() -> None:
    reply = answered("Fourteen boats were cancelled on Monday [1].")
    # the phrase "14 boats" shares 1 of 2 words with "14": F1 = 2 * 1 / (2 + 1)
    assert value(answers.phrase_f1(QUESTION, reply)) == pytest.approx(2 / 3)
    assert value(answers.phrase_match(QUESTION, reply)) == 0.0
    assert value(answers.phrase_match(QUESTION, answered("14 were cancelled on Monday."))) == 1.0
    # all of it: 14 boats were cancelled on Monday shares 1 of 6: 2 * 1 / (6 + 1)
    assert value(answers.token_f1(QUESTION, reply)) == pytest.approx(2 / 7)


@pytest.mark.parametrize(
    ("text", "answer", "held"),
    [
        ("UCLA and USC want to leave [1].", "USC and UCLA", 1.0),
        ("Monarch butterflies were added [1].", "monarch butterfly", 1.0),
        ("A butterfly was added [1].", "monarch butterfly", 0.0),
        ("There were 140 [1].", "14", 0.0),
        ("USC wants to leave, like UCLA. " + "Word " * 60, "USC and UCLA", 0.0),
    ],
)
def test_an_answer_may_have_the_gold_words_in_another_order(
    text: str, answer: str, held: float
) -> None:
    score = answers.right_in_other_words(Case("q", "?", (answer,)), answered(text))
    assert value(score) == held


def test_a_multiple_choice_is_right_only_if_no_other_choice_is_named() -> None:
    case = Case("q", "?", ("Hong Kong",), choices=("Kong", "Hong Kong", "China"))
    assert value(answers.multiple_choice(case, answered("In Hong Kong."))) == 1.0
    assert value(answers.multiple_choice(case, answered("In Hong Kong and China."))) == 0.0


def test_whether_the_quote_holds_the_answer_is_asked_only_of_right_answers() -> None:
    right = answered("14 ferries", quotes=(quoted(1, "Fourteen ferries were cancelled."),))
    assert value(answers.quote_holds_answer(QUESTION, right)) == 1.0
    assert answers.quote_holds_answer(QUESTION, answered("15 ferries")) is None


def test_an_unanswerable_question_has_no_answer_scores() -> None:
    assert answers.right(ABSENT, answered("Anna")) is None
