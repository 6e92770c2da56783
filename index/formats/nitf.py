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

STATUSES: dict[str, PubStatus] = {
    "usable": "usable",
    "canceled": "canceled",
    "withheld": "withheld",
}


def read_nitf(stream: BinaryIO, path: str) -> Findings:
    """Read a file that is one NITF document."""
    yield "", replace(raw_from_nitf(parse_xml(read_document(stream))), path=path)


def raw_from_nitf(nitf: Element, *, needs_body: bool = True) -> RawArticle:
    """Return the story: its body is the text, hedline, byline and docdata what is known of it."""
    content, data = _first(nitf, "body.content"), _first(nitf, "docdata")
    content = _first(nitf, "body") if content is None else content
    text = text_of(content) if content is not None else ""
    release = _attribute(data, "date.release", "norm")
    status = _status(data, release)
    if needs_body and not text and status == "usable":
        raise Unreadable("expected NITF with a body, got none")
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
        status=status,
        usable_from=release if status == "usable" else None,
    )


def _status(data: Element | None, release: str | None) -> PubStatus:
    """Return the status; one that is embargoed until nobody says when is withheld."""
    given = (data.get("management-status") or "usable").lower() if data is not None else "usable"
    if given == "embargoed":
        return "usable" if release else "withheld"
    if given not in STATUSES:
        raise Unreadable(
            f"expected usable, embargoed, withheld or canceled as 'management-status', "
            f"got {given[:40]!r}"
        )
    return STATUSES[given]


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
