"""Claims that are no claims: echoes of the prompt, of its ids, or of instructions."""

import re

from qa_service.answers import Issue

MARKUP = re.compile(
    r"<\|[^|>]{1,40}\|>"  # chat markup of most models
    r"|\[/?(INST|SYS|S\d+)\]|<</?SYS>>"
    r"|</?(system|user|assistant|article|articles|sentence|sentences|source|evidence|claim|think)\b"
    r"|^\W*(system|user|assistant|instructions?)\s*:"
    r"|^#{2,}\s*(instruction|response|system|input)"
    r"|\b(ignore|disregard|forget)\s+(all\s+|any\s+|the\s+|your\s+)*"
    r"(previous|prior|above|earlier|your)\s+(instruction|prompt|rule)s?"
    r"|\bas an ai\b|\blanguage model\b.{0,20}\bI\b|^\W*NOT[ _]FOUND\W*$",
    re.IGNORECASE,
)


def check(claim: str) -> list[Issue]:
    """Refuse what is markup or an instruction and not a sentence about the news."""
    if not any(c.isalnum() for c in claim):
        return [Issue("empty", "The claim says nothing.")]
    if MARKUP.search(claim):
        return [Issue("markup", "This repeats the prompt or gives instructions; it is no claim.")]
    return []
