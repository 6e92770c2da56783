"""Sitemaps, and lists of them: the addresses of pages, not the pages. Knows no network."""

from typing import BinaryIO

from index.errors import Unreadable
from index.formats import Findings
from index.formats.entries import Follow
from index.formats.markup import local_name
from index.formats.xml import outermost

MAX_PAGES = 50_000  # as many as the standard allows in one file


def read_sitemap(stream: BinaryIO, path: str, *, follow: Follow | None = None) -> Findings:
    """Read the page behind each address; without leave to follow links, say how many there are."""
    found = addresses(stream)
    if follow is None:
        raise Unreadable(
            f"expected articles, got {len(found)} addresses: --follow-links reads the pages"
        )
    for number, (address, changed) in enumerate(found):
        try:
            page = follow(address, changed)
        except Unreadable as error:
            yield f"[{number}]", error
        else:
            if page is not None:
                yield f"[{number}]", page


def addresses(stream: BinaryIO) -> list[tuple[str, str]]:
    """Return the addresses in a sitemap, each with when it was last changed, as far as said."""
    found = []
    for _, element in outermost(stream, frozenset(["url", "sitemap"])):
        said = {local_name(each): (each.text or "").strip() for each in element}
        if said.get("loc"):
            found.append((said["loc"], said.get("lastmod", "")))
        if len(found) > MAX_PAGES:
            raise Unreadable(f"expected at most {MAX_PAGES} addresses, got more")
    return found
