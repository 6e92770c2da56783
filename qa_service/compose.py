"""Verified claims into the text of an answer, with the numbers of their citations in it."""

from collections.abc import Sequence
from dataclasses import replace

from qa_service.answers import Claim, Verdict

ENDS = ".!?。！？؟।"


def compose(claims: Sequence[Claim]) -> tuple[str, list[Claim]]:
    """Join the supported claims, and return every claim with where it stands in the text.

    What is not supported is kept out of the text, and has no place in it.
    """
    text, placed = "", []
    for claim in claims:
        if claim.verdict is not Verdict.SUPPORTED:
            placed.append(claim)
            continue
        text += " " if text else ""
        words = with_markers(claim)
        placed.append(replace(claim, start=len(text), end=len(text) + len(words)))
        text += words
    return text, placed


def with_markers(claim: Claim) -> str:
    """Return the claim with its markers before its final punctuation: "Taxes stay [1]."

    The article's own sentence stands in quotation marks.
    """
    words = f"“{claim.text.strip()}”" if claim.verbatim else claim.text.rstrip()
    body = words.rstrip(ENDS)
    markers = "".join(f"[{number}]" for number in claim.citations)
    return f"{body} {markers}{words[len(body) :] or '.'}"
