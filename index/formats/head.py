"""What a page says of itself: JSON-LD, the tags of social networks, `<time>`, its address.

Nothing here looks at the text. Every date says how it was known.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from index.dates import parse_date
from index.documents import KnownBy

# The names that publishers give the two dates, lower case, most specific first.
PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published",
    "parsely-pub-date", "sailthru.date", "publish_date", "publishdate", "publication_date",
    "pubdate",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date",
    "article_date_original", "originalpublicationdate", "date",
)  # fmt: skip
UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified",
    "article.updated", "dcterms.modified", "lastmod", "last-modified",
)  # fmt: skip

# /2019/11/19/, /2019-11-19-, /20191119/: a month alone is no date.
IN_URL = re.compile(
    r"/((?:19|20)\d\d)(?:([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|"
    r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?![0-9])"
)
BY = re.compile(r"^by\s+(?=\S)", re.IGNORECASE)
ARTICLE = re.compile(r"(article|posting|report|newsstory)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What a page states; None where it says nothing."""

    title: str | None = None
    author: str | None = None
    source: str | None = None
    language: str | None = None
    published: str | None = None
    known_by: KnownBy | None = None
    updated: str | None = None


def head_of(tree: Any, *, url: str | None) -> Head:
    """Read the head of a parsed page (lxml) whose address is `url`, if that is known."""
    said = _linked_data(tree)
    meta = _meta(tree)
    published, known_by = _published(tree, said, meta, url)
    return Head(
        title=_text(said.get("headline")) or _text(meta.get("og:title")),
        author=_names(said.get("author")),
        source=_names(said.get("publisher")) or _text(meta.get("og:site_name")),
        language=_language(tree, said, meta),
        published=published,
        known_by=known_by,
        updated=next(_readable([said.get("dateModified"), *(meta.get(n) for n in UPDATED)]), None),
    )


def date_in_url(url: str) -> str | None:
    """Return the date that an address names: /2019/11/19/."""
    found = IN_URL.search(url)
    if not found:
        return None
    year, _, month, day, *together = found.groups()
    return next(_readable(["-".join([year, month or together[0], day or together[1]])]), None)


def _published(
    tree: Any, said: Mapping[str, Any], meta: Mapping[str, str], url: str | None
) -> tuple[str | None, KnownBy | None]:
    """Return the first date that can be read, and how it was known."""
    stated: list[tuple[KnownBy, object]] = [
        ("json-ld", said.get("datePublished")),
        ("json-ld", said.get("dateCreated")),
        *(("meta", meta.get(name)) for name in PUBLISHED),
        *(("meta", time) for time in _times(tree)),
        ("url", date_in_url(url) if url else None),
    ]
    for known_by, date in stated:
        for readable in _readable([date]):
            return readable, known_by
    return None, None


def _readable(dates: list[object]) -> Iterator[str]:
    return (date for date in dates if isinstance(date, str) and parse_date(date))


def _times(tree: Any) -> Iterator[str]:
    """Yield the times that are marked as the day of publication, or the only one on the page."""
    times = tree.xpath("//time[@datetime]")
    marked = [t for t in times if t.get("pubdate") is not None or _marked(t)]
    moments = {time.get("datetime") for time in times}
    yield from (time.get("datetime") for time in marked)
    if len(moments) == 1:
        yield from moments


def _marked(time: Any) -> bool:
    return "datepublished" in (time.get("itemprop") or "").lower()


def _meta(tree: Any) -> dict[str, str]:
    """Return the page's meta tags by their lower-case names, the first of each."""
    tags: dict[str, str] = {}
    for tag in tree.xpath("//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        tags.setdefault(name.lower().strip(), tag.get("content"))
    return tags


def _linked_data(tree: Any) -> Mapping[str, Any]:
    """Return the article that the page describes in JSON-LD, else nothing."""
    found: list[Mapping[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            found += _articles(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue
    # Related stories are described too, but seldom with a date of their own.
    return max(found, key=lambda a: ("datePublished" in a) + ("headline" in a), default={})


def _articles(value: object) -> Iterator[Mapping[str, Any]]:
    """Yield the articles in a list, a graph, or as what a page is about."""
    if isinstance(value, list):
        for each in value:
            yield from _articles(each)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(isinstance(k, str) and ARTICLE.search(k) for k in _list(kinds)):
            yield value
        yield from _articles([value.get("@graph"), value.get("mainEntity")])


def _names(value: object) -> str | None:
    """Return people or publishers as one line; an address is nobody's name."""
    names = [each.get("name") if isinstance(each, dict) else each for each in _list(value)]
    flat = [_text(name) for each in names for name in _list(each)]
    kept = [BY.sub("", name) for name in flat if name and "://" not in name]
    return ", ".join(dict.fromkeys(kept)) or None


def _language(tree: Any, said: Mapping[str, Any], meta: Mapping[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    stated = [root.get("lang"), said.get("inLanguage"), meta.get("og:locale")]
    return next((each for each in map(_text, stated) if each), None)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """Return a line of text; publishers put entities into JSON, where they are not decoded."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None
