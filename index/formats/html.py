"""A web page as one article: its text and what its head says of it, through trafilatura."""

import re
from dataclasses import replace
from typing import BinaryIO

from trafilatura import bare_extraction
from trafilatura.settings import Document

from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import decode, read_document
from index.identity import RawArticle, canonical_url

# A date in the page's head or in its URL was stated; one found by searching the whole page for
# anything like a date is a guess, and often the day of another story.
DATES_STATED = {"original_date": True, "extensive_search": False}

# The extractor takes time quadratic in a page's elements: 5,000 in one paragraph took 1 s, 20,000
# took 39 s. The largest of 181 news pages had 1,709.
MAX_TAGS = 20_000

TAG = re.compile(r"<[a-zA-Z]")
PAGE = re.compile(r"<(html|body|head|!doctype)\b", re.IGNORECASE)
LANGUAGE = re.compile(r"""<html\b[^>]{0,500}?\blang\s*=\s*["']?([a-z_-]{2,20})""", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # names an encoding that the text is no longer in


def read_html(stream: BinaryIO, path: str) -> Findings:
    """Read one page; a page without an article in it is `Unreadable`."""
    yield "", replace(raw_from_html(decode(read_document(stream))), path=path)


def raw_from_html(html: str) -> RawArticle:
    """Return the article of a page, or of a piece of one, with a blank line between paragraphs."""
    page = DECLARATION.sub("", html)
    tags = sum(1 for _ in TAG.finditer(page))
    if tags > MAX_TAGS:
        raise Unreadable(f"expected a page of at most {MAX_TAGS} tags, got one of {tags}")
    if not PAGE.search(page):
        page = f"<html><body><article>{page}</article></body></html>"
    found = _extracted(page)
    if found is None or not (found.text or "").strip():
        raise Unreadable("expected a page with an article in it, found no text that is one")
    return RawArticle(
        text=re.sub(r"\n+", "\n\n", (found.text or "").strip()),
        title=found.title,
        url=_url(found.url),
        source=found.sitename,
        author=found.author,
        published=found.date,
        language=found.language or _language(html),
    )


def _extracted(page: str) -> Document | None:
    try:
        found = bare_extraction(
            page,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(DATES_STATED),
        )
    except Exception as error:  # anything can be on a page, and one page never stops the others
        raise Unreadable(f"expected a page, got one that cannot be parsed: {error!r}") from error
    return found if isinstance(found, Document) else None


def _url(stated: str | None) -> str | None:
    """Return the URL that the page gives itself; what is none is the page's mistake, not ours."""
    try:
        return canonical_url(stated) if stated else None
    except Unreadable:
        return None


def _language(html: str) -> str | None:
    """Return the language that the page states of itself."""
    stated = LANGUAGE.search(html)
    return stated[1] if stated else None
