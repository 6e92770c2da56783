"""WARC archives, as crawlers write them: every page that was answered is one article."""

from io import BufferedIOBase
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]

from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import decode
from index.formats.html import raw_from_html
from index.formats.unpack import GZIP
from index.identity import RawArticle

MAX_PAGE = 16 * 2**20  # bytes; the largest of 181 news pages had 2 MB
PAGES = ("text/html", "application/xhtml+xml")
BROKEN = (ArchiveLoadFailed, OSError, EOFError, ValueError, AttributeError)


def read_warc(stream: BinaryIO, path: str) -> Findings:
    """Read every response, holding one in memory; requests and notes of the crawler are none."""
    number = 0
    try:
        for record in ArchiveIterator(_AsItComes(cast(BufferedIOBase, stream))):
            if record.rec_type == "response":
                address = record.rec_headers.get_header("WARC-Target-URI") or ""
                yield f"[{number}] {address}".rstrip(), _found(record, address)
                number += 1
    except BROKEN as error:
        after = f" after {number} responses" if number else ""
        said = " ".join(str(error).split())[:200]
        raise Unreadable(f"expected WARC, got what cannot be read{after}: {said}") from None
    if not number:
        raise Unreadable("expected a WARC with responses, got none")


class _AsItComes:
    """A stream that hands on what there is, so that pages before some damage are not lost."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self.stream = stream

    def read(self, size: int = -1) -> bytes:
        return self.stream.read1(size)


def _found(record: Any, address: str) -> RawArticle | Unreadable:
    try:
        return _page(record, address)
    except Unreadable as error:
        return error


def _page(record: Any, address: str) -> RawArticle:
    """Return the article of a response, known by the address that was asked for it."""
    headers = record.http_headers
    status = headers.get_statuscode() if headers else None
    if status != "200":
        raise Unreadable(f"expected a page with status 200, got {status}")
    kind, _, more = (headers.get_header("Content-Type") or PAGES[0]).partition(";")
    if kind.strip().lower() not in PAGES:
        raise Unreadable(f"expected a page, got {kind.strip()[:60]}")
    if reason := record.rec_headers.get_header("WARC-Truncated"):
        raise Unreadable(f"expected a whole page, got one that the crawler cut short ({reason})")
    named = more.lower().partition("charset=")[2].partition(";")[0]
    return raw_from_html(decode(_body(record), named=named), url=address.strip("<>"))


def _body(record: Any) -> bytes:
    """Return the body unwrapped; the library hands on what it could not unwrap as it is."""
    stream, data = record.content_stream(), b""
    while piece := stream.read(2**16):
        data += piece
        if len(data) > MAX_PAGE:
            raise Unreadable(f"expected a page of at most {MAX_PAGE >> 20} MB, got a longer one")
    if data.startswith(GZIP):
        raise Unreadable("expected a page, got gzip that is damaged")
    return data
