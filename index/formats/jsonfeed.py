"""JSON Feed 1.0 and 1.1: a feed whose entries are JSON objects."""

from collections.abc import Mapping

from index.errors import Unreadable
from index.formats import Findings
from index.formats.entries import Entry, Follow, absolute, article_of, entry
from index.formats.markup import text_of_html
from index.identity import RawArticle


def is_json_feed(value: Mapping[str, object]) -> bool:
    """Whether a JSON object calls itself a JSON Feed."""
    version = value.get("version")
    return isinstance(version, str) and "://jsonfeed.org/version/" in version


def read_items(feed: Mapping[str, object], *, follow: Follow | None = None) -> Findings:
    """Yield the articles of a feed."""
    items = feed.get("items")
    if not isinstance(items, list):
        raise Unreadable("expected a JSON Feed with a list of items, got none")
    for number, item in enumerate(items):
        found = _found(item, feed, follow)
        if found is not None:
            yield f"[{number}]", found


def _found(
    item: object, feed: Mapping[str, object], follow: Follow | None
) -> RawArticle | Unreadable | None:
    if not isinstance(item, dict):
        return Unreadable(f"expected an item that is an object, got {str(item)[:80]}")
    try:
        return article_of(_entry(item, feed), follow)
    except Unreadable as error:
        return error


def _entry(item: Mapping[str, object], feed: Mapping[str, object]) -> Entry:
    html, plain = _string(item, "content_html"), _string(item, "content_text")
    content = text_of_html(html) if html else plain or ""
    name = item.get("id")
    raw = RawArticle(
        text=content or _string(item, "summary") or "",
        title=_string(item, "title"),
        id=str(name) if name else None,
        source=_string(feed, "title"),
        author=_authors(item) or _authors(feed),
        published=_string(item, "date_published"),
        updated=_string(item, "date_modified"),
        language=_string(item, "language") or _string(feed, "language"),
    )
    home = _string(feed, "feed_url") or _string(feed, "home_page_url")
    link = _string(item, "url") or _string(item, "external_url")
    return entry(raw, link=absolute(link, home), whole=bool(content.strip()), feed=home)


def _authors(owner: Mapping[str, object]) -> str | None:
    authors = owner.get("authors") or owner.get("author")
    listed = authors if isinstance(authors, list) else [authors]
    names = [_string(author, "name") for author in listed if isinstance(author, dict)]
    return ", ".join(name for name in names if name) or None


def _string(owner: Mapping[str, object], name: str) -> str | None:
    value = owner.get(name)
    return value if isinstance(value, str) and value.strip() else None
