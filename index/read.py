"""Files and folders to articles, in the same order every time. Knows no archive and no vectors.

Nothing is passed over in silence but hidden files: what cannot be read is yielded as `Rejected`.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, cast

from index.documents import Article
from index.errors import Unreadable
from index.formats import Findings
from index.formats.recognise import HEAD, PLAINLY, How, reader_of
from index.formats.unpack import GZIP, unpacked
from index.identity import RawArticle, identify


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that is no article, and why."""

    where: str  # the path below the ingested folder, and the line or number within the file
    reason: str
    position: str = field(default="", compare=False)  # that line or number alone


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and what it is called below the folder that was named."""

    path: Path
    name: str  # "2023/a.txt"; of a file that was named itself, its own name
    size: int  # bytes on disk

    @property
    def origin(self) -> str:
        """What to open to read it again, from wherever."""
        return os.path.abspath(self.path)


def read(
    paths: Sequence[Path],
    *,
    how: How = PLAINLY,
    progress: Callable[[int], object] = lambda size: None,
) -> Iterator[Article | Rejected]:
    """Yield every article below the paths, and every input that is none; never stop at one.

    `progress` is told how many more bytes on disk have been read.
    """
    for _, found in read_each(paths, how=how, progress=progress):
        if found is not None:
            yield found


def read_each(
    paths: Sequence[Path],
    *,
    how: How = PLAINLY,
    progress: Callable[[int], object] = lambda size: None,
) -> Iterator[tuple[Source, Article | Rejected | None]]:
    """Yield what is found with the file it is in, and None when a file was read to its end."""
    taken: dict[str, Path] = {}
    for source, refused in _places(paths):
        if refused:
            yield source, refused
        else:
            for found in read_source(source, how=how, progress=progress):
                yield source, _first_of_its_name(found, source, taken)
        yield source, None


def sources(paths: Sequence[Path]) -> Iterator[Source]:
    """Yield the files below the paths in order, without opening one."""
    return (source for source, refused in _places(paths) if not refused)


def _places(paths: Sequence[Path]) -> Iterator[tuple[Source, Rejected | None]]:
    """Yield what is below the paths, with the reason where it is nothing to be read."""
    for path in paths:
        yield from _walk(path, path.name or str(path), above=())


def read_source(
    source: Source, *, how: How = PLAINLY, progress: Callable[[int], object] = lambda size: None
) -> Iterator[Article | Rejected]:
    """Yield what is in one file."""
    place, seen = "", 0
    try:
        with source.path.open("rb") as file:
            for place, found in findings(file, source.name, how):
                yield _identified(found, _shown(source.name), place)
                progress(file.tell() - seen)
                seen = file.tell()
    except (Unreadable, OSError) as error:
        after = f" (after {place})" if place else ""
        yield Rejected(_shown(source.name) + after, _reason(error), after.strip())
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


def findings(file: BinaryIO, name: str, how: How) -> Findings:
    """Yield what is in a file of that name, packed or not."""
    stream = unpacked(file)
    head = cast(BufferedIOBase, stream).read1(HEAD)  # what there is: damage may follow
    if stream is not file and head.startswith(GZIP):
        raise Unreadable("expected what is packed once, got gzip within gzip")
    stream.seek(0)
    yield from reader_of(head, name, how)(stream, name)


def _identified(found: RawArticle | Unreadable, name: str, place: str) -> Article | Rejected:
    if isinstance(found, Unreadable):
        return Rejected(name + place, str(found), place)
    try:
        return identify(found)
    except Unreadable as error:
        return Rejected(name + place, str(error), place)


def _walk(
    path: Path, name: str, *, above: tuple[Path, ...]
) -> Iterator[tuple[Source, Rejected | None]]:
    """Yield the file, or the files of the folder by name; `above` are the folders around it."""
    source = Source(path, name, 0)
    try:
        if path.is_dir():
            folder = path.resolve(strict=True)
            if folder in above:
                yield source, Rejected(_shown(name), f"it leads back to {folder}, which holds it")
                return
            for child in sorted(path.iterdir()):
                if not child.name.startswith("."):
                    below = f"{name}/{child.name}" if above else child.name
                    yield from _walk(child, below, above=(*above, folder))
        elif not path.is_file():
            yield source, Rejected(_shown(name), "expected a file or a folder, found neither")
        else:
            yield Source(path, name, path.stat().st_size), None
    except (OSError, RuntimeError) as error:
        yield source, Rejected(_shown(name), _reason(error))


def _shown(name: str) -> str:
    """Return a file name that can be printed, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def _reason(error: Exception) -> str:
    said = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
    return said or type(error).__name__
