"""Datelines: where a reporter was, which says nothing of who did what. Knows English ones."""

import re

# "Havana — The grid collapsed"; the dash behind a name inside an article looks the same.
OPENING = re.compile(r"^\W*[A-Z][\w.,’' ]{2,40}?(?: \([A-Z]\w+\))? +[—–-]+ +")
PRINTED = re.compile(r"^\W*[A-Z]{2}[A-Z.,’' ]*(?:, [A-Z]\w+)?(?: \([A-Z]\w+\))? +[—–-]+ +")


def without_dateline(text: str, *, opens: bool) -> str:
    """Return a sentence without its dateline: one in capitals, or any if it opens an article."""
    return (OPENING if opens else PRINTED).sub("", text)
