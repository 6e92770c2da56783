"""XML from strangers: no entities, nothing fetched, no more than one document in memory."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import fromstring, iterparse  # type: ignore[import-untyped]

from index.errors import Unreadable
from index.formats.decode import MAX_DOCUMENT

MAX_DEPTH = 500  # the deepest of 180 wire documents had 17


def parse_xml(data: str | bytes) -> Element:
    """Parse one document; entities, external ones too, are refused, a DOCTYPE alone is not."""
    try:
        root: Element = fromstring(data)
    except (ParseError, ValueError, LookupError) as error:
        raise _refused(error) from None
    return root


def elements(stream: BinaryIO) -> Iterator[tuple[tuple[Element, ...], Element]]:
    """Yield each element when it is complete, with those around it, outermost first.

    The caller empties what it has read (`element.clear()`), or the whole document stays in memory:
    more than `MAX_DOCUMENT` between two `clear`s that leave nothing is refused.
    """
    budget = _Budget(stream)
    around: list[Element] = []
    try:
        for event, element in iterparse(budget, events=("start", "end")):
            if event == "start":
                around.append(element)
                if len(around) > MAX_DEPTH:
                    raise Unreadable(f"expected XML at most {MAX_DEPTH} deep, got deeper")
            else:
                around.pop()
                yield tuple(around), element
                if not len(element):
                    budget.left = MAX_DOCUMENT
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
