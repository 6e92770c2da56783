"""Every metric by name, and what they make of a case. Knows no metric's formula."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from eval.cases import Case
from eval.metrics import abstention, answers, citations, claims, cost, quotes, retrieval
from eval.metrics.citations import ClaimJudgement, Judge
from eval.replies import Reply
from eval.scores import Score


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as it is reported: its group, and which way is better (+1, -1, 0: neither)."""

    name: str
    group: str
    better: int
    about: str
    score: Callable[[Case, Reply], Score | None] | None = None  # None: comes with others
    percentiles: bool = False  # median and 95th percentile rather than the mean


def _metric(
    function: Callable[[Case, Reply], Score | None], group: str, better: int, **options: bool
) -> Metric:
    about = (function.__doc__ or "").split("\n")[0]
    return Metric(function.__name__, group, better, about, function, **options)


METRICS = [
    _metric(quotes.quotes_exact, "quotes", 1),
    _metric(quotes.citations_unresolved, "quotes", -1),
    _metric(quotes.claims_uncited, "quotes", -1),
    _metric(quotes.citations_per_claim, "quotes", -1, percentiles=True),
    _metric(quotes.quoted_chars, "quotes", -1, percentiles=True),
    Metric("citation_recall", "citations", 1, "ALCE: claims that their quotes entail."),
    Metric("citation_precision", "citations", 1, "ALCE: citations that are not irrelevant."),
    Metric("citation_f1", "citations", 1, "ALCE: harmonic mean of the two, per answer."),
    _metric(answers.right, "answers", 1),
    _metric(answers.right_in_other_words, "answers", 1),
    _metric(answers.contains_gold, "answers", 1),
    _metric(answers.exact_match, "answers", 1),
    _metric(answers.token_f1, "answers", 1),
    _metric(answers.phrase_match, "answers", 1),
    _metric(answers.phrase_f1, "answers", 1),
    _metric(answers.multiple_choice, "answers", 1),
    _metric(answers.quote_holds_answer, "answers", 1),
    _metric(abstention.refused_present, "not found", -1),
    _metric(abstention.answered_absent, "not found", -1),
    _metric(claims.claims_rejected, "claims", 0),
    _metric(claims.claims_moved, "claims", 0),
    _metric(claims.claims_verbatim, "claims", 0),
    *(
        Metric(f"{what}_{name}", "search", 1, f"{name} over gold {what}s.")
        for what in ("article", "sentence")
        for name in retrieval.MEASURES
    ),
    _metric(cost.prompt_tokens, "cost", -1, percentiles=True),
    _metric(cost.completion_tokens, "cost", -1, percentiles=True),
    _metric(cost.first_claim_seconds, "cost", -1, percentiles=True),
    _metric(cost.total_seconds, "cost", -1, percentiles=True),
]


@dataclass(frozen=True, slots=True)
class Scored:
    """A case, its reply, and every score that applies to it."""

    case: Case
    reply: Reply
    scores: dict[str, Score]
    judged: dict[str, list[ClaimJudgement]] = field(default_factory=dict)  # by judge


async def score(case: Case, reply: Reply, judges: Sequence[Judge] = ()) -> Scored:
    """Score one case; the first judge's citation scores are the ones that are reported."""
    if reply.error is not None:
        return Scored(case, reply, {})
    scores = {
        metric.name: found
        for metric in METRICS
        if metric.score is not None and (found := metric.score(case, reply)) is not None
    }
    judged = {judge.name: await citations.judge_reply(case, reply, judge) for judge in judges}
    if reply.answered and judged:
        scores |= citations.citation_scores(next(iter(judged.values())))
    if case.answerable:
        scores |= _named("article", retrieval.article_ranking(case, reply))
        scores |= _named("sentence", retrieval.sentence_ranking(case, reply))
    return Scored(case, reply, scores, judged)


def score_of_search(case: Case, reply: Reply) -> Scored:
    """Score only what was found, where no answer was asked for."""
    scores = _named("article", retrieval.article_ranking(case, reply))
    scores |= _named("sentence", retrieval.sentence_ranking(case, reply))
    return Scored(case, reply, scores)


def _named(what: str, scores: dict[str, Score]) -> dict[str, Score]:
    return {f"{what}_{name}": score for name, score in scores.items()}
