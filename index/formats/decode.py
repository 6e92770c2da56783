"""Bytes of unknown origin to text, within limits. Knows nothing of what the text means."""

import codecs
import re
from typing import BinaryIO

from index.errors import Unreadable
from index.formats.alphabets import guess_encoding

# One document is read whole. No article is this long, so what is longer is a mistake or a bomb:
# never more than this is decompressed into memory.
MAX_DOCUMENT = 64 * 2**20

# The byte-order marks, UTF-32 first: its mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Encodings that a page may name; as on the web, Latin 1 and ASCII mean Windows-1252.
NAMED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w.:-]{1,40})"""
)
ON_THE_WEB = re.compile(
    r"windows-?125\d|cp125\d|iso-?8859-?\d+|koi8-?[ru]|gb2312|gbk|gb18030|big5(-hkscs)?|euc-?(jp|kr)|"
    r"shift[-_]?jis|iso-2022-jp|mac(intosh|roman)|utf-?8|utf-16([bl]e)?",
    re.IGNORECASE,
)


def read_document(stream: BinaryIO) -> bytes:
    """Read the whole stream; refuse what is empty or longer than `MAX_DOCUMENT`."""
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise Unreadable(
            f"expected a document of at most {MAX_DOCUMENT >> 20} MB, got a longer one"
        )
    if not data:
        raise Unreadable("expected a document, got an empty file")
    return data


def decode_marked(data: bytes) -> str:
    """Decode UTF-8, or what the byte-order mark says; nothing is guessed."""
    encoding = next((name for mark, name in MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"expected {encoding.upper()}, got byte 0x{data[error.start]:02X} at {error.start}"
        ) from None


def decode(data: bytes, *, named: str | None = None) -> str:
    """Decode UTF-8, what the mark or the page's head says, else what the bytes look like.

    `named` is what the server said; it counts before the page's head, as in a browser.
    """
    if data.startswith(tuple(mark for mark, _ in MARKS)):
        return decode_marked(data)
    try:
        return data.decode()
    except UnicodeDecodeError:
        found = NAMED.search(data[:2048])
        inside = found[1].decode("ascii", "replace") if found else ""
        return _as(data, named or "") or _as(data, inside) or _guessed(data)


def _as(data: bytes, name: str) -> str | None:
    """Decode what somebody said it is; None where nothing was said or it is wrong."""
    name = name.strip("\"' ").lower()
    name = "windows-1252" if name in ("iso-8859-1", "iso8859-1", "latin1", "us-ascii") else name
    if not ON_THE_WEB.fullmatch(name):
        return None
    try:
        return data.decode(name, errors="replace" if name == "windows-1252" else "strict")
    except (LookupError, UnicodeDecodeError):
        return None


def _guessed(data: bytes) -> str:
    encoding = None if b"\0" in data[:4096] else guess_encoding(data)
    if encoding is None:
        raise Unreadable("expected text, got bytes in no known encoding")
    return data.decode(encoding)
