"""Sitemaps, and lists of them: the addresses of pages, not the pages. Knows no network."""

from typing import BinaryIO

from index.errors import Unreadable
from index.formats import Findings
from index.formats.entries import Follow
from index.formats.markup import local_name
from index.formats.xml import elements

MAX_PAGES = 50_000  # as many as the standard allows in one file


def read_sitemap(stream: BinaryIO, path: str, *, follow: Follow | None = None) -> Findings:
    """Read the page behind each address; without leave to follow links, say how many there are."""
    if follow is None:
        count = sum(1 for _ in addresses(stream))
        raise Unreadable(
            f"expected articles, got {count} addresses: --follow-links reads the pages"
        )
    for number, address in enumerate(addresses(stream)):
        try:
            yield f"[{number}] {address}", follow(address)
        except Unreadable as error:
            yield f"[{number}] {address}", error


def addresses(stream: BinaryIO) -> list[str]:
    """Return the addresses in a sitemap."""
    found = []
    for around, element in elements(stream):
        if local_name(element) == "loc" and around and local_name(around[-1]) in ("url", "sitemap"):
            found.append((element.text or "").strip())
        if local_name(element) in ("url", "sitemap"):
            element.clear()
        if len(found) > MAX_PAGES:
            raise Unreadable(f"expected at most {MAX_PAGES} addresses, got more")
    return [address for address in found if address]
