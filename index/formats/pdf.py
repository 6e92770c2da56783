"""PDF as one article whose pages are known, through pypdf. Scans without text are refused.

A page is lines, a text is paragraphs: lines are joined where nothing says that a paragraph ends.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from pypdf import PdfReader

from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import read_document
from index.identity import RawArticle
from index.text import normalise

MAX_PAGES = 2000
ON_EACH_PAGE = 3  # as many pages with the same first or last line: it is a running head

SENTENCE_END = re.compile(r"[.!?:…]['”\"’»)\]]*$")
SHORT = 0.75  # of the longest line: one that ends there, and ends a sentence, ends a paragraph
WORD = 60  # characters of a line that may be the beginning of one
HYPHEN = re.compile(r"(\w+)-$")
FILE_NAME = re.compile(r"(^untitled$|^microsoft word - |\.\w{2,5}$)", re.IGNORECASE)


def read_pdf(stream: BinaryIO, path: str) -> Findings:
    """Read the text of every page; `page_starts` says where in the text each begins."""
    data = read_document(stream)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("expected a PDF that can be read, got one with a password")
        if len(reader.pages) > MAX_PAGES:
            raise Unreadable(f"expected at most {MAX_PAGES} pages, got {len(reader.pages)}")
        raw = raw_from_pages([normalise(page.extract_text()) for page in reader.pages])
        said = reader.metadata
        title = said.title if said else None
        author, made = (said.author, said.creation_date) if said else (None, None)
    except Unreadable:
        raise
    except Exception as error:  # anything can be in a file, and one file never stops the others
        raise Unreadable(f"expected PDF, got one that cannot be read: {error!r:.200}") from error
    yield (
        "",
        replace(
            raw,
            path=path,
            title=title if title and not FILE_NAME.search(title.strip()) else None,
            author=author,
            published=made,  # when the file was made, which may be years after the story
            published_known_by="guess" if made else None,
        ),
    )


def raw_from_pages(pages: Sequence[str]) -> RawArticle:
    """Join pages to paragraphs, and remember where each begins."""
    lines = [[line.strip() for line in page.split("\n")] for page in pages]
    known = Counter(word for page in pages for word in re.findall(r"\w+(?:-\w+)*", page.lower()))
    text, starts = _Text(known), []
    for page in _without_running_heads(lines):
        starts.append(text.length)
        first = next((line for line in page if line), "")
        ended = not (first[:1].islower() and text.goes_on())
        longest = max(map(len, page), default=0)
        for line in page:
            if not line:
                ended = True
                continue
            text.begin(line) if ended else text.go_on(line)
            if line is first:
                starts[-1] = text.length - len(line)
            ended = not text.goes_on() and len(line) < SHORT * longest
    joined = "".join(text.parts)
    if not joined.strip():
        raise Unreadable("expected a PDF with text in it, got pictures of pages")
    return RawArticle(joined, page_starts=tuple(starts))


class _Text:
    """A text that grows by lines, in time that grows with it."""

    def __init__(self, known: Counter[str]) -> None:
        self.known = known  # the words of the document, hyphens included, in lower case
        self.parts: list[str] = []
        self.length = 0

    def begin(self, line: str) -> None:
        """Add a line that begins a paragraph."""
        self._add("\n\n" if self.parts else "", line)

    def go_on(self, line: str) -> None:
        """Add a line to the paragraph: "devel-" loses its hyphen before "opment".

        "long-" before "term" does not where the document has the word with a hyphen elsewhere.
        """
        broken, following = HYPHEN.search(self.parts[-1][-WORD:]), re.match(r"\w+", line)
        if not broken or not following or not line[0].islower():
            self._add(" ", line)
            return
        if not self.known[f"{broken[1]}-{following[0]}".lower()]:
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
        self._add("", line)

    def goes_on(self) -> bool:
        """Whether the last line stops within a sentence."""
        return bool(self.parts) and not SENTENCE_END.search(self.parts[-1])

    def _add(self, *parts: str) -> None:
        self.parts += parts
        self.length += sum(map(len, parts))


def _without_running_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """Leave out page numbers, and what stands at the top or foot of page after page."""
    full = [[line for line in page if line] for page in pages]
    edges = Counter(_shape(line) for page in full for line in {*page[:1], *page[-1:]})
    heads = {shape for shape, count in edges.items() if count >= ON_EACH_PAGE or shape == "0"}
    return [_within(page, heads) for page in pages]


def _within(page: list[str], heads: set[str]) -> list[str]:
    """Return a page without its first and last line, where those are running heads."""
    numbers = [number for number, line in enumerate(page) if line]
    edges = {number for number in (*numbers[:1], *numbers[-1:]) if _shape(page[number]) in heads}
    return [line for number, line in enumerate(page) if number not in edges]


def _shape(line: str) -> str:
    """Return a line with its numbers alike, so that "Page 3" and "Page 4" are the same."""
    return re.sub(r"\d+", "0", line)
