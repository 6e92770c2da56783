"""What the verifier kept from the reader, and what it put right. No paper's formulas."""

from eval.cases import Case
from eval.replies import Reply
from eval.scores import Score, share
from qa_service.answers import Claim, Verdict


def claims_rejected(case: Case, reply: Reply) -> Score | None:
    """Rejected / drafted: the claims that the verifier kept from the reader."""
    if not reply.claims:
        return None
    rejected = [claim for claim in reply.claims if claim.verdict is Verdict.UNSUPPORTED]
    score = share(len(rejected), len(reply.claims), "claims were rejected")
    kinds = sorted({issue.kind for claim in rejected for issue in claim.issues})
    return Score(score.value, score.reason + (f": {', '.join(kinds)}" if kinds else ""))


def claims_moved(case: Case, reply: Reply) -> Score | None:
    """Moved / supported: claims that rest on a sentence which the model had not named."""
    shown = _supported(reply)
    if not shown:
        return None
    return share(sum(claim.moved for claim in shown), len(shown), "supported claims were moved")


def claims_verbatim(case: Case, reply: Reply) -> Score | None:
    """Verbatim / supported: sentences of an article that stand in for claims that were refused."""
    shown = _supported(reply)
    if not shown:
        return None
    told = "supported claims are the article's own words"
    return share(sum(claim.verbatim for claim in shown), len(shown), told)


def _supported(reply: Reply) -> list[Claim]:
    return [claim for claim in reply.claims if claim.verdict is Verdict.SUPPORTED]
