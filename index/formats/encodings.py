"""The bodies of web answers, unpacked within a limit: gzip, deflate, Brotli. Knows no files."""

import re
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]

from index.errors import Unreadable
from index.formats.unpack import GZIP

MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def body_of(data: bytes, encoding: str, *, limit: int) -> bytes:
    """Return the body without its encoding; `Unreadable` where it is damaged or over the limit.

    What is packed counts as what it looks like: crawlers store bodies packed or not, under the
    same headers.
    """
    encoding = encoding.strip().lower()
    if data.startswith(GZIP):
        encoding = "gzip"
    elif encoding in ("gzip", "x-gzip", "identity", "") or not data:
        encoding = ""
    if encoding and encoding not in UNPACK and not MARKUP.match(data):
        raise Unreadable(f"expected a page in gzip, deflate or br, got it in {encoding[:40]!r}")
    if encoding in UNPACK:
        try:
            data = UNPACK[encoding](data, limit + 1)
        except (zlib.error, brotli.error) as error:
            if encoding == "gzip" or not MARKUP.match(data):
                raise Unreadable(f"expected a page, got damaged {encoding}: {error}") from None
    if len(data) > limit:
        raise Unreadable(f"expected a page of at most {limit >> 20} MB, got a longer one")
    return data


def _gunzip(data: bytes, limit: int) -> bytes:
    return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, limit)


def _inflate(data: bytes, limit: int) -> bytes:
    """Unpack deflate, which servers send with the frame that the standard asks for, or without."""
    try:
        return zlib.decompressobj().decompress(data, limit)
    except zlib.error:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, limit)


def _unbrotli(data: bytes, limit: int) -> bytes:
    # The limit is kept to within a factor of two: buffers are doubled.
    unpack = brotli.Decompressor()
    found: bytes = unpack.process(data, output_buffer_limit=limit)
    if len(found) < limit and not unpack.is_finished():
        raise brotli.error("it ends before its end")
    return found


UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
}
