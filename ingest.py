"""The command that puts articles into the archive: paths and URLs in, counts and reasons out."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tqdm import tqdm

from index.arguments import parse
from index.documents import Article
from index.errors import ArchiveError, Unreadable
from index.inputs import Found, Inputs
from index.progress import Shown, bar_over
from index.read import Rejected, read_each
from index.rejections import Again, Rejections
from index.store import Outcome, Stored
from index.tally import Tally
from index.watch import feeds_in_turn

if TYPE_CHECKING:
    from index.archive import Archive
    from index.download import Downloader
    from index.embed import Embedder

__all__ = ["Tally", "ingest", "main"]

INTERRUPTED = 130  # what shells give a command that Ctrl-C ended


class Adds(Protocol):
    """What an archive must do for an ingest."""

    def add(self, articles: Iterable[Article]) -> Iterator[Stored]:
        """Store articles and yield what became of each, once it is on the disk."""
        ...


def _default_embedder() -> "Embedder":
    # Not at the top: it loads PyTorch, which --help and a mistyped path need not wait for.
    from index.embed import load_embedder

    return load_embedder(os.environ.get("QA_EMBEDDER") or None)


def _default_downloader() -> "Downloader":
    from index.download import Downloader

    return Downloader()


def main(
    argv: list[str] | None = None,
    *,
    load: Callable[[], "Embedder"] = _default_embedder,
    download: Callable[[], "Downloader"] = _default_downloader,
    sleep: Callable[[float], object] = time.sleep,
) -> int:
    """Ingest what the command line names; 0 if all of it was read, 1 if something was rejected."""
    asked = parse(argv)
    if missing := [str(path) for path in asked.paths if not os.path.lexists(path)]:
        _complain(f"no such file or folder: {', '.join(missing)}")
        return 2
    inputs = Inputs(asked.data, download, asked.map, asked.follow_links)
    try:
        with closing(_open(asked.data, load)) as archive:
            if asked.watch:
                _watch(asked, inputs, archive, sleep)
            with bar_over(asked.paths) as bar:
                found = _found(asked, inputs, bar.update)
                return _run(found, inputs, archive, Shown(asked.acknowledge, bar))
    except (ArchiveError, Unreadable) as error:
        _complain(str(error))
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED


def _found(
    asked: argparse.Namespace, inputs: Inputs, progress: Callable[[int], object]
) -> Iterator[Found]:
    """Yield what the command line names."""
    if asked.retry:
        yield from inputs.rejected_before()
    yield from inputs.in_files(asked.paths, progress)
    for url in asked.urls:
        yield from inputs.at(url)


def _watch(
    asked: argparse.Namespace, inputs: Inputs, archive: Adds, sleep: Callable[[float], object]
) -> None:
    """Read the feeds again and again; one that is broken never stops the others."""
    for feed in feeds_in_turn(asked.watch, every=asked.every, sleep=sleep, warn=_complain):
        print(f"{feed}: ", end="", flush=True)
        try:
            _run(inputs.at(feed), inputs, archive, Shown(asked.acknowledge))
        except ArchiveError as error:  # locked for too long: read again the next time
            inputs.not_stored()
            _complain(str(error))


def _run(found: Iterator[Found], inputs: Inputs, archive: Adds, shown: Shown) -> int:
    """Store what is found; whatever happens, the counts are printed and the rejected listed."""
    tally, rejections = Tally(), Rejections(inputs.data)
    whole = False
    try:
        _store(found, archive, tally, rejections, shown)
        inputs.stored()
        whole = True
    finally:
        rejections.close(whole=whole)
        print(tally, flush=True)
        for line in tally.reasons():
            _complain(line)
    return 1 if tally.outcomes[Outcome.REJECTED.value] else 0


def ingest(
    paths: Sequence[Path], archive: Adds, tally: Tally, *, acknowledge: bool = False
) -> None:
    """Read the paths into the archive, count in `tally`, and show how far it is."""
    with bar_over(paths) as bar:
        found = (
            (Again(source.origin, source.name), each)
            for source, each in read_each(paths, progress=bar.update)
        )
        _store(found, archive, tally, None, Shown(acknowledge, bar))


def _store(
    found: Iterator[Found],
    archive: Adds,
    tally: Tally,
    rejections: Rejections | None,
    shown: Shown,
) -> None:
    """Store the articles, list what is none."""
    kills: dict[str, Again] = {}  # where each kill notice stands, since it may name nothing here

    def reject(rejected: Rejected, again: Again) -> None:
        tally.reject(rejected)
        if rejections:
            rejections.add(rejected, again)

    def articles() -> Iterator[Article]:
        for again, each in found:
            if isinstance(each, Article):
                if each.status != "usable":
                    kills[each.id] = again
                yield each
            elif each is not None:
                reject(each, again)
            elif rejections:
                rejections.done(again.file)

    for stored in archive.add(articles()):
        if stored.outcome is Outcome.REJECTED:
            again = kills[stored.article_id]
            reject(Rejected(f"{again.name} {stored.article_id}", stored.reason or ""), again)
            continue
        tally.outcomes[stored.outcome.value] += 1
        shown.stored(stored, tally)


def _open(folder: Path, load: Callable[[], "Embedder"]) -> "Archive":
    """Open the archive, all of its vectors made by the embedder that is set."""
    from index.archive import Archive

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot keep an archive in {folder}: {error.strerror}") from error
    archive = Archive.open(folder, load())
    if archive.is_stale():  # what comes in would not be seen before all else is embedded anew
        with tqdm(desc="new embedder: articles to embed anew", unit=" articles") as bar:
            for left in archive.reembed():
                bar.total = bar.total or left
                bar.update(bar.total - left - bar.n)
    return archive


def _complain(line: str) -> None:
    print(line, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
