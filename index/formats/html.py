"""A web page as one article: its text through trafilatura, what it says of itself beside it."""

import re
from dataclasses import replace
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from htmldate import find_date
from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import decode, read_document
from index.formats.head import Head, head_of
from index.formats.joiners import with_stand_ins
from index.identity import RawArticle, canonical_url

# The extractor takes time quadratic in a page's elements: 5,000 in one paragraph took 1 s, 20,000
# took 39 s. The largest of 181 news pages had 1,709.
MAX_TAGS = 20_000

TAG = re.compile(r"<[a-zA-Z]")
PAGE = re.compile(r"<(html|body|head|!doctype)\b", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # names an encoding that the text is no longer in
SITE = re.compile(r"(.+\S)\s+[|–—-]\s+(\S.*)$", re.DOTALL)  # "Taxes stay - Sarn Gazette"
PREFIX = re.compile(r"^(www|m|mobile|amp|edition)\.")


def read_html(stream: BinaryIO, path: str) -> Findings:
    """Read one page; a page without an article in it is `Unreadable`."""
    yield "", replace(raw_from_html(decode(read_document(stream))), path=path)


def raw_from_html(html: str, *, url: str | None = None) -> RawArticle:
    """Return the article of a page, or of a piece of one, with a blank line between paragraphs.

    `url` is where the page was found; what it says of its own address counts within that site only.
    """
    html, back = with_stand_ins(html)
    tree = _tree(html)
    try:
        head = head_of(tree, url=url)
        guess = None if head.published else _guessed(tree, url)
        found = bare_extraction(
            tree,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},  # dates are read and guessed here
        )
    except Exception as error:  # anything can be on a page, and one page never stops the others
        raise Unreadable(f"expected a page, got one that cannot be parsed: {error!r}") from error
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise Unreadable("expected a page with an article in it, found no text that is one")
    raw = _article(found, head, guess=guess, url=url)
    words = {name: getattr(raw, name) for name in ("text", "title", "author", "source", "url")}
    return replace(raw, **{name: said.translate(back) for name, said in words.items() if said})


def _article(found: Document, head: Head, *, guess: str | None, url: str | None) -> RawArticle:
    published = head.published or guess
    source = head.source or found.sitename
    return RawArticle(
        text=re.sub(r"\n+", "\n\n", (found.text or "").strip()),
        title=_without_site(head.title or found.title, source),
        url=_url(found.url, url),
        source=source,
        author=head.author or found.author,
        published=published,
        published_known_by=head.known_by or ("guess" if published else None),
        updated=head.updated if head.updated != published else None,
        language=head.language or found.language,
    )


def _tree(html: str) -> Any:
    """Parse a page, or make one of a piece of it."""
    page = DECLARATION.sub("", html)
    tags = sum(1 for _ in TAG.finditer(page))
    if tags > MAX_TAGS:
        raise Unreadable(f"expected a page of at most {MAX_TAGS} tags, got one of {tags}")
    if not PAGE.search(page):
        page = f"<html><body><article>{page}</article></body></html>"
    try:
        tree = load_html(page)
    except Exception as error:
        raise Unreadable(f"expected a page, got one that cannot be parsed: {error!r}") from error
    if tree is None:
        raise Unreadable("expected a page with an article in it, found no text that is one")
    return tree


def _guessed(tree: Any, url: str | None) -> str | None:
    """Return the date that the page most likely bears; whoever shows it says that it is a guess.

    It is the library's first find, and often the day of another story.
    """
    found = find_date(tree, original_date=True, extensive_search=True, url=url)
    return found if isinstance(found, str) else None


def _without_site(title: str | None, source: str | None) -> str | None:
    """Return a headline without the name of the site behind it."""
    found = SITE.match(title or "")
    if not found or not source:
        return title
    names = source.casefold().removesuffix(".com")
    return found[1] if found[2].casefold().startswith(names) else title


def _url(stated: str | None, found_at: str | None) -> str | None:
    """Return the address that the page gives itself, unless that is on another site.

    Else any page could pass itself off as the next version of somebody else's article. What is no
    URL is the page's mistake, not ours.
    """
    try:
        own = canonical_url(stated) if stated else None
    except Unreadable:
        own = None
    if not found_at:
        return own
    found_at = canonical_url(found_at)
    return own if own and _site(own) == _site(found_at) else found_at


def _site(url: str) -> str:
    return PREFIX.sub("", urlsplit(url).hostname or "")
