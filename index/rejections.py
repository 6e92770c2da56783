"""`rejected.jsonl` in the data folder: every input that is no article, where, and why.

What was rejected before stays listed until the file that it is in has been read again.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.read import Rejected

FILE = "rejected.jsonl"


@dataclass(frozen=True, slots=True)
class Again:
    """A file or URL to try again, and how it was read."""

    file: str  # a path from anywhere, or a URL
    name: str  # what it is called below the folder that was named: its articles may be known by it
    fields: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False


class Rejections:
    """The list while one ingest goes on: nothing of it is lost where the ingest is."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        # Without a name, so that nothing is left of it where the ingest is killed.
        self._new = tempfile.TemporaryFile("w+", dir=folder, encoding="utf-8")  # noqa: SIM115
        self._places: set[tuple[str, str]] = set()
        self._old_files = {line["file"] for line in _lines(self._path)}
        self._read_to_the_end: set[str] = set()

    def add(self, rejected: Rejected, again: Again) -> None:
        """List an input."""
        line: dict[str, Any] = {
            "file": again.file,
            "name": again.name,
            "position": rejected.position,
            "reason": rejected.reason,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        if again.fields:
            line["map"] = dict(again.fields)
        if again.follow:
            line["follow_links"] = True
        self._places.add((again.file, rejected.position))
        self._new.write(json.dumps(line) + "\n")

    def done(self, file: str) -> None:
        """Note that a file was read to its end: what was listed of it before is settled."""
        if file in self._old_files:
            self._read_to_the_end.add(file)

    def close(self, *, whole: bool) -> None:
        """Write the list; what was read counts as settled only if all of it was stored."""
        settled = self._read_to_the_end if whole else set()
        with FileLock(f"{self._path}.lock"), self._new:
            beside = self._path.with_suffix(".tmp")
            with beside.open("w", encoding="utf-8") as file:
                for line in _lines(self._path):
                    place = (line["file"], line.get("position", ""))
                    if line["file"] not in settled and place not in self._places:
                        file.write(json.dumps(line) + "\n")
                self._new.seek(0)
                file.writelines(self._new)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self._path)
            if not self._path.stat().st_size:
                self._path.unlink()


def to_retry(folder: Path) -> list[Again]:
    """Return what is listed, each file once for each way that it was read."""
    found: dict[str, Again] = {}
    for line in _lines(folder / FILE):
        again = Again(
            line["file"],
            line.get("name") or line["file"],
            line.get("map") or {},
            bool(line.get("follow_links")),
        )
        found.setdefault(repr(again), again)
    return list(found.values())


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the lines that can be read; there are none where there is no file."""
    with suppress(FileNotFoundError), path.open(encoding="utf-8") as file:
        for line in file:
            with suppress(ValueError):
                value = json.loads(line)
                if isinstance(value, dict) and isinstance(value.get("file"), str):
                    yield value
