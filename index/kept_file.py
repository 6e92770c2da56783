"""Files that only shorten a start: what they hold can be made again from the database.

Nothing in one is believed before its checksum and its owner are known. Knows nothing of what they
hold.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

HEADER_BYTES = 2048  # a line of JSON, filled up with spaces: known when all else is written
READ_AT_ONCE = 1 << 20

Write = Callable[[bytes | memoryview], int]


def replace_file(path: Path, facts: Mapping[str, object], body: Callable[[Write], object]) -> None:
    """Write a new file and rename it. Raises OSError; what was there before is there still.

    `facts` must have the `key` that says what it belongs to; `body` writes all that follows them.
    """
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with new.open("wb") as file:
            _write(file, facts, body)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


@contextmanager
def opened(path: Path, key: str) -> Iterator[tuple[dict[str, Any], BinaryIO]]:
    """Give the facts of a file and the file itself, at the place where they end.

    Raises ValueError if it is damaged or belongs to something else, and OSError.
    """
    with path.open("rb") as file:
        facts = json.loads(file.read(HEADER_BYTES))
        if not isinstance(facts, dict) or facts.get("key") != key:
            raise ValueError(f"{path} belongs to another archive")
        if facts.get("sha256") != _digest_of_rest(file):
            raise ValueError(f"{path} is damaged")
        file.seek(HEADER_BYTES)
        yield facts, file


def _write(file: BinaryIO, facts: Mapping[str, object], body: Callable[[Write], object]) -> None:
    checksum = sha256()
    failed: list[OSError] = []

    def write(part: bytes | memoryview) -> int:
        if not failed:
            try:
                checksum.update(part)
                file.write(part)
            except OSError as error:  # FAISS, which calls this, would lose it on the way
                failed.append(error)
        return len(part)

    file.write(b" " * HEADER_BYTES)
    body(write)
    if failed:
        raise failed[0]
    file.seek(0)
    file.write(json.dumps({**facts, "sha256": checksum.hexdigest()}).encode().ljust(HEADER_BYTES))


def _digest_of_rest(file: BinaryIO) -> str:
    checksum = sha256()
    while part := file.read(READ_AT_ONCE):
        checksum.update(part)
    return checksum.hexdigest()
