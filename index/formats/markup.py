"""The text of clean markup: XHTML and NITF bodies, the HTML inside feeds. Knows no web pages.

Such markup was written as an article, so nothing in it is boilerplate: every paragraph is kept.
"""

import re
from collections.abc import Iterator

import lxml.html  # type: ignore[import-untyped]
from lxml.etree import ParserError  # type: ignore[import-untyped]

from index.errors import Unreadable

# Elements that stand for themselves between paragraphs; all others are parts of a line.
BLOCKS = frozenset(
    "address article aside blockquote block body body.content body.end bq caption center dd div dl "
    "dt footer h1 h2 h3 h4 h5 h6 header hedline hl1 hl2 hr html li main nitf ol p pre section "
    "table tbody td tfoot th thead tr ul".split()
)
# What is not text of the article: programs, forms, and pictures with what is said of them.
LEFT_OUT = frozenset(
    "body.head button figure form head iframe media nav noscript object script select style svg "
    "template textarea".split()
)
CELLS = frozenset(["td", "th"])


def text_of_html(html: str) -> str:
    """Return the paragraphs of HTML with a blank line between them, its entities decoded once."""
    # An XML declaration names an encoding that a str is no longer in; half characters have no byte.
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html).replace("\0", "")
    parser = lxml.html.HTMLParser(huge_tree=True)
    try:
        root = lxml.html.fromstring(html, parser=parser)
    except (ParserError, ValueError, UnicodeError) as error:
        if "empty" in str(error):
            return ""
        raise Unreadable(f"expected HTML, got what cannot be parsed: {error}") from None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Unreadable("expected HTML, got elements nested beyond all measure")
    return text_of(root)


def text_of(root: object) -> str:
    """Return the paragraphs below an element, of lxml or of the standard library."""
    paragraphs: list[str] = []
    line: list[str] = []
    for piece in _pieces(root):
        if piece is None:
            paragraphs.append(_tidy("".join(line)))
            line = []
        else:
            line.append(piece)
    paragraphs.append(_tidy("".join(line)))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def local_name(element: object) -> str:
    """Return an element's name without its namespace; "" for comments and instructions."""
    tag = getattr(element, "tag", "")
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _pieces(root: object) -> Iterator[str | None]:
    """Yield runs of text, "\\n" for a forced line end, None where a paragraph ends.

    Without recursion: hostile markup may be nested more deeply than Python's stack.
    """
    stack: list[object] = [root]
    while stack:
        item = stack.pop()
        if item is None or isinstance(item, str):
            yield item
            continue
        name = local_name(item)
        if name == "br":
            yield "\n"
        if not name or name in LEFT_OUT or name == "br":
            continue
        around = " " if name in CELLS else None
        if name in BLOCKS:
            yield around
            stack.append(around)
        for child in reversed(list(item)):  # type: ignore[call-overload]
            stack.append(_one_space(getattr(child, "tail", None)))
            stack.append(child)
        yield _one_space(getattr(item, "text", None))


def _one_space(text: str | None) -> str:
    """Return text with every line end of the markup a space: it means no more than one."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _tidy(paragraph: str) -> str:
    lines = (re.sub(r" {2,}", " ", line).strip(" ") for line in paragraph.split("\n"))
    return "\n".join(lines).strip()
