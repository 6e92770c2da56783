"""Correction notices that stand in an article's own text. Only finds them; changes nothing."""

import re

NOTICE_CHARS = 2000  # a longer paragraph is the article, not a note about it

# A paragraph is a notice if it opens like one: with a label and a colon or dash ("Correction:",
# "Editor's note —"), or by saying of the article itself that it was changed. What is said in
# running prose ("a correction on Wall Street", "the law was amended on Monday") is none.
LABEL = r"(?:correction|corrections and clarifications|clarification|editor[’']s note|retraction)"
ITSELF = r"(?:an earlier version of )?this (?:article|story|report|piece|page|post)"
CHANGED = (
    r"(?:was|has been|is) (?:amended|corrected|updated|clarified|edited|retracted)"
    r"|(?:incorrectly|wrongly|mistakenly|misstated|misspelled|misidentified|gave|said|stated)"
)
OPENING = re.compile(
    rf"[\W_]*(?:{LABEL}(?: ?\([^)\n]{{1,40}}\))?(?: on [^:\n]{{1,40}})? ?[:–—-]\s?\S"
    rf"|{ITSELF} (?:{CHANGED})\b)",
    re.IGNORECASE,
)


def correction_notice(text: str) -> str | None:
    """Return the notice that is the article's first or last paragraph, in the text's own words."""
    lines = [line.strip() for line in text.strip().split("\n")]
    for paragraph in (lines[-1], lines[0]):
        if len(paragraph) <= NOTICE_CHARS and OPENING.match(paragraph):
            return " ".join(paragraph.split())
    return None
