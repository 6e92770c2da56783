"""Citation markers in a text. Knows only their form: [1], [2], …."""

import re

_MARKER = re.compile(r"\s*\[(\d+)\]")


def without_markers(text: str) -> str:
    """The text as it reads without its citation markers."""
    return _MARKER.sub("", text)


def markers(text: str) -> set[int]:
    """The numbers of the citation markers in a text."""
    return {int(number) for number in _MARKER.findall(text)}
