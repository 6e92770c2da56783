"""An entry of a feed, of whichever kind, and the article that it is. Knows no parser."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from index.errors import Unreadable
from index.identity import RawArticle, canonical_url

# Reads the page behind a link, given what was said of it there; None if the same was said before.
# Raises Unreadable.
Follow = Callable[[str, str], RawArticle | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article."""

    raw: RawArticle  # its text is what the feed has of it, perhaps nothing
    link: str | None  # the page of the article
    whole: bool  # the feed said that this is the article, not a summary of it


def entry(raw: RawArticle, *, link: str | None, whole: bool, feed: str | None) -> Entry:
    """Return an entry known by its link, which names it in every feed alike.

    The names that feeds give their entries ("4711") mean nothing outside the feed.
    """
    page = _page(link)
    name = None if page or not raw.id else f"{feed or ''} {raw.id}".strip()
    return Entry(replace(raw, id=name, url=page, published_known_by="feed"), page, whole)


def article_of(entry: Entry, follow: Follow | None) -> RawArticle | Unreadable | None:
    """Return the article: the page behind the link where links are followed, else the entry.

    None if the page was read before and the feed says nothing new of it. A summary never stands in
    for an article whose page cannot be read.
    """
    if follow and entry.link:
        try:
            page = follow(entry.link, repr(entry.raw))
            return _together(page, entry.raw) if page else None
        except Unreadable as error:
            if not entry.whole:
                return Unreadable(f"{entry.link}: {error}")
    if entry.raw.text.strip():
        return entry.raw
    return Unreadable(
        "expected an entry with text, got a link alone: --follow-links reads the page behind it"
        if entry.link
        else "expected an entry with text, got neither text nor link"
    )


def absolute(link: str | None, home: str | None) -> str | None:
    """Return a link as seen from where the feed is at home; None where it is no link at all."""
    try:
        return urljoin(home, link) if link and home else link
    except ValueError:  # brackets where a host would be
        return None


def _together(page: RawArticle, told: RawArticle) -> RawArticle:
    """Return the page's text with what the feed says of it; the feed's own name stays in front."""
    guessed = page.published is None or page.published_known_by == "guess"
    dated = told if told.published and guessed else page
    return replace(
        page,
        title=told.title or page.title,
        url=told.url,
        source=page.source or told.source,
        author=page.author or told.author,
        published=dated.published,
        published_known_by=dated.published_known_by,
        updated=page.updated or told.updated,
        language=page.language or told.language,
    )


def _page(link: str | None) -> str | None:
    """Return the link if it is one; what is none is the feed's mistake, not the article's."""
    try:
        return canonical_url(link) if link else None
    except Unreadable:
        return None
