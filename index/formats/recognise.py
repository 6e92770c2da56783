"""Which format a file is in: what its first bytes say, else its name. Reads nothing itself.

A format's library is imported when the first file in that format comes.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from index.errors import Unreadable
from index.formats import Findings
from index.formats.decode import MARKS
from index.formats.entries import Follow
from index.formats.html import read_html
from index.formats.json import read_json, read_json_lines
from index.formats.plain import read_markdown, read_text

Reader = Callable[[BinaryIO, str], Findings]

HEAD = 4096  # bytes that tell a format

EXTENSIONS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".csv": "table",
    ".tsv": "table",
    ".parquet": "parquet",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "xml",
    ".warc": "warc",
    ".pdf": "pdf",
}
SIGNATURES = ((b"%PDF-", "pdf"), (b"PAR1", "parquet"), (b"WARC/", "warc"))
ROOTS = {
    **dict.fromkeys(["rss", "rdf", "feed"], "feed"),
    **dict.fromkeys(["newsitem", "packageitem", "newsmessage"], "newsml"),
    **dict.fromkeys(["conceptitem", "knowledgeitem", "catalogitem", "planningitem"], "newsml"),
    **dict.fromkeys(["urlset", "sitemapindex"], "sitemap"),
    "nitf": "nitf",
    "html": "html",
}
BEFORE_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^<>\[]*(?:\[.*?\]\s*)?>)", re.I | re.S
)
ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
DOCTYPE = re.compile(r"\s*<!doctype\s+html\b", re.IGNORECASE)
TWO_OBJECTS = re.compile(r"\s*\{[^\n]*\}\s*\n\s*\{")


@dataclass(frozen=True, slots=True)
class How:
    """What was asked for, beside the files themselves."""

    fields: Mapping[str, str] = field(default_factory=dict)  # ours by the names in the records
    follow: Follow | None = None  # reads the page behind a link; None: links are not followed


PLAINLY = How()


def reader_of(head: bytes, name: str, how: How = PLAINLY) -> Reader:
    """Return what reads a file that begins so and is called that; `Unreadable` if nothing does."""
    kind = kind_of(head, name)
    try:
        return _reader(kind, how)
    except ModuleNotFoundError as error:
        # Parquet alone is an extra: its library is larger than all the others together.
        library = (error.name or "").partition(".")[0]
        what = "'news-qa-service[parquet]'" if library == "pyarrow" else library
        raise Unreadable(f"reading {kind} needs {library}: pip install {what}") from error


def kind_of(head: bytes, name: str) -> str:
    """Return the format of a file that begins so and is called that; `Unreadable` if of none."""
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    extension = extension_of(name)
    named = EXTENSIONS.get(extension, "")
    # A text may begin with anything, and a table too; all others say what they are.
    told = "" if named in ("text", "markdown", "table") else _told(_as_text(head))
    if told == "lines" and named == "json":
        return told
    if told in ("json", "lines"):
        told = ""
    kind = told or named or _unnamed(_as_text(head), extension)
    if not kind:
        raise Unreadable(f"expected one of {', '.join(EXTENSIONS)} (also .gz)")
    if kind == "xml":
        root = ROOT.match(_as_text(head)[_prolog(_as_text(head)) :])
        got = f"<{root[1][:40]}>" if root else "no element"
        raise Unreadable(f"expected a feed, NewsML-G2, NITF, a sitemap or XHTML, got {got}")
    return kind


def extension_of(name: str) -> str:
    """Return the extension that tells the format, without a .gz after it."""
    found = re.search(r"\.[^./]*$", name.lower().removesuffix(".gz"))
    return found[0] if found else ""


def _told(text: str) -> str:
    """Return what the beginning of a text says it is; "" where it does not."""
    if DOCTYPE.match(text):
        return "html"
    root = ROOT.match(text[_prolog(text) :])
    if root:
        return ROOTS.get(root[1].lower(), "")
    return "lines" if TWO_OBJECTS.match(text) else ""


def _unnamed(text: str, extension: str) -> str:
    """Return the format of a file whose name says nothing."""
    return "json" if not extension and text.lstrip()[:1] in ("{", "[") else ""


def _prolog(text: str) -> int:
    """Return where the root element begins."""
    end = 0
    while found := BEFORE_ROOT.match(text, end):
        end = found.end()
    return end


def _as_text(head: bytes) -> str:
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), "utf-8")
    return head.decode(encoding, "replace")


def _reader(kind: str, how: How) -> Reader:
    """Return the reader of a format; each is imported when it is needed."""
    if kind == "text":
        return read_text
    if kind == "markdown":
        return read_markdown
    if kind == "html":
        return read_html
    if kind == "json":
        return partial(read_json, fields=how.fields, follow=how.follow)
    if kind == "lines":
        return partial(read_json_lines, fields=how.fields)
    return _wire(kind, how) or _bulk(kind, how)


def _wire(kind: str, how: How) -> Reader | None:
    """Return the reader of what publishers send."""
    if kind == "feed":
        from index.formats.feed import read_feed

        return partial(read_feed, follow=how.follow)
    if kind == "newsml":
        from index.formats.newsml import read_newsml

        return read_newsml
    if kind == "nitf":
        from index.formats.nitf import read_nitf

        return read_nitf
    if kind == "sitemap":
        from index.formats.sitemap import read_sitemap

        return partial(read_sitemap, follow=how.follow)
    return None


def _bulk(kind: str, how: How) -> Reader:
    """Return the reader of what archives are kept in."""
    if kind == "table":
        from index.formats.table import read_table

        return partial(read_table, fields=how.fields)
    if kind == "parquet":
        from index.formats.parquet import read_parquet

        return partial(read_parquet, fields=how.fields)
    if kind == "warc":
        from index.formats.warc import read_warc

        return read_warc
    from index.formats.pdf import read_pdf

    return read_pdf
