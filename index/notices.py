"""Correction notices that stand in an article's own text. Only finds them; changes nothing."""

import re

# Notices stand at the end or the beginning, often with a line about the author between.
PARAGRAPHS = 3
NOTICE_CHARS = 2000  # a longer paragraph is the article, not a note about it

ITSELF = r"this (?:article|story|report|piece|page|post)"
LABEL = r"(?:corrections?|corrected|clarifications?|retraction)(?: (?:and|&) \w+)?"
DATED = r"(?: \([^)\n]{1,40}\)|,? (?:on )?[^:–—\n]{0,20}[0-9][^:–—\n]{0,20})?"
OPENING = re.compile(
    # "Correction: …", "Correction, 6 September 2023: …", "Corrections and clarifications — …"
    rf"[\W_]*(?:{LABEL}{DATED} ?[:–—]\s?\S"
    # "An earlier version of this story gave …", but not one that "first appeared" elsewhere
    rf"|an? (?:earlier|previous) version of {ITSELF} "
    r"(?!(?:\w+ )?(?:first|originally|appeared|ran)\b)"
    rf"|{ITSELF} (?:was|has been|is being) (?:amended|corrected|clarified|retracted)\b)",
    re.IGNORECASE,
)
# Most editor's notes and most lines like "This story has been updated" name an author, point to
# other coverage or say that news was added: a rule without `CORRECTIVE` found 254 in the 3,733
# articles of RealTime QA. This one finds 55, of which three tell of no correction.
REVISED = re.compile(
    rf"[\W_]*(?:editor[’']s note\b|{ITSELF} (?:was |has been |has )?(?:updated|edited|revised)\b)",
    re.IGNORECASE,
)
CORRECTIVE = re.compile(
    r"\b(?:(?:earlier|previous) version|correct(?:s|ed|ing|ions?)?|clarif\w+|amend\w*|retract\w*"
    r"|inaccura\w+|accurately|incorrect\w*|misstat\w+|misspell\w+|errors?|typo)\b",
    re.IGNORECASE,
)
ABOUT_ITSELF = re.compile(rf"\b(?:{ITSELF}|version)\b", re.IGNORECASE)


def correction_notice(text: str) -> str | None:
    """Return the notice near the end or the beginning of a text, in the text's own words."""
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    near = [*reversed(paragraphs[-PARAGRAPHS:]), *paragraphs[:PARAGRAPHS]]
    return next((" ".join(line.split()) for line in near if _is_notice(line)), None)


def _is_notice(line: str) -> bool:
    if len(line) > NOTICE_CHARS:
        return False
    if OPENING.match(line):
        return True
    told = REVISED.match(line) and ABOUT_ITSELF.search(line)
    return told is not None and CORRECTIVE.search(line) is not None
