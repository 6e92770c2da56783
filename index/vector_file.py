"""The vectors of the base on the disk, so that a restart need not build them from the archive.

Knows the file, and nothing of what the vectors stand for.
"""

from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.kept_file import Write, opened, replace_file
from index.vectors import Vectors, no_vectors, read_index, write_index

FILE_NAME = "vectors.faiss"
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
    """Write the base; the tail is left to the archive.

    `key` says what the vectors belong to: `load` gives back nothing to another one. Raises
    OSError; what was there before is there still.
    """
    base, count = vectors.base, len(vectors.base.numbers)
    rows = sorted({count * n // WITNESSES for n in range(WITNESSES)} | {count - 1}) if count else []
    witnesses = {int(base.numbers[n]): digest(base.vector(n).tobytes()) for n in rows}

    def body(write: Write) -> None:
        write(base.numbers.astype("<i8").tobytes())
        write_index(base, write)

    facts = {"key": key, "passages": count, "witnesses": witnesses}
    replace_file(folder / FILE_NAME, facts, body)


def load(folder: Path, *, key: str, dimension: int) -> Loaded:
    """Read what `save` wrote; nothing, if that is missing, damaged or belongs to something else."""
    nothing = no_vectors(dimension)
    try:
        with opened(folder / FILE_NAME, key) as (facts, file):
            read = file.read(8 * facts["passages"])
            numbers = np.frombuffer(read, dtype="<i8").astype(np.int64)
            vectors = Vectors(read_index(numbers, file.read), nothing.tail)
            return Loaded(vectors, {int(n): seen for n, seen in facts["witnesses"].items()})
    except (OSError, ValueError, KeyError, TypeError):
        return Loaded(nothing, {})  # the caller fills it from the archive, which has every vector
