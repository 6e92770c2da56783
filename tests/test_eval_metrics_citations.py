"""Quotes that are slices, and citations that bear their claims out."""

import asyncio
from collections.abc import Sequence

import pytest

from eval.cases import Case
from eval.metrics import citations, quotes
from eval.replies import Quoted
from qa_service.answers import Claim, Verdict
from tests.scored import QUESTION, answered, quoted, supported, value

# --- quotes


def test_a_quote_that_differs_by_one_character_is_not_exact_and_the_reason_shows_both() -> None:
    reply = answered("x", quotes=(quoted(1, "75 died"), quoted(2, "25 died", stored="75 died")))
    score = quotes.quotes_exact(QUESTION, reply)
    assert score is not None
    assert score.value == 0.5  # 1 of 2
    assert score.reason == "1 of 2 quotes are exact slices; [2] is stored as '75 died'"


def test_a_number_in_the_text_without_a_citation_is_unresolved() -> None:
    reply = answered(
        "It sank [1] [3].",
        claims=(supported("It sank", 1, 2),),
        quotes=(quoted(1, "It sank"), quoted(2, "gone", stored=None)),
    )
    # named: 1, 2, 3; resolved: 1
    assert value(quotes.citations_unresolved(QUESTION, reply)) == pytest.approx(2 / 3)


def test_claims_without_citation_are_counted_among_the_supported_ones_only() -> None:
    rejected = Claim("c", (), Verdict.UNSUPPORTED)
    reply = answered("a b", claims=(supported("a", 1), supported("b"), rejected))
    assert value(quotes.claims_uncited(QUESTION, reply)) == 0.5  # 1 of 2
    assert value(quotes.citations_per_claim(QUESTION, reply)) == 0.5  # 1 in 2 claims


def test_quoted_characters_are_summed_over_the_answer() -> None:
    reply = answered("x", quotes=(quoted(1, "four"), quoted(2, "sixsix")))
    assert value(quotes.quoted_chars(QUESTION, reply)) == 10


# --- citations


class TableJudge:
    """Says yes to the sets of quotes it was given."""

    name = "table"

    def __init__(self, *entailing: set[str]) -> None:
        self.entailing = entailing

    async def entails(self, case: Case, quotes: Sequence[Quoted], claim: str) -> bool | None:
        return {quote.quote for quote in quotes} in self.entailing


def alce(judge: TableJudge, claim: Claim, *given: Quoted) -> dict[str, float]:
    reply = answered("x", claims=(claim,), quotes=given)
    judged = asyncio.run(citations.judge_reply(QUESTION, reply, judge))
    return {name: score.value for name, score in citations.citation_scores(judged).items()}


def test_a_citation_that_alone_says_nothing_and_is_not_needed_is_irrelevant() -> None:
    # {a, b} and {a} entail: recall 1; b is irrelevant: precision 1/2; F1 = 2 * .5 / 1.5 = 2/3
    scores = alce(
        TableJudge({"a", "b"}, {"a"}), supported("c", 1, 2), quoted(1, "a"), quoted(2, "b")
    )
    assert scores == {
        "citation_recall": 1.0,
        "citation_precision": 0.5,
        "citation_f1": pytest.approx(2 / 3),
    }


def test_two_citations_that_only_together_entail_are_both_precise() -> None:
    scores = alce(TableJudge({"a", "b"}), supported("c", 1, 2), quoted(1, "a"), quoted(2, "b"))
    assert scores["citation_precision"] == 1.0


def test_an_out_of_range_citation_scores_0_and_so_does_its_claim() -> None:
    scores = alce(TableJudge({"a"}), supported("c", 1, 9), quoted(1, "a"))
    assert scores == {"citation_recall": 0.0, "citation_precision": 0.0, "citation_f1": 0.0}


def test_a_claim_that_is_not_entailed_makes_all_of_its_citations_imprecise() -> None:
    scores = alce(TableJudge({"a"}), supported("c", 1, 2), quoted(1, "a"), quoted(2, "b"))
    assert scores == {"citation_recall": 0.0, "citation_precision": 0.0, "citation_f1": 0.0}


def test_a_claim_without_citation_lowers_recall_and_leaves_precision_alone() -> None:
    reply = answered("x", claims=(supported("c", 1), supported("d")), quotes=(quoted(1, "a"),))
    judged = asyncio.run(citations.judge_reply(QUESTION, reply, TableJudge({"a"})))
    scores = citations.citation_scores(judged)
    assert scores["citation_recall"].value == 0.5  # 1 of 2 claims
    assert scores["citation_precision"].value == 1.0  # 1 of 1 citations


def test_precision_and_recall_against_gold_sets() -> None:
    # 2 of 4 cited are gold, 2 of 3 gold are cited: P .5, R .667, F1 = 2 * 1/3 / (7/6) = 4/7
    result = citations.against_gold({1, 2, 3, 4}, {3, 4, 5})
    assert result == pytest.approx((0.5, 2 / 3, 4 / 7))
    assert citations.against_gold(set(), {1}) == (0.0, 0.0, 0.0)
