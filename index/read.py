"""Files and folders to articles, in the same order every time. Knows no archive and no vectors.

Nothing is passed over in silence but hidden files: what cannot be read is yielded as `Rejected`.
"""

import gzip
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from index.documents import Article
from index.errors import Unreadable
from index.formats import Findings
from index.formats.html import read_html
from index.formats.json import read_json, read_json_lines
from index.formats.plain import read_markdown, read_text
from index.identity import RawArticle, identify

FORMATS: dict[str, Callable[[BinaryIO, str], Findings]] = {
    ".txt": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}

GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is no article, and why."""

    where: str  # the path below the ingested folder, and the line or number within the file
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and what it is called below the folder that was named."""

    path: Path
    name: str  # "2023/a.txt"; of a file that was named itself, its own name
    size: int  # bytes on disk


def read(
    paths: Sequence[Path], *, progress: Callable[[int], object] = lambda size: None
) -> Iterator[Article | Rejected]:
    """Yield every article below the paths, and every input that is none; never stop at one.

    `progress` is told how many more bytes on disk have been read.
    """
    taken: dict[str, Path] = {}
    for source in sources(paths):
        if isinstance(source, Rejected):
            yield source
            continue
        for found in read_source(source, progress=progress):
            yield _first_of_its_name(found, source, taken)


def sources(paths: Sequence[Path]) -> Iterator[Source | Rejected]:
    """Yield the files below the paths in order, without opening one."""
    for path in paths:
        yield from _walk(path, path.name or str(path), above=())


def read_source(
    source: Source, *, progress: Callable[[int], object] = lambda size: None
) -> Iterator[Article | Rejected]:
    """Yield what is in one file."""
    place, seen = "", 0
    try:
        with source.path.open("rb") as file:
            for place, found in _findings(file, source.name):
                yield _identified(found, _shown(source.name) + place)
                progress(file.tell() - seen)
                seen = file.tell()
    except Unreadable as error:
        yield Rejected(_shown(source.name), str(error))
    except (OSError, EOFError, zlib.error) as error:
        after = f" (after {place})" if place else ""
        yield Rejected(_shown(source.name) + after, _reason(error))
    progress(source.size - seen)


def _first_of_its_name(
    found: Article | Rejected, source: Source, taken: dict[str, Path]
) -> Article | Rejected:
    """Return what was found, unless it is known by its name alone and another file had that name.

    Without this, `ingest.py monday tuesday` would make tuesday/1.txt the new version of monday's.
    """
    if isinstance(found, Rejected) or not found.id.startswith("path-"):
        return found
    earlier = taken.setdefault(found.id, source.path)
    if earlier.resolve() == source.path.resolve():
        return found
    return Rejected(
        _shown(source.name), f"{earlier} has the same name: ingest the folder that holds both"
    )


def _findings(file: BinaryIO, name: str) -> Findings:
    """Yield what the format of that name finds; gzip is told by its first bytes."""
    packed = file.read(2) == GZIP
    file.seek(0)
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    yield from FORMATS[_kind(name)](stream, name)


def _identified(found: RawArticle | Unreadable, where: str) -> Article | Rejected:
    if isinstance(found, Unreadable):
        return Rejected(where, str(found))
    try:
        return identify(found)
    except Unreadable as error:
        return Rejected(where, str(error))


def _walk(path: Path, name: str, *, above: tuple[Path, ...]) -> Iterator[Source | Rejected]:
    """Yield the file, or the files of the folder by name; `above` are the folders around it."""
    try:
        if path.is_dir():
            folder = path.resolve(strict=True)
            if folder in above:
                yield Rejected(_shown(name), f"it leads back to {folder}, which holds it")
                return
            for child in sorted(path.iterdir()):
                if not child.name.startswith("."):
                    below = f"{name}/{child.name}" if above else child.name
                    yield from _walk(child, below, above=(*above, folder))
        elif not path.is_file():
            yield Rejected(_shown(name), "expected a file or a folder, found neither")
        elif _kind(name) not in FORMATS:
            yield Rejected(_shown(name), f"expected one of {', '.join(FORMATS)} (also .gz)")
        else:
            yield Source(path, name, path.stat().st_size)
    except (OSError, RuntimeError) as error:
        yield Rejected(_shown(name), _reason(error))


def _kind(name: str) -> str:
    """Return the extension that tells the format, without a .gz after it."""
    return os.path.splitext(name.lower().removesuffix(".gz"))[1]


def _shown(name: str) -> str:
    """Return a file name that can be printed, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return f"damaged gzip: {error}" if str(error) else type(error).__name__
