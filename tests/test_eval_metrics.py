import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from eval.cases import Case, Gold
from eval.metrics import abstention, answers, citations, claims, cost, quotes, retrieval
from eval.replies import Found, Quoted, Reply
from qa_service.answers import Claim, Issue, Status, Verdict

QUESTION = Case("q", "How many ferries were cancelled on Monday?", ("14",))
ABSENT = Case("q", "Who won?", answerable=False)


def quoted(number: int, quote: str, **fields: Any) -> Quoted:
    given = {"article_id": "a1", "version": "v", "start": 0, "end": len(quote), "stored": quote}
    return Quoted(number, quote, **{**given, **fields})


def supported(text: str, *numbers: int) -> Claim:
    return Claim(text, numbers, Verdict.SUPPORTED)


def answered(text: str, **fields: Any) -> Reply:
    return Reply(status=Status.ANSWERED, text=text, **fields)


def value(score: Any) -> float:
    return float(score.value)


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


# --- answers


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


# --- not found


def test_both_sides_of_not_found_are_scored_on_their_own_cases() -> None:
    assert value(abstention.refused_present(QUESTION, Reply())) == 1.0
    assert abstention.answered_absent(QUESTION, Reply()) is None
    assert value(abstention.answered_absent(ABSENT, answered("Anna"))) == 1.0


def test_risk_falls_and_rises_with_coverage_and_ties_make_one_point() -> None:
    # .9 right, .5 wrong, .5 right: at .9 1/3 covered, none wrong; at .5 all covered, 1/3 wrong
    points = abstention.risk_coverage([(0.5, False), (0.9, True), (0.5, True)])
    assert [(p.coverage, p.risk) for p in points] == [
        (pytest.approx(1 / 3), 0.0),
        (1.0, pytest.approx(1 / 3)),
    ]


def test_separation_is_the_share_of_pairs_in_the_right_order() -> None:
    # pairs (.9,.5) won, (.5,.5) tied: 1.5 of 2
    assert abstention.separation([(0.9, True), (0.5, True), (0.5, False)]) == 0.75
    assert abstention.separation([(0.9, True)]) is None


def test_calibration_averages_within_a_range_of_confidence() -> None:
    bins = abstention.calibration([(0.91, True), (0.99, False), (0.1, False)])
    assert [(b.confidence, b.right, b.n) for b in bins] == [
        (0.1, 0.0, 1),
        (pytest.approx(0.95), 0.5, 2),
    ]


# --- claims, cost


def test_rejected_claims_are_a_share_of_all_that_were_drafted() -> None:
    rejected = Claim("b", (), Verdict.UNSUPPORTED, (Issue("number", "75 is not 25"),))
    score = claims.claims_rejected(QUESTION, answered("a", claims=(supported("a", 1), rejected)))
    assert score is not None
    assert (score.value, score.reason) == (0.5, "1 of 2 claims were rejected: number")


def test_moved_claims_are_a_share_of_the_supported_ones() -> None:
    moved = Claim("a", (1,), Verdict.SUPPORTED, moved=True)
    rejected = Claim("b", (), Verdict.UNSUPPORTED)
    score = claims.claims_moved(QUESTION, answered("a c", claims=(moved, rejected, supported("c"))))
    assert score is not None
    assert (score.value, score.reason) == (0.5, "1 of 2 supported claims were moved")
    assert claims.claims_moved(QUESTION, answered("", claims=(rejected,))) is None


def test_verbatim_claims_are_a_share_of_the_supported_ones() -> None:
    verbatim = Claim("a", (1,), Verdict.SUPPORTED, verbatim=True)
    rejected = Claim("b", (), Verdict.UNSUPPORTED)
    score = claims.claims_verbatim(QUESTION, answered("a", claims=(verbatim, rejected)))
    assert score is not None
    assert score.value == 1
    assert claims.claims_verbatim(QUESTION, answered("", claims=(rejected,))) is None


def test_no_first_claim_has_no_time() -> None:
    assert cost.first_claim_seconds(QUESTION, Reply()) is None
    assert value(cost.first_claim_seconds(QUESTION, Reply(first_claim_ms=7200))) == 7.2


def test_cost_is_as_the_service_counted_it_and_tokens_only_where_a_model_was_asked() -> None:
    reply = Reply(model="m", prompt_tokens=380, completion_tokens=24, total_ms=7300)
    assert [
        value(metric(QUESTION, reply))
        for metric in (cost.prompt_tokens, cost.completion_tokens, cost.total_seconds)
    ] == [380, 24, 7.3]
    assert cost.prompt_tokens(QUESTION, Reply(total_ms=30)) is None


# --- search

GOLDEN = Case("q", "?", gold=(Gold(article_id="a2", quote="It sank."), Gold(url="x.org/b")))


def test_an_article_stands_where_its_first_passage_does() -> None:
    found = (Found("a1", "…", 3), Found("a1", "…", 2), Found("a2", "It  sank.", 1))
    scores = retrieval.article_ranking(GOLDEN, Reply(found=found))
    # ranking a1, a2; gold a2 and b: RR 1/2; AP = (1/2) / 2 golds; hit at 4, not at 1
    assert {name: score.value for name, score in scores.items()} == {
        "hits@1": 0.0,
        "hits@4": 1.0,
        "hits@10": 1.0,
        "mrr@10": 0.5,
        # DCG = 1/log2(3), ideal = 1 + 1/log2(3)
        "ndcg@10": pytest.approx(0.6309298 / 1.6309298),
        "map": 0.25,
    }


def test_a_url_with_other_dressing_names_the_same_article() -> None:
    found = (Found("hash", "…", 1, url="https://www.x.org/b/?utm=1"),)
    assert retrieval.article_ranking(GOLDEN, Reply(found=found))["hits@1"].value == 1.0


def test_a_gold_sentence_counts_only_where_it_is_held_whole() -> None:
    found = (Found("a2", "It sank", 2), Found("a2", "Then. It\nsank. Now", 1))
    assert retrieval.sentence_ranking(GOLDEN, Reply(found=found))["mrr@10"].value == 0.5


def test_nothing_found_is_a_miss_and_not_left_out() -> None:
    assert retrieval.article_ranking(GOLDEN, Reply())["mrr@10"].value == 0.0
