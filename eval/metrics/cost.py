"""What an answer took: tokens and time, as the service itself counted them."""

from eval.cases import Case
from eval.replies import Reply
from eval.scores import Score


def prompt_tokens(case: Case, reply: Reply) -> Score | None:
    """Tokens that the model was shown; on a processor nearly all of the latency."""
    return Score(reply.prompt_tokens, f"{reply.prompt_tokens} tokens") if reply.model else None


def completion_tokens(case: Case, reply: Reply) -> Score | None:
    """Tokens that the model wrote."""
    if not reply.model:
        return None
    return Score(reply.completion_tokens, f"{reply.completion_tokens} tokens")


def first_claim_seconds(case: Case, reply: Reply) -> Score | None:
    """Seconds from the question to the first verified claim."""
    if reply.first_claim_ms is None:
        return None
    return Score(reply.first_claim_ms / 1000, f"{reply.first_claim_ms} ms")


def total_seconds(case: Case, reply: Reply) -> Score | None:
    """Seconds from the question to the whole answer."""
    return Score(reply.total_ms / 1000, f"{reply.total_ms} ms")
