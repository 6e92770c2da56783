"""Whether the cited words support the claim: ALCE's citation recall, precision and F1.

Gao, Yen, Yu & Chen (2023), "Enabling Large Language Models to Generate Text with Citations". For a
claim with citations C: recall is 1 if all of C together entail it. A citation is irrelevant if it
alone does not entail the claim and the others without it still do; precision of a citation is 1 if
the claim has recall 1 and the citation is not irrelevant. A citation out of range (one that leads
to nothing) scores 0, and so does the recall of the claim that carries it.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from eval.cases import Case
from eval.replies import Quoted, Reply
from eval.scores import Score
from qa_service.answers import Claim, Verdict


class Judge(Protocol):
    """Whoever says whether some quotes, read together, support a claim."""

    name: str

    async def entails(self, case: Case, quotes: Sequence[Quoted], claim: str) -> bool | None:
        """Whether all that the claim says follows from the quotes; None: this judge cannot say."""
        ...


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """What a judge said about one claim: its recall, and for each citation its precision."""

    claim: str
    recall: bool
    precise: tuple[bool, ...]  # one per citation number that the claim names


async def judge_claim(
    case: Case, reply: Reply, claim: Claim, judge: Judge
) -> ClaimJudgement | None:
    """Apply the definitions above to one claim; None where the judge cannot say."""
    quotes = reply.cited_by(claim)
    broken = len({q.number for q in quotes if q.stored is not None}) < len(set(claim.citations))
    nothing = ClaimJudgement(claim.text, False, (False,) * len(claim.citations))
    if not claim.citations or broken:
        return nothing
    entailed = await judge.entails(case, quotes, claim.text)
    if not entailed:
        return None if entailed is None else nothing
    if len(quotes) == 1:
        return ClaimJudgement(claim.text, True, (True,))
    precise = [await _is_relevant(case, quotes, at, claim, judge) for at in range(len(quotes))]
    return ClaimJudgement(claim.text, True, tuple(precise))


async def _is_relevant(
    case: Case, quotes: Sequence[Quoted], at: int, claim: Claim, judge: Judge
) -> bool:
    if await judge.entails(case, [quotes[at]], claim.text):
        return True
    rest = [quote for place, quote in enumerate(quotes) if place != at]
    return not await judge.entails(case, rest, claim.text)


async def judge_reply(case: Case, reply: Reply, judge: Judge) -> list[ClaimJudgement]:
    """Judge every claim that the reader was shown as supported, where the judge can."""
    shown = [claim for claim in reply.claims if claim.verdict is Verdict.SUPPORTED]
    judged = [await judge_claim(case, reply, claim, judge) for claim in shown]
    return [judgement for judgement in judged if judgement is not None]


def citation_scores(judged: Sequence[ClaimJudgement]) -> dict[str, Score]:
    """Average over an answer: recall over its claims, precision over its citations, their F1."""
    if not judged:
        return {}
    recalled = sum(claim.recall for claim in judged)
    precise = [good for claim in judged for good in claim.precise]
    recall = recalled / len(judged)
    precision = sum(precise) / len(precise) if precise else 0.0
    return {
        "citation_recall": Score(recall, f"{recalled} of {len(judged)} claims are entailed"),
        "citation_precision": Score(precision, f"{sum(precise)} of {len(precise)} are relevant"),
        "citation_f1": Score(f1(precision, recall), f"of {precision:.2f} and {recall:.2f}"),
    }


def f1(precision: float, recall: float) -> float:
    """The harmonic mean; 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def against_gold(cited: Set[object], gold: Set[object]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a set of citations against the set that should be cited."""
    shared = len(cited & gold)
    precision = shared / len(cited) if cited else 0.0
    recall = shared / len(gold) if gold else 0.0
    return precision, recall, f1(precision, recall)
