"""Parquet: one article a row, through pyarrow."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from pyarrow import ArrowException, parquet  # type: ignore[import-untyped]

from index.errors import Unreadable
from index.formats import Findings
from index.formats.fields import mapped
from index.formats.json import NAMES, NO_MAP, TEXTS, raw_from_record
from index.identity import RawArticle

ROWS = 256  # in memory at once
BUFFER = 2**20  # bytes of a column read ahead, instead of the whole of it in a row group


def read_parquet(stream: BinaryIO, path: str, *, fields: Mapping[str, str] = NO_MAP) -> Findings:
    """Read one article a row, and of the file only the columns that say something of it."""
    number = 0
    try:
        file = parquet.ParquetFile(stream, buffer_size=BUFFER, pre_buffer=False)
        columns = _columns(file.schema_arrow.names, fields)
        for batch in file.iter_batches(batch_size=ROWS, columns=columns):
            for row in batch.to_pylist():
                yield f"[{number}]", _article(row, fields)
                number += 1
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        if isinstance(error, Unreadable):
            raise
        after = f" after row {number}" if number else ""
        raise Unreadable(f"expected Parquet, got{after} {str(error)[:200]}") from None


def _columns(names: list[str], fields: Mapping[str, str]) -> list[str]:
    """Return the columns to read; refuse a table without one for the text."""
    wanted = NAMES | set(fields.values()) | {name.split(".")[0] for name in fields.values()}
    missing = [theirs for theirs in fields.values() if theirs.split(".")[0] not in names]
    if missing and missing[0] not in names:
        raise Unreadable(f"expected a column {missing[0]!r}, got {', '.join(names)[:200]}")
    if not {"text", "html"} & fields.keys() and not {*TEXTS, "html"} & set(names):
        raise Unreadable(
            f"expected a column {', '.join(TEXTS)} or html, got {', '.join(names)[:200]}; "
            "name it with --map text=COLUMN"
        )
    return [name for name in names if name in wanted or name.casefold().startswith("embargo")]


def _article(row: Mapping[str, object], fields: Mapping[str, str]) -> RawArticle | Unreadable:
    try:
        record = mapped(row, fields)
        return raw_from_record({name: _plain(value) for name, value in record.items()})
    except Unreadable as error:
        return error


def _plain(value: object) -> object:
    """Return a value as JSON would have it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
