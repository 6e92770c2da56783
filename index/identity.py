"""What a reader found becomes an article: normalised, with its identity and its version.

Knows nothing of files, formats or the archive.
"""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import accumulate, pairwise
from urllib.parse import unquote_plus, urlsplit

from babel import Locale
from babel.core import get_global

from index.dates import parse_date, parse_embargo, plausible
from index.documents import Article, KnownBy, PubStatus
from index.errors import Unreadable
from index.notices import correction_notice
from index.text import NORMALISER, normalise, one_line

# "." and ".." match too, but no client can ask for `/v1/articles/..`, so those are hashed.
KEPT_ID = re.compile(r"(?!\.{1,2}$)[A-Za-z0-9._:-]{1,200}")

TITLE_CHARS = 120  # of a title taken from the text, where none was given
LINE_CHARS = 500  # of any title, source or author: beyond it is no such thing
NOTE_CHARS = 2000  # of a notice: an editor's note may be a paragraph

# What makes a version. The facts of the second line count where they are known, so that an article
# without them has the version that it had before there were such facts.
ALWAYS_HASHED = ("id", "title", "text", "url", "source", "author", "published", "language")
HASHED_IF_KNOWN = (
    "updated", "published_known_by", "notice", "copyright", "usable_from", "page_starts",
    "edition",
)  # fmt: skip

HOST = re.compile(r"[\w.:-]+")
DEFAULT_PORTS = {"http": 80, "https": 443}
TRACKING = re.compile(
    r"utm_.*|at_(medium|campaign)|mc_[ce]id|_hsenc|_hsmi|mkt_tok|cmpid|_g[al]|gclid|gclsrc|dclid|"
    r"[gw]braid|fbclid|msclkid|twclid|ttclid|yclid|li_fat_id|igshid|srsltid",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a reader found, as it stood there; only the text is required."""

    text: str
    title: str | None = None
    id: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | date | None = None
    language: str | None = None
    path: str | None = None  # below the ingested folder, where the file is this one article
    updated: str | date | None = None
    published_known_by: KnownBy | None = None  # "given" unless the reader says otherwise
    notice: str | None = None  # IPTC's `ednote`, or a correction notice beside the text
    copyright: str | None = None
    status: PubStatus = "usable"  # anything else withdraws the article; no text is needed then
    usable_from: str | date | None = None  # the end of an embargo
    page_starts: tuple[int, ...] = ()  # where each page begins in `text` as it is here, ascending
    edition: str | None = None  # the sender's own number of this version (IPTC's `version`)


def identify(raw: RawArticle, *, now: datetime | None = None) -> Article:
    """Normalise, name and version what was found; the same input gives the same article."""
    text = normalise(raw.text)
    if not text.strip() and raw.status == "usable":
        raise Unreadable("expected the text of an article, got none")
    url = canonical_url(raw.url) if raw.url and raw.url.strip() else None
    published = _date(raw.published, now)
    article = Article(
        id=_identity(raw, url, text),
        version="",
        title=_line(raw.title) or _opening(text),
        text=text,
        url=url,
        source=_line(raw.source),
        author=_line(raw.author),
        published=published,
        language=iso_639_1(raw.language),
        updated=_date(raw.updated, now),
        published_known_by=(raw.published_known_by or "given") if published else None,
        notice=_note(raw.notice) or correction_notice(text),
        copyright=_line(raw.copyright),
        status=raw.status,
        usable_from=_embargo(raw.usable_from) if raw.status == "usable" else None,
        page_starts=_page_starts(raw, text),
        edition=_line(raw.edition),
    )
    return replace(article, version=_version(article))


def canonical_url(url: str) -> str:
    """Return the one spelling of an http(s) URL, without fragment and tracking parameters."""
    url = normalise(url).strip()
    if re.search(r"[\s\x00-\x1f\x7f]", url) or not re.match(r"(?i)https?://", url):
        raise Unreadable(f"Article URLs are http(s) only, got {url[:80]!r}")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreadable(f"expected the URL of an article, got {url[:80]!r} ({error})") from None
    host = (parts.hostname or "").rstrip(".")
    if not HOST.fullmatch(host) or "@" in parts.netloc:
        raise Unreadable(f"expected a URL with a host and no user name, got {url[:80]!r}")
    host = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    query = "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    return f"{parts.scheme}://{host}{parts.path or '/'}{'?' if query else ''}{query}"


def iso_639_1(language: str | None) -> str | None:
    """Return the two letters of "en", "EN_gb", "eng" or "English"; None for what is no language."""
    words = one_line(language or "").casefold()
    code = re.split("[-_]", words)[0]
    known = _languages()
    return known.get(words) or known.get(code)


@cache
def _languages() -> dict[str, str]:
    """Map two-letter codes, the three-letter codes of the same languages and English names."""
    names = {code: name for code, name in Locale("en").languages.items() if len(code) == 2}
    aliases = {
        three: two
        for three, two in get_global("language_aliases").items()
        if len(three) == 3 and two in names
    }
    return {name.casefold(): code for code, name in names.items()} | aliases | {c: c for c in names}


def _identity(raw: RawArticle, url: str | None, text: str) -> str:
    if raw.id and KEPT_ID.fullmatch(raw.id):
        return raw.id
    if raw.id and raw.id.strip():
        return _hashed("id", normalise(raw.id))
    if url:
        return _hashed("url", url)
    if raw.path:
        return _hashed("path", raw.path)
    if not text.strip():
        raise Unreadable("expected the id or the URL of the article to withdraw, got neither")
    return _hashed("text", text)


def _hashed(kind: str, name: str) -> str:
    # A file name that is not UTF-8 comes as surrogates: they stand for its bytes.
    return f"{kind}-{hashlib.sha256(name.encode(errors='surrogateescape')).hexdigest()[:32]}"


def _version(article: Article) -> str:
    """Hash everything that is stored; a fact that an article lacks leaves no trace in it."""
    facts = {name: getattr(article, name) for name in ALWAYS_HASHED}
    known = {name: getattr(article, name) for name in HASHED_IF_KNOWN}
    if known["published_known_by"] == "given":
        del known["published_known_by"]
    facts |= {name: fact for name, fact in known.items() if fact}
    canonical = json.dumps([NORMALISER, facts], ensure_ascii=False, sort_keys=True, default=_iso)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _iso(moment: date) -> str:
    return moment.isoformat()


def _date(given: str | date | None, now: datetime | None) -> date | None:
    if isinstance(given, str):
        return parse_date(given, now=now)
    return plausible(given, now=now)


def _embargo(given: str | date | None) -> datetime | None:
    """Return when an embargo ends; one that cannot be read keeps the article out altogether."""
    if given is None or given == "":
        return None
    end = parse_embargo(given)
    if end is None:
        raise Unreadable(
            f"expected the end of an embargo as ISO 8601 or RFC 2822, got {str(given)[:80]!r}; "
            "an article is not made public on a guess"
        )
    return end


def _page_starts(raw: RawArticle, text: str) -> tuple[int, ...]:
    """Return where the pages begin once the text is normalised."""
    cuts = [0, *raw.page_starts, len(raw.text)]
    starts = list(accumulate(len(normalise(raw.text[a:b])) for a, b in pairwise(cuts)))
    if raw.page_starts and starts[-1] != len(text):  # a cut inside a CRLF, or before an accent
        starts = [len(normalise(raw.text[:cut])) for cut in raw.page_starts]
    return tuple(starts[: len(raw.page_starts)])


def _note(given: str | None) -> str | None:
    return _cut(one_line(given or ""), NOTE_CHARS) or None


def _line(given: str | None) -> str | None:
    """Return a line of metadata; None where there is nothing in it."""
    return _cut(one_line(given or ""), LINE_CHARS) or None


def _opening(text: str) -> str:
    """Return the first line as a title, cut at a word."""
    first = text.strip().split("\n", 1)[0]
    return _cut(" ".join(first.split()), TITLE_CHARS)


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[:limit]
    return (head.rsplit(" ", 1)[0] if " " in head[limit // 2 :] else head[:-1]) + "…"


def _tracks(parameter: str) -> bool:
    return TRACKING.fullmatch(unquote_plus(parameter.split("=", 1)[0])) is not None
