"""OPML: the list of feeds that a feed reader keeps."""

from index.errors import Unreadable
from index.formats.markup import local_name
from index.formats.xml import parse_xml


def subscriptions(opml: bytes) -> list[str]:
    """Return the addresses of the feeds, each once, in their order."""
    root = parse_xml(opml)
    if local_name(root) != "opml":
        raise Unreadable(f"expected OPML, got <{local_name(root)[:40]}>")
    found = [
        value.strip()
        for outline in root.iter()
        for name, value in outline.attrib.items()
        if local_name(outline) == "outline" and name.lower() == "xmlurl" and value.strip()
    ]
    if not found:
        raise Unreadable("expected OPML with feeds (outlines with xmlUrl), got none")
    return list(dict.fromkeys(found))
