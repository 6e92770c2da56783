"""A file of JSON records, one a line, that a crash while writing costs no record before."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO


def whole_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records; a line cut off by a crash is none, and neither is a file that is not."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield record


def append_line(path: Path, record: Mapping[str, Any]) -> None:
    """Add one record, handed to the system when this returns."""
    line = json.dumps(record)
    with path.open("ab+") as file:
        if file.tell() and not _ends_a_line(file):
            line = "\n" + line  # a crash cut the last line short: leave it, begin a new one
        file.write(line.encode() + b"\n")


def _ends_a_line(file: BinaryIO) -> bool:
    file.seek(-1, 2)
    return bool(file.read(1) == b"\n")
