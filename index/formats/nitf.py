"""NITF: the news story as XML that wires put into NewsML-G2, or send as a file of its own."""

from dataclasses import replace
from typing import BinaryIO
from xml.etree.ElementTree import Element

from index.documents import PubStatus
from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import read_document
from index.formats.markup import local_name, text_of
from index.formats.xml import parse_xml
from index.identity import RawArticle

STATUSES: dict[str, PubStatus] = {"canceled": "canceled", "embargoed": "withheld"}


def read_nitf(stream: BinaryIO, path: str) -> Findings:
    """Read a file that is one NITF document."""
    yield "", replace(raw_from_nitf(parse_xml(read_document(stream))), path=path)


def raw_from_nitf(nitf: Element) -> RawArticle:
    """Return the story: its body is the text, hedline, byline and docdata what is known of it."""
    content = _first(nitf, "body.content") or _first(nitf, "body")
    data = _first(nitf, "docdata")
    status = (data.get("management-status") or "usable").lower() if data is not None else "usable"
    text = text_of(content) if content is not None else ""
    if not text and status not in STATUSES:
        raise Unreadable("expected NITF with a body, got none")
    known = STATUSES.get(status, "usable")
    return RawArticle(
        text=text,
        title=_said(nitf, "hl1") or _said(nitf, "hedline") or _said(nitf, "title"),
        id=_attribute(data, "doc-id", "id-string"),
        author=_said(nitf, "byline"),
        source=_said(nitf, "distributor") or _attribute(data, "doc-id", "regsrc"),
        published=_attribute(data, "date.issue", "norm"),
        published_known_by="feed",
        language=nitf.get("{http://www.w3.org/XML/1998/namespace}lang"),
        notice=_attribute(data, "ed-msg", "info"),
        copyright=_copyright(data),
        status=known,
        usable_from=None if known == "canceled" else _attribute(data, "date.release", "norm"),
    )


def _first(element: Element, name: str) -> Element | None:
    return next((each for each in element.iter() if local_name(each) == name), None)


def _said(element: Element, name: str) -> str | None:
    found = _first(element, name)
    return " ".join(text_of(found).split()) or None if found is not None else None


def _attribute(data: Element | None, name: str, attribute: str) -> str | None:
    found = _first(data, name) if data is not None else None
    return found.get(attribute) if found is not None else None


def _copyright(data: Element | None) -> str | None:
    year = _attribute(data, "doc.copyright", "year") or ""
    holder = _attribute(data, "doc.copyright", "holder") or ""
    return f"{year} {holder}".strip() or None
