"""The postings of the base on the disk, so that a restart need not turn all words round again."""

from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.kept_file import Write, opened, replace_file
from index.postings import Postings, Segment, no_postings

FILE_NAME = "words.postings"
WRITTEN_AT_ONCE = 1 << 24  # bytes

Kind = TypeVar("Kind", bound=np.generic)


def save(postings: Postings, folder: Path, *, key: str) -> None:
    """Write the base; the tail is left to the archive.

    `key` says what it belongs to: `load` gives back nothing to another one. Raises OSError; what
    was there before is there still.
    """
    base = postings.base
    numbers = postings.numbers[: base.passages]

    def body(write: Write) -> None:
        for array in (numbers, base.codes, base.starts, base.places, base.impacts):
            parts = array.view(np.uint8)
            for start in range(0, len(parts), WRITTEN_AT_ONCE):
                write(parts[start : start + WRITTEN_AT_ONCE].data)

    lengths = {"passages": base.passages, "stems": len(base.codes), "postings": len(base.places)}
    replace_file(folder / FILE_NAME, {"key": key, **lengths}, body)


def load(folder: Path, *, key: str) -> Postings:
    """Read what `save` wrote; nothing, if that is missing, damaged or belongs to something else."""
    try:
        with opened(folder / FILE_NAME, key) as (facts, file):
            passages, stems = facts["passages"], facts["stems"]
            numbers = _array(file, np.int64, passages)
            base = Segment(
                _array(file, np.uint32, stems),
                _array(file, np.int64, stems + 1),
                _array(file, np.int32, facts["postings"]),
                _array(file, np.uint8, facts["postings"]),
                passages,
            )
            return Postings(numbers, base)
    except (OSError, ValueError, KeyError, TypeError):
        return (
            no_postings()
        )  # the caller fills it from the archive, which has every passage's words


def _array(file: BinaryIO, kind: type[Kind], length: int) -> NDArray[Kind]:
    return np.fromfile(file, dtype=kind, count=length)
