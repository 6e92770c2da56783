"""Replies as the metrics are given them, made in a line."""

from typing import Any

from eval.cases import Case
from eval.replies import Quoted, Reply
from qa_service.answers import Claim, Status, Verdict

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
