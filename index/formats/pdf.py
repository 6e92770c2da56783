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
    text, starts = "", []
    for page in _without_running_heads(lines):
        body = _joined(page, known)
        if text and body:
            goes_on = not SENTENCE_END.search(text) and body[0].islower()
            text, body = _hyphenated(text, body, known) if goes_on else (text + "\n\n", body)
        starts.append(len(text))
        text += body
    if not text.strip():
        raise Unreadable("expected a PDF with text in it, got pictures of pages")
    return RawArticle(text, page_starts=tuple(starts))


def _without_running_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """Leave out page numbers, and what stands at the top or foot of page after page."""
    full = [[line for line in page if line] for page in pages]
    edges = Counter(_shape(line) for page in full for line in {*page[:1], *page[-1:]})
    heads = {shape for shape, count in edges.items() if count >= ON_EACH_PAGE or shape == "0"}
    return [
        [
            line
            for number, line in enumerate(page)
            if not (
                _shape(line) in heads and (not any(page[:number]) or not any(page[number + 1 :]))
            )
        ]
        for page in pages
    ]


def _shape(line: str) -> str:
    """Return a line with its numbers alike, so that "Page 3" and "Page 4" are the same."""
    return re.sub(r"\d+", "0", line)


def _joined(lines: Sequence[str], known: Counter[str]) -> str:
    """Join lines that are parts of a paragraph; a hyphen at a line's end goes with them."""
    longest = max(map(len, lines), default=0)
    text = ""
    ended = True
    for line in lines:
        if not line:
            ended = True
            continue
        if ended:
            text, line = (text + "\n\n" if text else ""), line
        else:
            text, line = _hyphenated(text, line, known)
        text += line
        ended = bool(SENTENCE_END.search(line)) and len(line) < SHORT * longest
    return text


def _hyphenated(text: str, line: str, known: Counter[str]) -> tuple[str, str]:
    """Return the text ready for the line: "devel-" loses its hyphen, "long-" before "term" not.

    Which it is, the rest of the document says: a hyphen stays where the word is written with one.
    """
    broken, following = HYPHEN.search(text), re.match(r"\w+", line)
    if not broken or not following or not line[0].islower():
        return text + " ", line
    compound = f"{broken[1]}-{following[0]}".lower()
    return (text, line) if known[compound] else (text[:-1], line)
