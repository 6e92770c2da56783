"""XML from strangers: no entities, nothing fetched, no more than one document in memory."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring, iterparse  # type: ignore[import-untyped]

from index.errors import Unreadable
from index.formats.decode import MAX_DOCUMENT
from index.formats.markup import local_name

MAX_DEPTH = 500  # the deepest of 180 wire documents had 17


def parse_xml(data: str | bytes) -> Element:
    """Parse one document; entities, external ones too, are refused, a DOCTYPE alone is not."""
    try:
        root: Element = fromstring(data)
    except (ParseError, ValueError, LookupError) as error:
        raise _refused(error) from None
    return root


def outermost(stream: BinaryIO, names: frozenset[str]) -> Iterator[tuple[bool, Element]]:
    """Yield each element of these names that is in no other of them, and whether it is the root.

    The root comes in any case, last and empty, unless it is one of them. One element is in memory
    at a time, and one that is longer than `MAX_DOCUMENT` is refused.
    """
    budget = _Budget(stream)
    around: list[Element] = []
    inside = 0  # how many of those around have such a name
    try:
        for event, element in iterparse(budget, events=("start", "end")):
            named = local_name(element) in names
            if event == "start":
                inside += named
                around.append(element)
                if len(around) > MAX_DEPTH:
                    raise Unreadable(f"expected XML at most {MAX_DEPTH} deep, got deeper")
                continue
            inside -= named
            around.pop()
            if inside:
                continue
            if named or not around:
                yield not around, element
                budget.left = MAX_DOCUMENT
            element.clear()
            if around:
                around[-1].remove(element)
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, Unreadable):
            raise
        raise _refused(error) from None


class _Budget:
    """A stream that refuses to be read beyond its budget."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.left = MAX_DOCUMENT

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise Unreadable(f"expected items of at most {MAX_DOCUMENT >> 20} MB, got a longer one")
        return data


def _refused(error: Exception) -> Unreadable:
    if isinstance(error, DefusedXmlException):
        return Unreadable(f"expected XML without entities of its own, got {type(error).__name__}")
    return Unreadable(f"expected XML, got {error}")
