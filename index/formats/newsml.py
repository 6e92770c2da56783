"""IPTC NewsML-G2: news items, packages and messages of many of them, as agencies send them.

Codes are compared by their last part (`stat:canceled`, `http://…/pubstatusg2/canceled`): the
catalogues that say what an alias stands for are elsewhere, and nothing is fetched to read a file.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, get_args
from xml.etree.ElementTree import Element

from index.documents import PubStatus
from index.errors import Unreadable
from index.formats import Findings
from index.formats.departures import MAX_DEPARTURES, newsml_departures
from index.formats.markup import local_name, text_of, text_of_html
from index.formats.nitf import raw_from_nitf
from index.formats.xml import outermost
from index.identity import RawArticle

NO_NEWS = frozenset("conceptitem knowledgeitem catalogitem planningitem catalog scheme".split())
ITEMS = frozenset(["newsitem", "packageitem"])
WHOLE = ITEMS | NO_NEWS
REQUIRED = ("itemclass", "provider", "versioncreated")  # of itemMeta, in every version
STATUSES: dict[str, PubStatus] = {s: s for s in get_args(PubStatus)}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def read_newsml(stream: BinaryIO, path: str) -> Findings:
    """Read one item, or every item of a message, holding one in memory."""
    number = 0
    for root, item in outermost(stream, WHOLE):
        if local_name(item) in WHOLE:
            yield "" if root else f"[{number}]", _found(item)
            number += 1
        elif not number:
            name = local_name(item)[:40]
            yield "", Unreadable(f"expected a NewsML-G2 item or message, got <{name}>")


def _found(item: Element) -> RawArticle | Unreadable:
    try:
        return raw_from_item(item)
    except Unreadable as error:
        besides = "; besides, ".join(islice(newsml_departures(item), MAX_DEPARTURES))
        return Unreadable(f"{error}; besides, {besides}") if besides else error


def raw_from_item(item: Element) -> RawArticle:
    """Return what a newsItem or packageItem says; what is no news, or no valid item, is refused."""
    name = local_name(item)
    if name not in ITEMS:
        raise Unreadable(f"expected news, got a {name}: it describes news, and is none")
    _check(item)
    meta, content = _need(item, "itemmeta"), _child(item, "contentmeta")
    inner = _inner(item) if name == "newsitem" else RawArticle(_summaries(item))
    status = _status(meta) if inner.status == "usable" else inner.status
    text = inner.text or (_described(content) if content is not None else "")
    if not text and status == "usable":
        raise Unreadable(f"expected a {name} with text in it, got {_instead(item)}")
    first, current = _said(meta, "firstcreated"), _said(meta, "versioncreated")
    made = _said(content, "contentcreated")
    return RawArticle(
        text=text,
        title=_said(content, "headline") or inner.title or _said(meta, "title"),
        id=item.get("guid"),
        url=_link(meta),
        source=_party(content, "infosource") or _party(meta, "provider") or inner.source,
        author=_said(content, "by") or _party(content, "creator") or inner.author,
        published=first or made or current,
        published_known_by="feed",
        updated=current if current != (first or made or current) else None,
        language=_language(item, content) or inner.language,
        notice=_said(meta, "ednote") or inner.notice,
        copyright=_copyright(item) or inner.copyright,
        status=status,
        usable_from=_embargo(meta) or inner.usable_from,
        edition=item.get("version"),
    )


def _check(item: Element) -> None:
    """Refuse what no version of the standard allows; a schema would also refuse extensions."""
    meta = _need(item, "itemmeta")
    missing = [name for name in REQUIRED if _child(meta, name) is None]
    if missing or not item.get("guid"):
        lacks = ", ".join(missing) or "guid"
        raise Unreadable(f"expected a whole {local_name(item)}, got one without {lacks}")
    edition = item.get("version", "1")
    if not re.fullmatch("[0-9]{1,20}", edition):
        raise Unreadable(f"expected a number as 'version', got {edition[:80]!r}")
    for element in item.iter():
        for attribute, value in element.attrib.items():
            if attribute in ("href", "residrefformaturi") and BAD_ESCAPE.search(value):
                raise Unreadable(f"expected a URI as {attribute!r}, got {value[:80]!r}")


def _inner(item: Element) -> RawArticle:
    """Return the story in the first kind of content that holds one."""
    contents = _child(item, "contentset")
    for content in contents if contents is not None else ():
        if local_name(content) == "inlinexml":
            found = next((_story(each) for each in content if local_name(each)), None)
            if found and (found.text or found.status != "usable"):
                return found
        elif local_name(content) == "inlinedata":
            found = RawArticle(_inline(content))
            if found.text:
                return found
    return RawArticle("")


def _inline(data: Element) -> str:
    """Return the text that an item holds as characters: plain, or escaped HTML; none in base64."""
    kind = (data.get("contenttype") or "text/plain").lower()
    if (
        data.get("encoding")
        or data.get("encodinguri")
        or not kind.startswith(("text/plain", "text/html"))
    ):
        return ""
    text = (data.text or "").strip()
    return text_of_html(text) if kind.startswith("text/html") and text else text


def _story(root: Element) -> RawArticle:
    if local_name(root) == "nitf":
        return raw_from_nitf(root, needs_body=False)
    # Of tables of results, timetables and the like only the prose can be quoted.
    prose = local_name(root) in ("html", "body", "div") or any(
        local_name(each) == "p" for each in root.iter()
    )
    return RawArticle(text_of(root) if prose else "")


def _summaries(package: Element) -> str:
    """Return what a package says of the items it refers to: their titles and descriptions."""
    found = []
    for reference in package.iter():
        if local_name(reference) == "itemref":
            found += [_said(reference, "title"), _described(reference)]
    # An item may stand in two groups; it is said once.
    return "\n\n".join(dict.fromkeys(said for said in found if said))


def _described(element: Element) -> str:
    paragraphs = [text_of(each) for each in element if local_name(each) == "description"]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _status(meta: Element) -> PubStatus:
    """Return the status; one that is not known is no leave to publish."""
    stated = _child(meta, "pubstatus")
    if stated is None:
        return "usable"
    code = re.split("[:/#]", stated.get("qcode") or stated.get("uri") or "")[-1].lower()
    if code not in STATUSES:
        raise Unreadable(f"expected {', '.join(STATUSES)} as pubStatus, got {code[:40]!r}")
    return STATUSES[code]


def _embargo(meta: Element) -> str | None:
    """Return the end of an embargo; an empty one has no end, and nobody may read the item."""
    end = _said(meta, "embargoed")
    if end is None and _child(meta, "embargoed") is not None:
        raise Unreadable("expected the end of an embargo as 'embargoed', got an empty one")
    return end


def _instead(item: Element) -> str:
    """Say what an item without text holds."""
    contents = _child(item, "contentset")
    kinds = [
        f"{local_name(each)} {each.get('contenttype') or ''}".strip()
        for each in (contents if contents is not None else ())
        if local_name(each)
    ]
    references = sum(local_name(each) == "itemref" for each in item.iter())
    if references:
        return f"only {references} references to other items: nothing is fetched to read a package"
    return f"only {', '.join(dict.fromkeys(kinds))}" if kinds else "no content at all"


def _copyright(item: Element) -> str | None:
    rights = _child(item, "rightsinfo")
    return _said(rights, "copyrightnotice") or _party(rights, "copyrightholder")


def _language(item: Element, content: Element | None) -> str | None:
    stated = _child(content, "language")
    return (stated.get("tag") if stated is not None else None) or item.get(LANG)


def _link(meta: Element) -> str | None:
    """Return where the public finds the item, if it says so."""
    for link in meta:
        if local_name(link) == "link" and link.get("rel", "").endswith(("publishedAs", "webpage")):
            return link.get("href")
    return None


def _party(element: Element | None, name: str) -> str | None:
    """Return the names of those given as `name`, else the end of their code."""
    names = []
    for party in _children(element, name):
        called = _said(party, "name") or party.get("literal")
        names.append(called or (party.get("qcode") or "").rpartition(":")[2])
    return ", ".join(name for name in names if name) or None


def _said(element: Element | None, name: str) -> str | None:
    found = _child(element, name)
    return " ".join(text_of(found).split()) or None if found is not None else None


def _need(item: Element, name: str) -> Element:
    found = _child(item, name)
    if found is None:
        raise Unreadable(f"expected a whole {local_name(item)}, got one without {name}")
    return found


def _child(element: Element | None, name: str) -> Element | None:
    return next(_children(element, name), None)


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (each for each in (element if element is not None else ()) if local_name(each) == name)
