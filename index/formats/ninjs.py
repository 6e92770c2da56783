"""IPTC ninjs 1.x to 3.x: one news item as a JSON object. Knows nothing of files.

The three generations say the same in other words: `body_html`, `bodies`; `byline`, `by`;
`versioncreated`, `versionCreated`. Names are therefore compared without case.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from index.documents import PubStatus
from index.errors import Unreadable
from index.formats.departures import MAX_DEPARTURES, ninjs_departures
from index.formats.markup import text_of_html
from index.identity import RawArticle

# What only ninjs has beside `uri`; a plain record of ours has none of these.
MARKS = frozenset(
    "versioncreated pubstatus copyrightnotice copyrightholder bodies headlines descriptions "
    "eventdetails renditions associations body_text body_html body_xhtml headline_main body_main "
    "description_text byline by altids representationtype ednote contentcreated".split()
)
# What no other JSON has; beside a body of ours, an object without `uri` is a record of ours.
BODIES = frozenset("bodies body_text body_html body_xhtml".split())
OTHERS = frozenset("text body content html".split())
EMBARGO = ("embargoed", "embargoeduntil")  # until ninjs 2, and from 3 on
STATUSES: dict[str, PubStatus] = {
    "usable": "usable",
    "canceled": "canceled",
    "cancelled": "canceled",
    "withheld": "withheld",
}
# What else is said of a picture is no caption of it.
NO_CAPTIONS = frozenset(["creditline", "writer", "usageterms"])


def is_ninjs(record: Mapping[str, object]) -> bool:
    """Whether a JSON object is a ninjs item rather than a record of ours."""
    names = {name.lower() for name in record}
    if "uri" in names:
        return bool(names & MARKS)
    return bool(names & BODIES) and not names & OTHERS


def raw_from_ninjs(record: Mapping[str, object]) -> RawArticle:
    """Return what the item says; its text is the body, or the caption where there is no body."""
    item = {name.lower(): value for name, value in record.items()}
    uri = _string(item, "uri")
    if uri is None:
        raise Unreadable(
            "expected a string as 'uri', which names a ninjs item, got none; a record of your own "
            "is read with --map html=FIELD or text=FIELD"
        )
    title = _first(item, "headline", "headlines") or _string(item, "title")
    status = _status(item)
    text = _without_title(_body(item) or _caption(item), title)
    if not text.strip() and status == "usable":
        besides = "; besides, ".join(["", *islice(ninjs_departures(record), MAX_DEPARTURES)])
        raise Unreadable(
            f"expected a ninjs item with a body or a description, got neither{besides}"
        )
    first, current = _string(item, "firstcreated"), _string(item, "versioncreated")
    return RawArticle(
        text=text,
        title=title or _string(item, "slugline"),
        id=uri,
        url=_page(item, uri),
        source=_names(item, "infosource")
        or _names(item, "infosources")
        or _string(item, "copyrightholder", "source"),
        author=_string(item, "by", "byline"),
        published=first or current or _string(item, "contentcreated"),
        published_known_by="feed",
        updated=current if first and current != first else None,
        language=_string(item, "language"),
        notice=_string(item, "ednote"),
        copyright=_string(item, "copyrightnotice", "copyrightholder"),
        status=status,
        usable_from=_embargo(item),
        edition=_version(item),
    )


def _embargo(item: Mapping[str, object]) -> str | None:
    """Return the end of an embargo; one that is told in another field is not passed over."""
    known = _string(item, *EMBARGO)
    for name, value in item.items():
        if not known and name.startswith("embargo") and name not in EMBARGO and value:
            raise Unreadable(
                f"expected the end of an embargo as 'embargoed' or 'embargoedUntil', got {name!r}; "
                "an article is not made public on a guess"
            )
    return known


def _version(item: Mapping[str, object]) -> str | None:
    """Return what the sender calls the version: a string by the standard, often a number."""
    value = item.get("version")
    number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if number else _string(item, "version")


def _body(item: Mapping[str, object]) -> str:
    """Return the body with paragraphs: of several, markup before plain text."""
    bodies = [*_variants(item, "body"), *_listed(item, "bodies")]
    marked = [value for _, kind, value in bodies if _is_html(kind, value)]
    plain = [value for _, kind, value in bodies if not _is_html(kind, value) and "<" not in kind]
    texts = [text_of_html(value) for value in marked if "nitf" not in value[:200].lower()]
    texts += [value for value in plain if not value.lstrip().startswith("<")]
    texts += [text_of_html(value) for value in marked if "nitf" in value[:200].lower()]
    return next((text for text in texts if text.strip()), "")


def _caption(item: Mapping[str, object]) -> str:
    described = [*_variants(item, "description"), *_listed(item, "descriptions")]
    for role, kind, value in described:
        if role not in NO_CAPTIONS and value.strip():
            return text_of_html(value) if _is_html(kind, value) else value
    return ""


def _variants(item: Mapping[str, object], stem: str) -> Iterator[tuple[str, str, str]]:
    """Yield role, content type and text of `body_text`, `body_xhtml` … (ninjs 1)."""
    for name in item:
        if name.startswith(f"{stem}_") and (value := _string(item, name)):
            yield name.removeprefix(f"{stem}_"), name, value


def _listed(item: Mapping[str, object], name: str) -> Iterator[tuple[str, str, str]]:
    """Yield role, content type and text of `bodies`, `headlines` … (ninjs 2 and 3)."""
    for value in _objects(item, name):
        text = _string(value, "value", called=f"{name}.value")
        kind = value.get("contentType") or value.get("contenttype") or value.get("role") or ""
        yield str(value.get("role") or ""), str(kind), text or ""


def _objects(item: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """Return the objects that a property lists; one that stands alone is a list of one."""
    value = item.get(name)
    listed: list[Any] = value if isinstance(value, list) else [] if value is None else [value]
    for each in listed:
        if not isinstance(each, dict):
            raise Unreadable(f"expected a list of objects as {name!r}, got {_shown(value)}")
    return listed


def _is_html(kind: str, value: str) -> bool:
    return value.lstrip().startswith("<") or any(
        mark in kind.lower() for mark in ("html", "xml", "nitf", "richtext")
    )


def _first(item: Mapping[str, object], name: str, plural: str) -> str | None:
    """Return `headline`, `headline_main`, or the main one of `headlines`."""
    listed = sorted(_listed(item, plural), key=lambda variant: variant[0] != "main")
    found = [_string(item, name), *(v for *_, v in [*_variants(item, name), *listed])]
    return next((value for value in found if value and value.strip()), None)


def _status(item: Mapping[str, object]) -> PubStatus:
    """Return the status; one that is not known is no leave to publish."""
    given = (_string(item, "pubstatus") or "usable").rpartition(":")[2].lower()
    if given not in STATUSES:
        raise Unreadable(
            f"expected usable, canceled or withheld as 'pubstatus', got {given[:40]!r}"
        )
    return STATUSES[given]


def _page(item: Mapping[str, object], uri: str) -> str | None:
    """Return where the public finds it; a uri is a name first, but often also that place."""
    stated = _string(item, "url", "webpage")
    candidate = stated or uri
    return candidate if urlsplit(candidate).scheme in ("http", "https") else None


def _names(item: Mapping[str, object], name: str) -> str | None:
    """Return the names of the parties listed there; a bare name is one too."""
    value = item.get(name)
    if isinstance(value, str):
        return value
    names = [_string(each, "name", called=f"{name}.name") for each in _objects(item, name)]
    return ", ".join(each for each in names if each) or None


def _string(item: Mapping[str, object], *names: str, called: str | None = None) -> str | None:
    """Return the first of these properties that is there and not empty."""
    for name in names:
        value = item.get(name)
        if value is not None and not isinstance(value, str):
            raise Unreadable(f"expected a string as {called or name!r}, got {_shown(value)}")
        if value and value.strip():
            return value
    return None


def _shown(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)[:80]


def _without_title(text: str, title: str | None) -> str:
    """Return the text without a first paragraph that only says the headline again."""
    first, _, rest = text.lstrip().partition("\n")
    return rest.lstrip() if title and rest.strip() and first.strip() == title.strip() else text
