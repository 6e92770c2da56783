"""Text files as articles: the header lines at their top, if any, and the body below them."""

import re
from typing import BinaryIO

from index.dates import parse_date
from index.formats import Findings
from index.formats.decode import decode, read_document
from index.identity import RawArticle
from index.text import normalise

FIELDS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "source": "source",
    "url": "url",
    "author": "author",
    "authors": "author",
    "language": "language",
    "lang": "language",
    "id": "id",
    "embargo": "usable_from",
    "embargoed": "usable_from",
    "usable_from": "usable_from",
}

HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z_-]{0,30})[ \t]*:[ \t]*(.*)")
MAX_DATE = 60  # characters; "Date: 2023-09-04 Moscow said …" is the start of a text

# What many dumps put directly before the first sentence.
DUMP_DATE = re.compile(r"date:?\s+(\d{4}-\d{2}-\d{2}\S*)(\s+|$)", re.IGNORECASE)

FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*(\n|$)", re.DOTALL)
HEADING = re.compile(r"#[ \t]+(.+?)[ \t]*#*(\n|$)")


def read_text(stream: BinaryIO, path: str) -> Findings:
    """Read a text file."""
    yield "", raw_from_text(normalise(decode(read_document(stream))), path=path)


def read_markdown(stream: BinaryIO, path: str) -> Findings:
    """Read a Markdown file, whose first line may be its title; other marks stay as they are."""
    text = normalise(decode(read_document(stream)))
    yield "", raw_from_text(text, path=path, markdown=True)


def raw_from_text(text: str, *, path: str | None = None, markdown: bool = False) -> RawArticle:
    """Take the header off a normalised text; where there is none, the text is the body."""
    fields, body = _front_matter(text) if markdown else ({}, text)
    fields, body = (fields, body) if fields else _header(body)
    body = body.strip("\n")
    if dump := DUMP_DATE.match(body):
        stated = fields.get("published") or dump[1]
        if parse_date(dump[1]):
            fields, body = {**fields, "published": stated}, body[dump.end() :]
    if markdown and "title" not in fields and (heading := HEADING.match(body)):
        fields, body = {**fields, "title": heading[1]}, body[heading.end() :].lstrip("\n")
    return RawArticle(
        text=body,
        title=fields.get("title"),
        id=fields.get("id"),
        url=fields.get("url"),
        source=fields.get("source"),
        author=fields.get("author"),
        published=fields.get("published"),
        language=fields.get("language"),
        usable_from=fields.get("usable_from"),
        path=path,
    )


def _header(text: str) -> tuple[dict[str, str], str]:
    """Return the fields at the top and the text below; no known field in line one, no header.

    The header ends with the last known field before a blank line or a line of prose. Unknown
    fields between known ones are ignored; after them they could be prose, and stay in the text.
    """
    fields: dict[str, str] = {}
    lines = text.lstrip("\n").split("\n")
    below = 0
    for number, line in enumerate(lines, start=1):
        found = HEADER_LINE.fullmatch(line)
        known = _known(found)
        # "Embargo: …" alone is the headline of a story about one.
        if not found or not (known or fields) or (known == "usable_from" and not fields):
            break
        if known:
            fields.setdefault(known, found[2].strip())
            below = number
    return {name: value for name, value in fields.items() if value}, "\n".join(lines[below:])


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the known fields of the block between two lines of dashes, and the text below."""
    block = FRONT_MATTER.match(text)
    if not block:
        return {}, text
    fields: dict[str, str] = {}
    for line in block[1].split("\n"):
        found = HEADER_LINE.fullmatch(line)
        known = _known(found)
        if found and known:
            fields.setdefault(known, found[2].strip().strip("\"'"))
    return {name: value for name, value in fields.items() if value}, text[block.end() :]


def _known(found: re.Match[str] | None) -> str | None:
    """Return the field that a header line gives, None if it gives none that is known."""
    name = FIELDS.get(found[1].lower()) if found else None
    return None if found and name == "published" and len(found[2]) > MAX_DATE else name
