"""What the verifier kept from the reader."""

from eval.cases import Case
from eval.replies import Reply
from eval.scores import Score, share
from qa_service.answers import Verdict


def claims_rejected(case: Case, reply: Reply) -> Score | None:
    """Share of the drafted claims that the verifier rejected before the reader saw them."""
    if not reply.claims:
        return None
    rejected = [claim for claim in reply.claims if claim.verdict is Verdict.UNSUPPORTED]
    score = share(len(rejected), len(reply.claims), "claims were rejected")
    kinds = sorted({issue.kind for claim in rejected for issue in claim.issues})
    return Score(score.value, score.reason + (f": {', '.join(kinds)}" if kinds else ""))
