"""Which of two questions in one an answer leaves open: "How many were hurt and who was arrested?"

By rule, and only where it is certain: nothing that is cited has a word of the part's own, or a
number where a number is asked for. Reads English questions only; knows no claims.
"""

import re
from collections.abc import Sequence

from qa_service.answers import Citation
from qa_service.checks.overlap import has, stems
from qa_service.checks.quantities import quantities

ASKS = r"(?:how(?: many| much)?|who|whom|whose|what|when|where|which|why)\b"
BEGINNING = rf"(?:by |at |in |to |for |with |on |from )?{ASKS}"
NEXT = re.compile(
    rf"[.?;](?:\s+(?:and |but )?|$)|,?\s+(?:and|but)\s+(?={BEGINNING})", re.IGNORECASE
)
BEGINS = re.compile(BEGINNING, re.IGNORECASE)
RELATIVE = re.compile(rf"\w,? {ASKS}", re.IGNORECASE)
HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)


def unanswered(question: str, citations: Sequence[Citation]) -> str | None:
    """Return a sentence on the parts of the question that nothing cited can answer."""
    asked = parts(question)
    told = "\n".join(citation.quote for citation in citations)
    if not told or len(asked) < 2:
        return None
    open_ones = [part for n, part in enumerate(asked) if is_open(part, without(asked, n), told)]
    if not open_ones:
        return None
    return "Not answered: " + "; ".join(f"“{part}”" for part in open_ones) + "."


def parts(question: str) -> list[str]:
    """Return the questions that a question joins; none, if it is not clear where they part.

    Statements before or between them are left out.
    """
    found = [part.strip(" ,") for part in NEXT.split(question)]
    asked = [(part, begins.end()) for part in found if (begins := BEGINS.match(part))]
    # "the senator who won and who resigned" is one question.
    is_unclear = any(RELATIVE.search(part, end) for part, end in asked)
    return [] if is_unclear else [part for part, _ in asked]


def without(asked: Sequence[str], number: int) -> str:
    """Return the other parts as one text."""
    return "\n".join(part for n, part in enumerate(asked) if n != number)


def is_open(part: str, others: str, told: str) -> bool:
    """Whether nothing of what is told can answer a part."""
    own = [stem for stem in stems(part) if not has(stem, others)]
    if own and not any(has(stem, told) for stem in own):
        return True
    return bool(HOW_MANY.search(part)) and not quantities(told, "en")
