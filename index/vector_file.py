"""The vectors of the base on the disk, so that a restart need not build them from the archive.

Nothing in the file is believed before its checksum and its owner are known; without it everything
is there still, in the archive. Knows the file, and nothing of what the vectors stand for.
"""

import json
import os
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from index.vectors import Run, Vectors, no_vectors, read_index, write_index

FILE_NAME = "vectors.faiss"
HEADER_BYTES = 2048  # a line of JSON, filled up with spaces: known when all else is written
READ_AT_ONCE = 1 << 20
WITNESSES = 16  # vectors whose digests stand in the header


@dataclass(frozen=True, slots=True)
class Loaded:
    """Vectors from the file, and what some of them are, for the archive to compare with its own."""

    vectors: Vectors
    witnesses: dict[int, str]  # passage number to digest


def digest(vector: bytes) -> str:
    """Return a few bytes, in hex, that tell one vector from another."""
    return blake2b(vector, digest_size=8).hexdigest()


def save(vectors: Vectors, folder: Path, *, key: str) -> None:
    """Write the base to a new file and rename it; the tail is left to the archive.

    `key` says what the vectors belong to: `load` gives back nothing to another one. Raises
    OSError; what was there before is there still.
    """
    new = folder / f"{FILE_NAME}.{os.getpid()}.new"
    try:
        with new.open("wb") as file:
            _write(vectors.base, file, key)
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / FILE_NAME)
    finally:
        new.unlink(missing_ok=True)


def load(folder: Path, *, key: str, dimension: int) -> Loaded:
    """Read what `save` wrote; nothing, if that is missing, damaged or belongs to something else."""
    try:
        with (folder / FILE_NAME).open("rb") as file:
            facts = json.loads(file.read(HEADER_BYTES))
            if facts["key"] == key and facts["blake2b"] == _digest_of_rest(file):
                return _read(file, facts, dimension)
    except (OSError, ValueError, KeyError, TypeError):
        pass  # the caller fills it from the archive, which has every vector
    return Loaded(no_vectors(dimension), {})


def _write(base: Run, file: BinaryIO, key: str) -> None:
    checksum = blake2b()
    failed: list[OSError] = []

    def write(part: bytes) -> int:
        if not failed:
            try:
                checksum.update(part)
                file.write(part)
            except OSError as error:  # FAISS would lose it on the way
                failed.append(error)
        return len(part)

    file.write(b" " * HEADER_BYTES)
    write(base.numbers.astype("<i8").tobytes())
    write_index(base, write)
    if failed:
        raise failed[0]
    count = len(base.numbers)
    rows = sorted({count * n // WITNESSES for n in range(WITNESSES)} | {count - 1}) if count else []
    facts = {
        "key": key,
        "passages": count,
        "blake2b": checksum.hexdigest(),
        "witnesses": {int(base.numbers[n]): digest(base.vector(n).tobytes()) for n in rows},
    }
    file.seek(0)
    file.write(json.dumps(facts).encode().ljust(HEADER_BYTES))


def _read(file: BinaryIO, facts: dict[str, Any], dimension: int) -> Loaded:
    file.seek(HEADER_BYTES)
    numbers = np.frombuffer(file.read(8 * facts["passages"]), dtype="<i8").astype(np.int64)
    vectors = Vectors(read_index(numbers, file.read), no_vectors(dimension).tail)
    return Loaded(vectors, {int(n): seen for n, seen in facts["witnesses"].items()})


def _digest_of_rest(file: BinaryIO) -> str:
    checksum = blake2b()
    while part := file.read(READ_AT_ONCE):
        checksum.update(part)
    return checksum.hexdigest()
