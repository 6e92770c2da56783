import asyncio
from datetime import date
from pathlib import Path

import pytest

from eval.cases import Case
from eval.replies import Reply
from qa_service.answers import Filters, Status, Verdict
from tests.fakes import HashedEmbedder, ScriptedLLM, make_article

pytest.importorskip("llama_index.core", reason='needs pip install -e ".[bench]"')

from eval.llamaindex import LlamaIndex, cited, claims_of, refuses

FERRIES = "Fourteen ferries were cancelled in Aldermouth on Monday. Nobody was hurt."
ARTICLES = [
    make_article(FERRIES, id="a1", title="Ferries cancelled", published=date(2024, 2, 5)),
    make_article("The bridge at Sarn was opened.", id="a2", published=date(2024, 3, 5)),
    make_article("The mill in Tolm burned down.", id="a3", published=None),
]
CASE = Case("q1", "How many ferries were cancelled in Aldermouth?", ("14",))


def asked(folder: Path, llm: ScriptedLLM, case: Case = CASE) -> Reply:
    peer = LlamaIndex(ARTICLES, HashedEmbedder(), llm, folder=folder / "index")
    return asyncio.run(peer.ask(case))


def test_a_source_that_is_cited_becomes_a_quote_beside_what_is_stored(tmp_path: Path) -> None:
    llm = ScriptedLLM("Fourteen ferries were cancelled [1]. That is many.")
    reply = asked(tmp_path, llm)
    assert (reply.status, reply.model) == (Status.ANSWERED, "scripted")
    assert [(c.text, c.citations, c.verdict) for c in reply.claims] == [
        ("Fourteen ferries were cancelled [1].", (1,), Verdict.SUPPORTED),
        ("That is many.", (), Verdict.SUPPORTED),
    ]
    (quote,) = reply.quotes
    assert (quote.article_id, quote.quote, quote.stored) == ("a1", FERRIES, FERRIES)
    assert (quote.start, quote.end, quote.published) == (0, len(FERRIES), "2024-02-05")
    assert sorted(found.article_id for found in reply.found) == ["a1", "a2", "a3"]
    assert reply.found[0].article_id == "a1"  # the nearest first
    assert f"Source 1:\n{FERRIES}" in llm.prompts[0].user
    assert reply.prompt_tokens == len(llm.prompts[0].user) // 4


def test_a_source_number_that_was_not_there_leads_nowhere(tmp_path: Path) -> None:
    reply = asked(tmp_path, ScriptedLLM("Fourteen [7]."))
    assert ([claim.citations for claim in reply.claims], reply.quotes) == ([(7,)], ())


def test_its_own_filters_keep_out_what_came_later_and_what_is_excluded(tmp_path: Path) -> None:
    early = Case("q2", CASE.question, as_of=date(2024, 2, 28))
    reply = asked(tmp_path, ScriptedLLM("Fourteen [1]."), early)
    assert [found.article_id for found in reply.found] == ["a1"]  # a2 is later, a3 has no date
    hidden = Case("q3", CASE.question, filters=Filters(exclude_articles=("a1", "a2")))
    reply = asked(tmp_path, ScriptedLLM("None of the sources are helpful."), hidden)
    assert [found.article_id for found in reply.found] == ["a3"]
    assert (reply.status, reply.claims) == (Status.NOT_FOUND, ())


def test_a_search_without_a_result_is_a_refusal_that_asks_no_model(tmp_path: Path) -> None:
    nothing = Case("q4", CASE.question, as_of=date(2020, 1, 1))
    reply = asked(tmp_path, ScriptedLLM(), nothing)
    assert (reply.status, reply.found, reply.prompt_tokens) == (Status.NOT_FOUND, (), 0)


def test_the_index_is_made_once(tmp_path: Path) -> None:
    asked(tmp_path, ScriptedLLM("Fourteen [1]."))
    peer = LlamaIndex([], HashedEmbedder(), ScriptedLLM(), folder=tmp_path / "index")
    assert len(peer.index.docstore.docs) == 3


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("A [1].", [1]), ("A [1, 3].", [1, 3]), ("A [Source 2].", [2]), ("Source 4 says A.", [4])],
)
def test_sources_are_named_in_several_ways(text: str, numbers: list[int]) -> None:
    assert cited(text) == numbers


def test_a_marker_behind_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    assert [c.citations for c in claims_of("It sank. [1] It was “old” [2].")] == [(1,), (2,)]


@pytest.mark.parametrize(
    "text",
    [
        "Empty Response",
        "None of the provided sources mention it.",
        "The sources do not say who won.",
        "The provided text doesn't contain the answer.",
        "I cannot determine this.",
        "There is no information on that.",
        "Source 2 does not mention the age of the mayor.",
        "The answer is not directly stated.",
    ],
)
def test_a_first_sentence_that_points_at_missing_sources_is_a_refusal(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen [1].",
        "He did not win.",
        "Source 1: The ministry did not say how many.",
        "Paris [1]. The sources do not say more.",
    ],
)
def test_an_answer_is_no_refusal(text: str) -> None:
    assert not refuses(text)
