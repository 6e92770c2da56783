"""IPTC ninjs 1.x to 3.x: one news item as a JSON object. Knows nothing of files.

The three generations say the same in other words: `body_html`, `bodies`; `byline`, `by`;
`versioncreated`, `versionCreated`. Names are therefore compared without case.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from index.documents import PubStatus
from index.errors import Unreadable
from index.formats.markup import text_of_html
from index.identity import RawArticle

# What only ninjs has beside `uri`; a plain record of ours has none of these.
MARKS = frozenset(
    "versioncreated pubstatus copyrightnotice copyrightholder bodies headlines descriptions "
    "eventdetails renditions associations body_text body_html body_xhtml headline_main body_main "
    "description_text byline by altids representationtype ednote contentcreated".split()
)
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
    return isinstance(record.get("uri"), str) and bool(names & MARKS)


def raw_from_ninjs(record: Mapping[str, object]) -> RawArticle:
    """Return what the item says; its text is the body, or the caption where there is no body."""
    item = {name.lower(): value for name, value in record.items()}
    title = _first(item, "headline", "headlines") or _string(item, "title")
    status = _status(item)
    text = _without_title(_body(item) or _caption(item), title)
    if not text.strip() and status == "usable":
        raise Unreadable("expected a ninjs item with a body or a description, got neither")
    uri = _string(item, "uri") or ""
    first, current = _string(item, "firstcreated"), _string(item, "versioncreated")
    return RawArticle(
        text=text,
        title=title or _string(item, "slugline"),
        id=uri,
        url=_page(item, uri),
        source=_names(item.get("infosource") or item.get("infosources"))
        or _string(item, "copyrightholder", "source"),
        author=_string(item, "by", "byline"),
        published=first or current or _string(item, "contentcreated"),
        published_known_by="feed",
        updated=current if first and current != first else None,
        language=_string(item, "language"),
        notice=_string(item, "ednote"),
        copyright=_string(item, "copyrightnotice", "copyrightholder"),
        status=status,
        usable_from=_string(item, "embargoed"),
        edition=_string(item, "version"),
    )


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
    for name, value in item.items():
        if name.startswith(f"{stem}_") and isinstance(value, str):
            yield name.removeprefix(f"{stem}_"), name, value


def _listed(item: Mapping[str, object], name: str) -> Iterator[tuple[str, str, str]]:
    """Yield role, content type and text of `bodies`, `headlines` … (ninjs 2 and 3)."""
    values = item.get(name)
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict) and isinstance(value.get("value"), str):
            kind = value.get("contentType") or value.get("contenttype") or value.get("role") or ""
            yield str(value.get("role") or ""), str(kind), value["value"]


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


def _names(value: object) -> str | None:
    listed = value if isinstance(value, list) else [value]
    names = [each.get("name") for each in listed if isinstance(each, dict)]
    return ", ".join(name for name in names if isinstance(name, str)) or None


def _string(item: Mapping[str, object], *names: str) -> str | None:
    """Return the first of these properties that is there; a number as its digits."""
    for name in names:
        value = item.get(name)
        if value is not None and not isinstance(value, str):
            raise Unreadable(f"expected a string as {name!r}, got {str(value)[:80]}")
        if value and value.strip():
            return value
    return None


def _without_title(text: str, title: str | None) -> str:
    """Return the text without a first paragraph that only says the headline again."""
    first, _, rest = text.lstrip().partition("\n")
    return rest.lstrip() if title and rest.strip() and first.strip() == title.strip() else text
