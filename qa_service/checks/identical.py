"""Whether two texts are the same words: only white space and the end stop may differ."""

import re

from qa_service.datelines import without_dateline

END = " \t\n.。"


def is_copy(claim: str, sentence: str, source: str | None) -> bool:
    """Whether a claim is a sentence of that source, the dateline and the source's name aside."""
    written = (sentence, without_dateline(sentence, opens=False))
    said = (claim, without_attribution(claim, source))
    return any(same_words(one, other) for one in said for other in written)


def same_words(claim: str, sentence: str) -> bool:
    """Whether the claim is the sentence itself, white space and the final stop aside."""
    one, two = plain(claim), plain(sentence)
    return bool(one) and one == two


def plain(text: str) -> str:
    """One space wherever there is white space, and no final stop."""
    return " ".join(text.split()).rstrip(END) or " ".join(text.split())


def without_attribution(claim: str, source: str | None) -> str:
    """Take "According to SOURCE," or "SOURCE reported that" off a claim about its own article."""
    if not source or not source.strip():
        return claim
    name = r"(?:the\s+)?" + r"\s+".join(map(re.escape, source.split()))
    lead = re.compile(
        rf"^\s*(?:according\s+to\s+{name}\s*,\s*|{name}\s+report(?:s|ed)\s+that\s+)", re.I
    )
    trail = re.compile(rf",?\s+according\s+to\s+{name}\s*(?=\.?\s*$)", re.I)
    return trail.sub("", lead.sub("", claim, count=1), count=1)
