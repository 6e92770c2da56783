"""The one normalisation of text, done at ingest and never again. Knows nothing of articles."""

import re
import unicodedata

from index.errors import Unreadable

# Part of every article's version: raise it whenever the same input would give other characters.
NORMALISER = "1"

# NUL, soft hyphen, zero-width space and byte-order mark say nothing and break words in two. The
# zero-width joiner and non-joiner are letters' business (Persian, Hindi, emoji) and stay.
NOTHINGS = re.compile("[\x00\u00ad\u200b\ufeff]")

# The mandatory line ends of Unicode (UAX 14): CRLF, CR, VT, FF, NEL and the two separators.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# Composing takes time quadratic in a run of combining marks: 80,000 of them took 5 s, so that a
# megabyte would stop an ingest for the day. No script puts more than a few on a letter.
MARKS_TOO_MANY = 500


def normalise(text: str) -> str:
    """Return the text as it is stored: NFC, LF line ends, no invisible nothings; idempotent."""
    _refuse_surrogates(text)
    # Nothings go first: what stood on either side of one may be a CRLF, or compose.
    text = LINE_ENDS.sub("\n", NOTHINGS.sub("", text))
    _refuse_endless_marks(text)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Return the text normalised, with every run of white space a single space."""
    return " ".join(normalise(text).split())


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(
            f"expected Unicode text, got half a character (a lone surrogate, "
            f"U+{ord(text[error.start]):04X}) at position {error.start}"
        ) from None


def _refuse_endless_marks(text: str) -> None:
    """Refuse twice `MARKS_TOO_MANY` marks in a row, and any run that fills an aligned block."""
    if text.isascii():
        return
    for start in range(0, len(text), MARKS_TOO_MANY):
        block = text[start : start + MARKS_TOO_MANY]
        if len(block) == MARKS_TOO_MANY and all(map(unicodedata.combining, block)):
            raise Unreadable(
                f"expected text, got {MARKS_TOO_MANY} combining marks in a row at position {start}"
            )
