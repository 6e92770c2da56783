"""WARC archives, as crawlers write them: every page that was answered is one article.

The frame of a record is a dozen lines to read. The libraries for it were tried on hostile files:
one collects a header without end in memory, in quadratic time; one ends the process.
"""

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import decode
from index.formats.encodings import body_of
from index.formats.html import raw_from_html
from index.identity import RawArticle

MAX_PAGE = 16 * 2**20  # bytes; the largest of 181 news pages had 2 MB
MAX_LINE = 2**16  # of a header
MAX_HEADERS = 200
PAGES = ("text/html", "application/xhtml+xml")

CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]*)?\r?\n")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers in lower case, and its block as far as it may be read."""

    headers: Mapping[str, str]
    block: bytes


def read_warc(stream: BinaryIO, path: str) -> Findings:
    """Read every response, holding one in memory; requests and notes of the crawler are none."""
    number = 0
    for record in _records(stream):
        if record.headers.get("warc-type") == "response":
            address = record.headers.get("warc-target-uri", "").strip("<>")
            yield f"[{number}] {address}".rstrip(), _found(record, address)
            number += 1
    if not number:
        raise Unreadable("expected a WARC with responses, got none")


def _records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records; only of a response is the block kept."""
    while line := stream.readline(MAX_LINE):
        if not line.strip():
            continue
        if not line.startswith(b"WARC/"):
            raise Unreadable(f"expected a WARC record, got {line[:20]!r}")
        headers = _headers(stream)
        length = headers.get("content-length", "")
        if not re.fullmatch(r"\d{1,15}", length):
            raise Unreadable(f"expected a WARC record with its length, got {length[:20]!r}")
        size = int(length)
        kept = min(size, MAX_PAGE + 1) if headers.get("warc-type") == "response" else 0
        block = stream.read(kept)
        size -= len(block)
        while size and (skipped := stream.read(min(size, 2**20))):
            size -= len(skipped)
        if size:
            raise Unreadable("expected a whole WARC, got one that ends within a record")
        yield Record(headers, block)


def _headers(stream: BinaryIO) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(MAX_HEADERS):
        line = stream.readline(MAX_LINE)
        if line in (b"\r\n", b"\n"):
            return headers
        name, colon, value = line.partition(b":")
        if not colon or len(line) == MAX_LINE:
            raise Unreadable(f"expected a header of a WARC record, got {line[:20]!r}")
        headers[name.decode("latin-1").strip().lower()] = value.decode("utf-8", "replace").strip()
    raise Unreadable(f"expected a WARC record of at most {MAX_HEADERS} headers, got more")


def _found(record: Record, address: str) -> RawArticle | Unreadable:
    try:
        return _page(record, address)
    except Unreadable as error:
        return error


def _page(record: Record, address: str) -> RawArticle:
    """Return the article of a response, known by the address that was asked for it."""
    stream = BytesIO(record.block)
    status = stream.readline(MAX_LINE).split(None, 2)[1:2]
    if status != [b"200"]:
        got = status[0].decode("latin-1")[:20] if status else "none"
        raise Unreadable(f"expected a page with status 200, got {got}")
    try:
        said = http.client.parse_headers(stream)
    except http.client.HTTPException as error:
        raise Unreadable(f"expected HTTP headers, got {error}") from None
    if (kind := said.get_content_type() if "Content-Type" in said else PAGES[0]) not in PAGES:
        raise Unreadable(f"expected a page, got {kind[:60]}")
    if reason := record.headers.get("warc-truncated"):
        raise Unreadable(f"expected a whole page, got one that the crawler cut short ({reason})")
    body = stream.read()
    if CHUNK.match(body):  # as it looks: crawlers store either, under the same headers
        body = b"".join(_chunks(body))
    body = body_of(body, said.get("Content-Encoding", ""), limit=MAX_PAGE)
    html = decode(body, named=said.get_content_charset())
    return raw_from_html(html, url=address)


def _chunks(data: bytes) -> Iterator[bytes]:
    end = 0
    while (found := CHUNK.match(data, end)) and (size := int(found[1], 16)):
        yield data[found.end() : found.end() + size]
        end = found.end() + size + 2
