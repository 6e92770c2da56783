"""RSS of every version and Atom, through feedparser."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO

import feedparser  # type: ignore[import-untyped]

from index.errors import Unreadable
from index.formats import Findings
from index.formats.entries import Entry, Follow, absolute, article_of, entry
from index.formats.markup import text_of_html
from index.identity import RawArticle

MAX_FEED = 16 * 2**20  # bytes; a feed is read whole, and the largest that we saw had 2 MB

# The parser leaves entities of the document's own out; a feed that declares one is an attack.
ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def read_feed(stream: BinaryIO, path: str, *, follow: Follow | None = None) -> Findings:
    """Read every entry of a feed; `follow` reads the page behind an entry's link."""
    data = stream.read(MAX_FEED + 1)
    if len(data) > MAX_FEED:
        raise Unreadable(f"expected a feed of at most {MAX_FEED >> 20} MB, got a longer one")
    if not data:
        raise Unreadable("expected a feed, got an empty file")
    if any(mark in data for mark in ENTITIES):
        raise Unreadable("expected a feed without entities of its own, got one that declares some")
    found = _parsed(data)
    if not found.entries and (found.bozo or not found.get("version")):
        raise Unreadable(f"expected RSS or Atom, got {found.get('bozo_exception') or 'none'}")
    for number, each in enumerate(found.entries):
        try:
            article = article_of(_entry(each, found.feed), follow)
        except Unreadable as error:
            article = error
        if article is not None:
            yield f"[{number}]", article


def _parsed(data: bytes) -> Any:
    try:
        # As a stream: a str or bytes might be taken for an address or a file name, and opened.
        # Nothing is cleaned: the text is taken out of the HTML, which goes nowhere.
        return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # anything can be in a feed, and one feed never stops the others
        raise Unreadable(f"expected a feed, got one that cannot be parsed: {error!r}") from error


def _entry(said: dict[str, Any], feed: Mapping[str, Any]) -> Entry:
    contents = [_text(content) for content in said.get("content", ())]
    content = max(contents, key=len, default="")
    summary = _text(said.get("summary_detail") or {})
    published = said.get("published") or said.get("created")
    updated = dict.get(said, "updated")  # its own `get` gives the other date where there is none
    raw = RawArticle(
        text=content or summary,
        title=_text(said.get("title_detail") or {}) or None,
        id=said.get("id"),
        source=(said.get("source") or {}).get("title") or feed.get("title"),
        author=_authors(said) or _authors(feed),
        published=published or updated,
        updated=updated if published else None,
        language=(said.get("title_detail") or {}).get("language") or feed.get("language"),
        copyright=said.get("rights") or feed.get("rights"),
    )
    home = feed.get("id") or feed.get("link")
    return entry(raw, link=_link(said, feed), whole=bool(content), feed=home)


def _link(said: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    """Return the link of an entry; one without a host belongs to the site of the feed."""
    link, home = said.get("link"), feed.get("link")
    # The parser also gives a guid ("4712") that does not say that it is none.
    is_name = said.get("guidislink") and not str(link).startswith(("/", "."))
    return link if is_name else absolute(link, home)


def _text(detail: Mapping[str, Any]) -> str:
    """Return a construct as text: of HTML its paragraphs, of plain text what stands there."""
    value = str(detail.get("value") or "").strip()
    return value if detail.get("type") == "text/plain" else text_of_html(value)


def _authors(owner: Mapping[str, Any]) -> str | None:
    names = [author.get("name") for author in owner.get("authors", ()) if author]
    return ", ".join(name for name in names if name) or owner.get("author") or None
