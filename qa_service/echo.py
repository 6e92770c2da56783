"""Takes out of a claim when the question said it was: "this week" is the reader's week.

A model repeats the question's time in its answer, and there it would be checked against the day of
the article, or believed by a reader of another day. Without it the claim says less and is no less
true. Knows no checks.
"""

import re

UNITS = r"(?:week|weekend|month|year|morning|afternoon|evening|spring|summer|autumn|fall|winter)"
DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
WHEN = re.compile(
    rf",?\s+(?:(?:earlier|later)\s+)?(?:(?:of|over|during)\s+)?(?:the\s+)?"
    rf"(?:this\s+past|this|last|past|next)\s+(?:{UNITS}|{DAYS})\b"
    rf"|,?\s+on\s+{DAYS}\b|,?\s+(?:today|yesterday|tomorrow|tonight|recently)\b",
    re.IGNORECASE,
)


def without_echo(claim: str, asked: str) -> str:
    """Return the claim without the relative times that are the question's own."""
    said = {_folded(found) for found in WHEN.findall(f" {asked}")}
    return WHEN.sub(lambda found: "" if _folded(found[0]) in said else found[0], claim)


def _folded(text: str) -> str:
    return " ".join(text.strip(" ,").casefold().split())
