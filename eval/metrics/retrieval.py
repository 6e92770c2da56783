"""Whether the search found it: over articles and over the gold sentences themselves.

The measures are `ir_measures`' (MacAvaney et al. 2022), which rests on NIST's trec_eval: Success@k
is Hits@k, RR@k the reciprocal rank, nDCG (Järvelin & Kekäläinen 2002), AP average precision.
"""

from collections.abc import Mapping

import ir_measures
from ir_measures import AP, RR, Success, nDCG

from eval.cases import Case, Gold
from eval.replies import Found, Reply
from eval.scores import Score

MEASURES = {
    "hits@1": Success @ 1,
    "hits@4": Success @ 4,
    "hits@10": Success @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
    "map": AP,
}


def article_ranking(case: Case, reply: Reply) -> dict[str, Score]:
    """Measure the ranking of gold articles; an article stands where its first passage does."""
    golds = _one_per_article(case.gold)
    first = dict.fromkeys(_article_name(found, golds) for found in reply.found)
    return _measured({n: g.grade for n, g in golds.items()}, list(first), "gold articles")


def sentence_ranking(case: Case, reply: Reply) -> dict[str, Score]:
    """Measure the ranking of passages, where only one that holds a gold sentence whole counts."""
    golds = {f"gold {n}": gold for n, gold in enumerate(case.gold) if gold.quote}
    names: list[str] = []
    for place, found in enumerate(reply.found):
        held = [name for name, gold in golds.items() if _holds(found, gold)]
        fresh = [name for name in held if name not in names]
        names += fresh or [f"passage {place}"]
    return _measured(dict.fromkeys(golds, 1), names, "gold sentences")


def ranking_scores(relevant: Mapping[str, int], ranking: list[str]) -> dict[str, float]:
    """Every measure of one ranking (best first) against graded relevance."""
    qrels = [ir_measures.Qrel("q", name, grade) for name, grade in relevant.items()]
    run = [ir_measures.ScoredDoc("q", name, -float(at)) for at, name in enumerate(ranking)]
    if not run:  # trec_eval skips a query without results; here that is a miss
        return dict.fromkeys(MEASURES, 0.0)
    values = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    return {name: float(values[measure]) for name, measure in MEASURES.items()}


def _measured(relevant: Mapping[str, int], ranking: list[str], what: str) -> dict[str, Score]:
    if not relevant:
        return {}
    ranks = [ranking.index(name) + 1 if name in ranking else None for name in relevant]
    reason = f"{what} at ranks {', '.join(str(rank or 'none') for rank in ranks)}"
    return {name: Score(value, reason) for name, value in ranking_scores(relevant, ranking).items()}


def _one_per_article(golds: tuple[Gold, ...]) -> dict[str, Gold]:
    return {
        gold.article_id or gold.url or "": gold for gold in golds if gold.article_id or gold.url
    }


def _article_name(found: Found, golds: Mapping[str, Gold]) -> str:
    for name, gold in golds.items():
        if gold.names(found.article_id, found.url):
            return name
    return f"other {found.article_id}"


def _holds(found: Found, gold: Gold) -> bool:
    if (gold.article_id or gold.url) and not gold.names(found.article_id, found.url):
        return False
    return " ".join((gold.quote or "").split()) in " ".join(found.text.split())
