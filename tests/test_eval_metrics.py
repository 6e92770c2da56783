"""What is not found, what becomes of claims, what an answer costs, how a search ranks."""

import pytest

from eval.cases import Case, Gold
from eval.metrics import abstention, claims, cost, retrieval
from eval.replies import Found, Reply
from qa_service.answers import Claim, Issue, Verdict
from tests.scored import ABSENT, QUESTION, answered, supported, value

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
