"""Whether quotes are quotes: exact, resolvable, present, and how long. Needs no gold."""

from eval.cases import Case
from eval.metrics.markers import markers
from eval.replies import Reply
from eval.scores import Score, share
from qa_service.answers import Verdict


def quotes_exact(case: Case, reply: Reply) -> Score | None:
    """Share of the citations whose quote equals `article(version).text[start:end]`.

    Promise 1 of the design: anything under 1 is a fault of the service, never a matter of degree.
    """
    if not reply.quotes:
        return None
    wrong = [quote for quote in reply.quotes if quote.quote != quote.stored]
    score = share(len(reply.quotes) - len(wrong), len(reply.quotes), "quotes are exact slices")
    if not wrong:
        return score
    first = wrong[0]
    return Score(score.value, f"{score.reason}; [{first.number}] is stored as {first.stored!r}")


def citations_unresolved(case: Case, reply: Reply) -> Score | None:
    """Share of the citation numbers, in claims and in the text, that lead to no stored words."""
    named = {number for claim in reply.claims for number in claim.citations}
    named |= markers(reply.text)
    named |= {quote.number for quote in reply.quotes}
    if not named:
        return None
    resolved = {quote.number for quote in reply.quotes if quote.stored}
    lost = sorted(named - resolved)
    score = share(len(lost), len(named), "numbers lead nowhere")
    return Score(score.value, f"{score.reason}: {lost}") if lost else score


def claims_uncited(case: Case, reply: Reply) -> Score | None:
    """Share of the claims that the reader is shown as supported which name no citation."""
    shown = [claim for claim in reply.claims if claim.verdict is Verdict.SUPPORTED]
    if not shown:
        return None
    bare = sum(1 for claim in shown if not claim.citations)
    return share(bare, len(shown), "claims are without a citation")


def quoted_chars(case: Case, reply: Reply) -> Score | None:
    """Characters quoted in an answer: copying a whole article cites perfectly, so look at both."""
    if not reply.answered:
        return None
    total = sum(len(quote.quote) for quote in reply.quotes)
    return Score(total, f"{len(reply.quotes)} quotes, {total} characters")


def citations_per_claim(case: Case, reply: Reply) -> Score | None:
    """Citations that a supported claim rests on, averaged over the answer."""
    shown = [claim for claim in reply.claims if claim.verdict is Verdict.SUPPORTED]
    if not shown:
        return None
    named = sum(len(claim.citations) for claim in shown)
    return Score(named / len(shown), f"{named} citations in {len(shown)} claims")
