"""Where a wire item departs from its standard in what is not read here.

Agencies add fields of their own, and no story is refused for that. Where an item is refused
anyway, because there is no news in it, these sentences name what else is wrong with it. Faults in
what is read are refused by the readers themselves.
"""

import re
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from index.formats.markup import local_name

# The fields of ninjs, of every generation, in lower case; more begin as `NINJS_STEMS` do.
NINJS = frozenset(
    "$schema $standard standard uri type mimetype representationtype profile version "
    "versioncreated firstcreated contentcreated pubstatus urgency copyrightholder copyrightnotice "
    "usageterms rightsinfo embargoed embargoeduntil expires language title headline headlines "
    "slugline byline by ednote located charcount wordcount bodies descriptions renditions "
    "associations altids trustindicator trustindicators digitalsourcetype genre genres infosource "
    "infosources person people organisation organisations place places subject subjects event "
    "events eventdetails object objects plannedcoverage".split()
)
NINJS_STEMS = ("body_", "description_", "headline_")

MAX_DEPARTURES = 3  # are named of one item

NAMESPACE = "{http://iptc.org/std/nar/2006-10-01/}"
VERSION = re.compile(r"2\.(\d{1,3})$")
CATALOG_OPTIONAL = 30  # NewsML-G2 2.30; before it every item names the catalogue of its codes
MAX_RELATED = 3  # deep
IN_ORGANISATION = frozenset(
    "founded dissolved location affiliation contactinfo hasinstrument".split()
)

# Since which 2.x there has been such a child (or @attribute) of such an element.
SINCE = {
    ("concept", "hasinstrument"): 31,
    ("organisationdetails", "affiliation"): 29,
    **{
        (owner, f"@{name}"): 29
        for owner in ("scheme", "schememeta")
        for name in ("schemecreated", "schememodified", "schemeretired")
    },
}


def ninjs_departures(names: Collection[str]) -> Iterator[str]:
    """Say which fields ninjs does not have, in any generation."""
    for name in names:
        if name.lower() not in NINJS and not name.lower().startswith(NINJS_STEMS):
            yield f"{name[:60]!r} is no field of ninjs"


def newsml_departures(item: Element) -> Iterator[str]:
    """Say what the version of NewsML-G2 that the item names does not allow."""
    declared = VERSION.match(item.get("standardversion") or "")
    version = int(declared[1]) if declared else None
    if version is not None and version < CATALOG_OPTIONAL and not _has_catalog(item):
        yield f"NewsML-G2 2.{version} needs a catalogRef"
    if _related_depth(item) > MAX_RELATED:
        yield f"<related> may be nested {MAX_RELATED} deep and is nested {_related_depth(item)}"
    for parent in item.iter():
        yield from _misplaced(parent, local_name(item))
        if version is not None:
            yield from _too_early(parent, version)


def _has_catalog(item: Element) -> bool:
    return any(local_name(child) in ("catalogref", "catalog") for child in item)


def _related_depth(item: Element) -> int:
    """Return how deep <related> is nested, without recursion: the item may come from anybody."""
    deepest, left = 0, [(item, 0)]
    while left:
        element, around = left.pop()
        depth = around + (local_name(element) == "related")
        deepest = max(deepest, depth)
        left += [(child, depth) for child in element]
    return deepest


def _misplaced(parent: Element, item: str) -> Iterator[str]:
    """Say which children of the standard's own namespace cannot stand in this element."""
    for child in parent:
        own, name = str(child.tag).startswith(NAMESPACE), local_name(child)
        stray = local_name(parent) == "organisationdetails" and name not in IN_ORGANISATION
        typed = local_name(parent) == "contentmeta" and name == "digitalsourcetype"
        if own and (stray or (typed and item == "catalogitem")):
            yield f"<{name[:60]}> cannot stand in the {local_name(parent)} of a {item}"


def _too_early(parent: Element, version: int) -> Iterator[str]:
    children = [local_name(child) for child in parent]
    for name in dict.fromkeys([*children, *(f"@{name}" for name in parent.attrib)]):
        since = SINCE.get((local_name(parent), name), 0)
        if since > version:
            yield f"NewsML-G2 2.{version} has no {name} in {local_name(parent)}: 2.{since} has"
