import asyncio
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from eval.agreement import agreements, cited
from eval.commands.make_cases import with_unanswerable, written_cases
from eval.making import (
    NearDuplicates,
    Written,
    answerable,
    fault,
    holders,
    parse_written,
    sample_sentences,
)
from eval.readers.summhay import read_covered
from index.split import split_sentences
from tests.fakes import ScriptedLLM, make_article

SHARED = Path(__file__).parents[2] / "shared" / "data" / "summhay"
QUOTE = "Fourteen ferries from Aldermouth to the island of Sull were cancelled on Monday."
ARTICLE = make_article(f"{QUOTE} He was not pleased.", published=date(2024, 2, 6))
SENTENCE = split_sentences(ARTICLE)[0]


def test_only_sentences_that_stand_alone_are_drawn() -> None:
    drawn = sample_sentences([ARTICLE], 9, seed=1)
    assert [sentence.text.strip() for sentence in drawn] == [QUOTE]


def test_two_lines_are_read_and_anything_else_is_not() -> None:
    reply = 'Question: How many ferries were cancelled?\nAnswer: "Fourteen".'
    assert parse_written(reply) == Written("How many ferries were cancelled?", "Fourteen")
    assert parse_written("How many ferries were cancelled?") is None


@pytest.mark.parametrize(
    ("question", "answer", "reason"),
    [
        ("How many boats to Sull did not sail?", "Fourteen", None),
        ("How many boats to Sull did not sail?", "15", "the answer does not stand in the sentence"),
        ("Did the fourteen boats to Sull sail?", "14", "the question gives the answer away"),
        ("How many boats?", "Fourteen", "the question is too short to find anything by"),
        ("How many boats does the article name?", "14", "the question points at the text"),
        (
            "Ferries from Aldermouth to the island of Sull were cancelled when?",
            "Monday",
            "the question copies the sentence",
        ),
    ],
)
def test_a_question_that_is_trivial_or_leaks_is_filtered_by_rule(
    question: str, answer: str, reason: str | None
) -> None:
    assert fault(Written(question, answer), SENTENCE) == reason


def test_what_the_model_writes_becomes_cases_and_the_rest_is_counted() -> None:
    good = "Question: How many boats to Sull did not sail?\nAnswer: Fourteen"
    llm = ScriptedLLM("no idea", good)
    faults: Counter[str] = Counter()

    async def made() -> list[str]:
        return [case.id async for case in written_cases([SENTENCE, SENTENCE], llm, faults)]

    assert asyncio.run(made()) == ["a1-0"]
    assert faults == {"not two lines": 1}


def test_near_duplicates_share_half_of_the_shorter_ones_shingles() -> None:
    copy = make_article(QUOTE + " More follows soon.", id="a2")
    other = make_article("Beavers have bred on the upper Sarn for the first time.", id="a3")
    near = NearDuplicates([ARTICLE, copy, other])
    assert near.of("a1") == {"a1", "a2"}
    assert near.of("a3") == {"a3"}


def test_unanswerable_cases_hide_every_holder_or_ask_before_the_first_of_them() -> None:
    earlier = make_article(QUOTE, id="a2", published=date(2024, 2, 5))
    written = Written("How many ferries to Sull were cancelled?", "Fourteen")
    case = answerable(written, SENTENCE)
    cases = with_unanswerable([case] * 7, [ARTICLE, earlier])  # 30 % of 7: two are turned
    assert [one.answerable for one in cases] == [True] * 5 + [False] * 2
    hidden, early = cases[5:]
    assert hidden.filters.exclude_articles == ("a1", "a2")
    assert early.as_of == date(2024, 2, 4)
    assert (hidden.answers, early.gold) == ((), ())


def test_an_article_that_tells_it_in_other_words_holds_the_answer_too() -> None:
    other = make_article("On Monday 14 ferries to Sull were cancelled by storms.", id="a2")
    case = answerable(Written("How many ferries to Sull were cancelled?", "Fourteen"), SENTENCE)
    assert holders(case, [other, make_article("Ferries to Sull sail.", id="a3")]) == {"a2"}


def test_citations_in_a_bullet_are_read_singly_and_in_lists() -> None:
    assert cited("* It is fast. [1][12, 3] [see 4]") == [1, 12, 3]


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/summhay is not there")
def test_our_citation_scores_agree_with_the_published_scorer_within_half_a_point() -> None:
    found = agreements(read_covered(SHARED))
    assert len(found) == 28
    assert max(one.apart for one in found) < 0.5
