"""JSON objects as articles: one, a list, `{"articles": […]}`, or one to a line.

An object is a record of ours, an IPTC ninjs item or a JSON Feed, and is told by what is in it.
Fields: `id, title, text | body | content | html, url, source, author | authors,
published | date, published_known_by, language, updated, notice, copyright, status, usable_from,
edition`.
Unknown fields are ignored; a known one of another type is refused.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import BinaryIO, get_args

from index.documents import Article, KnownBy, PubStatus
from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import MAX_DOCUMENT, decode_marked, read_document
from index.formats.entries import Follow
from index.formats.fields import OURS, mapped
from index.formats.html import raw_from_html
from index.formats.jsonfeed import is_json_feed, read_items
from index.formats.ninjs import is_ninjs, raw_from_ninjs
from index.identity import RawArticle, identify

TEXTS = ("text", "body", "content")
NAMES = OURS | {*TEXTS, "authors", "date"}  # that a record may have
STATUSES: dict[str, PubStatus] = {s: s for s in get_args(PubStatus)}
KNOWN_BY: dict[str, KnownBy] = {k: k for k in get_args(KnownBy)}

NOT_EMBARGOED = frozenset(["", "no", "none", "false", "0", "n", "null"])

NO_MAP: Mapping[str, str] = MappingProxyType({})

MAX_LINE = 16 * 2**20  # bytes of one JSON line; the rest of a longer one is skipped, not kept


def article_from_record(record: Mapping[str, object]) -> Article:
    """Build the article that a record describes; `Unreadable` says which field is wrong."""
    return identify(raw_from_object(record))


def read_json(
    stream: BinaryIO,
    path: str,
    *,
    fields: Mapping[str, str] = NO_MAP,
    follow: Follow | None = None,
) -> Findings:
    """Read one object, a list of them, or an object with a list of them under `articles`."""
    value = _parse(decode_marked(read_document(stream)))
    if isinstance(value, dict) and is_json_feed(value):
        yield from read_items(value, follow=follow)
        return
    if isinstance(value, dict) and isinstance(value.get("articles"), list):
        value = value["articles"]
    if isinstance(value, list):
        for number, record in enumerate(value):
            yield f"[{number}]", _checked(record, fields)
    else:
        found = _checked(value, fields)
        yield "", replace(found, path=path) if isinstance(found, RawArticle) else found


def read_json_lines(stream: BinaryIO, path: str, *, fields: Mapping[str, str] = NO_MAP) -> Findings:
    """Read one object a line, holding one line in memory; blank lines are passed over."""
    empty = True
    for number, line in enumerate(_lines(stream), start=1):
        if isinstance(line, bytes) and not line.strip():
            continue
        empty = False
        yield f":{number}", line if isinstance(line, Unreadable) else _record_on(line, fields)
    if empty:
        raise Unreadable("expected one JSON object a line, got an empty file")


def raw_from_object(record: Mapping[str, object], fields: Mapping[str, str] = NO_MAP) -> RawArticle:
    """Return what a ninjs item says, or a record of ours; a map of fields means the latter."""
    if not fields and is_ninjs(record):
        return raw_from_ninjs(record)
    return raw_from_record(mapped(record, fields))


def raw_from_record(record: Mapping[str, object]) -> RawArticle:
    """Return what the record says, unchanged but for its types."""
    html = _text(record, "html")
    text = _text(record, *TEXTS)
    status = _status(record)
    if not (text or html) and status == "usable":
        raise Unreadable(f"expected an article's text as {', '.join(TEXTS)} or html, got none")
    found = raw_from_html(html) if html and text is None else RawArticle(text or "")
    published = _text(record, "published", "date")
    return RawArticle(
        text=found.text,
        title=_text(record, "title") or found.title,
        id=_text_or_number(record, "id"),
        url=_text(record, "url") or found.url,
        source=_text(record, "source") or found.source,
        author=_authors(record) or found.author,
        published=published or found.published,
        language=_text(record, "language") or found.language,
        updated=_text(record, "updated") or found.updated,
        published_known_by=_known_by(record) if published else found.published_known_by,
        notice=_text(record, "notice") or found.notice,
        copyright=_text(record, "copyright") or found.copyright,
        status=status,
        usable_from=_embargo(record),
        edition=_text_or_number(record, "edition"),
    )


def _text(record: Mapping[str, object], *names: str) -> str | None:
    """Return the first of these fields that is there and not empty."""
    for name in names:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise _wrong(name, "a string", value)
        if value and value.strip():
            return value
    return None


def _status(record: Mapping[str, object]) -> PubStatus:
    """Return the status; one that is not known is no leave to publish."""
    given = _text(record, "status")
    if given is not None and given not in STATUSES:
        raise _wrong("status", f"one of {', '.join(STATUSES)}", given)
    return STATUSES[given or "usable"]


def _embargo(record: Mapping[str, object]) -> str | None:
    """Return the end of an embargo; one that is told in another field is not passed over."""
    known = _text(record, "usable_from")
    for name, value in record.items():
        told = str(value or "").strip().casefold() not in NOT_EMBARGOED
        if not known and told and name.casefold().startswith("embargo"):
            raise Unreadable(
                f"expected the end of an embargo as 'usable_from', got {name[:40]!r}; "
                "an article is not made public on a guess"
            )
    return known


def _known_by(record: Mapping[str, object]) -> KnownBy:
    """Return how the date is known: a guess that was read elsewhere stays a guess here."""
    given = _text(record, "published_known_by")
    if given is not None and given not in KNOWN_BY:
        raise _wrong("published_known_by", f"one of {', '.join(KNOWN_BY)}", given)
    return KNOWN_BY[given or "given"]


def _text_or_number(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(record, name)


def _authors(record: Mapping[str, object]) -> str | None:
    """Return the authors as one line, from strings or objects with a `name`."""
    field = "author" if record.get("author") else "authors"
    value = record.get(field)
    if value is None or isinstance(value, str):
        return value
    names = [_name(item) for item in (value if isinstance(value, list) else [value])]
    if any(name is None for name in names):
        raise _wrong(field, 'strings or objects with a "name"', value)
    return ", ".join(name.strip() for name in names if name and name.strip()) or None


def _name(item: object) -> str | None:
    name = item.get("name") if isinstance(item, dict) else item
    return name if isinstance(name, str) else None


def _wrong(field: str, expected: str, value: object) -> Unreadable:
    got = json.dumps(value, default=str)
    return Unreadable(f"expected {expected} as {field!r}, got {got[:80]}")


def _checked(value: object, fields: Mapping[str, str]) -> RawArticle | Unreadable:
    if not isinstance(value, dict):
        return Unreadable(f"expected a JSON object, got {json.dumps(value)[:80]}")
    try:
        return raw_from_object(value, fields)
    except Unreadable as error:
        return error


def _record_on(line: bytes, fields: Mapping[str, str]) -> RawArticle | Unreadable:
    try:
        return _checked(_parse(decode_marked(line)), fields)
    except Unreadable as error:
        return error


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        hint = "; one object a line is read as .jsonl" if error.msg == "Extra data" else ""
        raise Unreadable(f"expected JSON, got {error}{hint}") from None
    except (RecursionError, ValueError) as error:  # nested, or a number, beyond all measure
        raise Unreadable(f"expected JSON of a record, got {error}") from None


def _lines(stream: BinaryIO) -> Iterator[bytes | Unreadable]:
    """Yield the lines; in UTF-16 a line end is no byte of its own, so that is read whole."""
    line = stream.readline(MAX_LINE + 1)
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        whole = BytesIO(line + stream.read(MAX_DOCUMENT + 1))
        stream = BytesIO(decode_marked(read_document(whole)).encode())
        line = stream.readline(MAX_LINE + 1)
    while line:
        if len(line) > MAX_LINE:
            yield Unreadable(f"expected a line of at most {MAX_LINE >> 20} MB, got a longer one")
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE)
        else:
            yield line
        line = stream.readline(MAX_LINE + 1)
