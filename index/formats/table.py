"""CSV and TSV: one article a row, under the names in the first one."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from index.errors import Unreadable
from index.formats import Findings
from index.formats.alphabets import guess_encoding
from index.formats.decode import MARKS
from index.formats.fields import mapped
from index.formats.json import MAX_LINE, NAMES, NO_MAP, TEXTS, raw_from_record
from index.identity import RawArticle

DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r"\s*sep=(.)\s*$", re.IGNORECASE)  # what spreadsheets write above the names
HEAD = 2**16  # bytes that tell the encoding


def read_table(stream: BinaryIO, path: str, *, fields: Mapping[str, str] = NO_MAP) -> Findings:
    """Read one article a row, holding one row in memory."""
    encoding = _encoding(stream.read(HEAD))
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield from _rows(_lines(text), fields)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"expected {encoding.upper()} throughout, as in the beginning, got {error.reason}"
        ) from None
    finally:
        text.detach()  # else the file is closed together with the wrapper around it


def _rows(lines: Iterator[str], fields: Mapping[str, str]) -> Findings:
    first = next(lines, "")
    if told := SEPARATOR.match(first):
        first = next(lines, "")
    if not first.strip():
        raise Unreadable("expected a table with the names of its columns on top, got none")
    csv.field_size_limit(MAX_LINE)
    delimiter = told[1] if told else max(DELIMITERS, key=first.count)
    row_lines = _RowLines(chain([first], lines), delimiter)
    rows = csv.reader(row_lines, delimiter=delimiter)
    empty = True
    try:
        names = _names(next(rows), fields)
        row_lines.of_row.clear()
        for row in rows:
            if any(cell.strip() for cell in row):
                yield f":{rows.line_num}", _article(names, row, fields, row_lines)
                empty = False
            row_lines.of_row.clear()
    except csv.Error as error:
        raise Unreadable(f"expected a table, got {error} in line {rows.line_num}") from None
    if empty:
        raise Unreadable("expected a table with articles, got the names of its columns alone")


class _RowLines:
    """The lines of a table, and those that the row being read is made of."""

    def __init__(self, lines: Iterator[str], delimiter: str) -> None:
        self.lines = lines
        self.delimiter = delimiter
        self.of_row: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.of_row.append(line)
            yield line
        self.ended = True

    def is_unclosed(self) -> bool:
        """Whether the table ended before a quote was closed: all rows below it are in there."""
        try:
            if self.ended:
                list(csv.reader(self.of_row, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "end of data" in str(error)
        return False


def _article(
    names: list[str], row: list[str], fields: Mapping[str, str], lines: _RowLines
) -> RawArticle | Unreadable:
    if lines.is_unclosed():
        return Unreadable("expected a closing quote, got the end of the table: rows may be in it")
    if len(row) != len(names):
        return Unreadable(f"expected {len(names)} columns, as in the first row, got {len(row)}")
    try:
        return raw_from_record(mapped(dict(zip(names, row, strict=True)), fields))
    except Unreadable as error:
        return error


def _names(row: list[str], fields: Mapping[str, str]) -> list[str]:
    """Return the names of the columns; ours in any case, as a spreadsheet has them."""
    theirs = [name.strip() for name in row]
    kept = {*theirs} & (NAMES | {*fields.values()})
    names = [n if n in kept or n.lower() not in NAMES - kept else n.lower() for n in theirs]
    twice = [n for n in names if names.count(n) > 1 and n in NAMES | {*fields.values()}]
    if twice:
        raise Unreadable(f"expected one column {twice[0]!r}, got {names.count(twice[0])}")
    _check(names, fields)
    return names


def _check(names: list[str], fields: Mapping[str, str]) -> None:
    """Refuse a table without a column for the text, before refusing each of its rows for it."""
    missing = [theirs for theirs in fields.values() if theirs not in names]
    if missing:
        raise Unreadable(f"expected a column {missing[0]!r}, got {', '.join(names)[:200]}")
    if not {"text", "html"} & fields.keys() and not {*TEXTS, "html"} & set(names):
        raise Unreadable(
            f"expected a column {', '.join(TEXTS)} or html, got {', '.join(names)[:200]}; "
            "name it with --map text=COLUMN"
        )


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise Unreadable(f"expected lines under {MAX_LINE >> 20} MB, got a longer one")
        yield line


def _encoding(head: bytes) -> str:
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        guess = guess_encoding(head[: head.rfind(b"\n") + 1] or head)  # half a character may follow
        if guess is None:
            raise Unreadable("expected a table, got bytes in no known encoding") from None
        return guess
    return "utf-8"
