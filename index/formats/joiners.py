"""Characters without a width that belong to the text, kept where a parser would drop them.

The extractor drops all that cannot be printed, and with it the joiners and non-joiners of Persian,
Hindi and emoji, and the marks that turn the direction of writing. So others stand in for them
meanwhile.
"""

import re
from collections.abc import Mapping

WIDTHLESS = (
    "\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e\u061c"
)
ENTITIES = re.compile(
    r"&(?:zwnj|zwj|lrm|rlm|#8(?:20[4-7]|288|29[4-7]|23[4-8])|#x20(?:0[c-f]|60|6[6-9]|2[a-e]));",
    re.IGNORECASE,
)
NAMED = {"&zwnj;": "\u200c", "&zwj;": "\u200d", "&lrm;": "\u200e", "&rlm;": "\u200f"}
STAND_INS = range(0x12400, 0x1246F)  # cuneiform numerals: a page that has them has others still


def with_stand_ins(html: str) -> tuple[str, Mapping[int, str]]:
    """Return markup with other characters for those without a width, and the way back."""
    html = ENTITIES.sub(_character, html)
    found = sorted(set(WIDTHLESS) & set(html))
    free = (chr(code) for code in STAND_INS if chr(code) not in html)
    stands_for = dict(zip(found, free, strict=False))
    back = {ord(stand_in): own for own, stand_in in stands_for.items()}
    return html.translate({ord(own): stand_in for own, stand_in in stands_for.items()}), back


def _character(entity: re.Match[str]) -> str:
    name = entity[0].lower()
    if name in NAMED:
        return NAMED[name]
    return chr(int(name[3:-1], 16) if name.startswith("&#x") else int(name[2:-1]))
