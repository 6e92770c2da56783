"""The command that puts articles into the archive: paths and URLs in, counts and reasons out."""

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from tqdm import tqdm

from index.documents import Article
from index.errors import ArchiveError, Unreadable
from index.formats.fields import parse_map
from index.formats.recognise import EXTENSIONS
from index.inputs import URL, Found, Inputs
from index.read import Rejected, read_each, sources
from index.rejections import Again, Rejections
from index.store import Outcome, Stored

if TYPE_CHECKING:
    from index.archive import Archive
    from index.download import Downloader
    from index.embed import Embedder

INTERRUPTED = 130  # what shells give a command that Ctrl-C ended
SHOWN = 100  # rejected inputs that are printed; `rejected.jsonl` has them all

EVERY = re.compile(r"(\d+)([smhd]?)")
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class Adds(Protocol):
    """What an archive must do for an ingest."""

    def add(self, articles: Iterable[Article]) -> Iterator[Stored]:
        """Store articles and yield what became of each, once it is on the disk."""
        ...


@dataclass
class Tally:
    """What became of the inputs so far."""

    outcomes: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{each.value} {self.outcomes[each.value]}" for each in Outcome)

    def reject(self, rejected: Rejected) -> None:
        """Count an input that is no article, and remember the first of them."""
        self.outcomes[Outcome.REJECTED.value] += 1
        if len(self.rejected) < SHOWN:
            self.rejected.append(rejected)


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
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not (arguments.paths or arguments.watch or arguments.retry):
        parser.error("expected a PATH, --watch OPML or --retry")
    missing = [p for p in arguments.paths if isinstance(p, Path) and not os.path.lexists(p)]
    if missing:
        print(f"no such file or folder: {', '.join(map(str, missing))}", file=sys.stderr)
        return 2
    inputs = Inputs(arguments.data, download, arguments.map, arguments.follow_links)
    try:
        with closing(_open(arguments.data, load)) as archive:
            if arguments.watch:
                _watch(arguments, inputs, archive, sleep)
            with _bar([path for path in arguments.paths if isinstance(path, Path)]) as bar:
                found = _asked(arguments, inputs, bar.update)
                return _run(found, inputs, archive, _Shown(arguments.acknowledge, bar))
    except (ArchiveError, Unreadable) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED


def _asked(
    arguments: argparse.Namespace, inputs: Inputs, progress: Callable[[int], object]
) -> Iterator[Found]:
    """Yield what the command line names."""
    if arguments.retry:
        yield from inputs.rejected_before()
    yield from inputs.in_files([p for p in arguments.paths if isinstance(p, Path)], progress)
    for url in arguments.paths:
        if isinstance(url, str):
            yield from inputs.at(url)


def _run(found: Iterator[Found], inputs: Inputs, archive: Adds, shown: "_Shown") -> int:
    """Store what is found; whatever happens, the counts are printed and the rejected listed."""
    tally, rejections = Tally(), Rejections(inputs.data)
    whole = False
    try:
        _store(found, archive, tally, rejections, shown)
        inputs.stored()
        whole = True
    finally:
        rejections.close(whole=whole)
        _report(tally)
    return 1 if tally.outcomes[Outcome.REJECTED.value] else 0


def _watch(
    arguments: argparse.Namespace,
    inputs: Inputs,
    archive: Adds,
    sleep: Callable[[float], object],
) -> None:
    """Read the feeds again and again; one that is broken never stops the others."""
    feeds: list[str] = []
    while True:
        begun = time.monotonic()
        feeds = _feeds(arguments.watch, feeds)
        for feed in feeds:
            print(f"{feed}: ", end="", flush=True)
            try:
                _run(inputs.at(feed), inputs, archive, _Shown(arguments.acknowledge))
            except ArchiveError as error:  # locked for too long: read again the next time
                inputs.not_stored()
                print(error, file=sys.stderr)
        sleep(max(0.0, arguments.every - (time.monotonic() - begun)))


def _feeds(opml: Path, before: list[str]) -> list[str]:
    """Return the feeds that the file lists now, or did before somebody broke it."""
    from index.formats.opml import subscriptions

    try:
        return subscriptions(opml.read_bytes())
    except (OSError, Unreadable) as error:
        if not before:
            raise Unreadable(f"{opml}: {error}") from error
        print(f"{opml}: {error}; going on with the feeds it had", file=sys.stderr)
        return before


def ingest(
    paths: Sequence[Path], archive: Adds, tally: Tally, *, acknowledge: bool = False
) -> None:
    """Read the paths into the archive, count in `tally`, and show how far it is."""
    with _bar(paths) as bar:
        found = (
            (Again(source.origin, source.name), each)
            for source, each in read_each(paths, progress=bar.update)
        )
        _store(found, archive, tally, None, _Shown(acknowledge, bar))


def _store(
    found: Iterator[Found],
    archive: Adds,
    tally: Tally,
    rejections: Rejections | None,
    shown: "_Shown",
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


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown while it goes on."""

    acknowledge: bool
    bar: Any = None

    def stored(self, stored: Stored, tally: Tally) -> None:
        if self.bar is not None:
            self.bar.set_postfix_str(str(tally), refresh=False)
        if self.acknowledge and stored.version:
            print(f"stored {stored.article_id} {stored.version}", flush=True)


def _bar(paths: Sequence[Path]) -> Any:
    """Return a progress bar over the bytes of the files; none is shown where there are none."""
    files = list(sources(paths))
    named = f"{len(files)} file{'s' if len(files) != 1 else ''}"
    size = sum(file.size for file in files)
    return tqdm(desc=named, total=size, unit="B", unit_scale=True, disable=not paths)


def _open(folder: Path, load: Callable[[], "Embedder"]) -> "Archive":
    from index.archive import Archive

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot keep an archive in {folder}: {error.strerror}") from error
    archive = Archive.open(folder, load())
    if archive.is_stale():
        _reembed(archive)
    return archive


def _reembed(archive: "Archive") -> None:
    """Make the vectors of the embedder that is set; what comes in is not seen before they are."""
    with tqdm(desc="new embedder: articles to embed anew", unit=" articles") as bar:
        for left in archive.reembed():
            bar.total = bar.total or left
            bar.update(bar.total - left - bar.n)


def _report(tally: Tally) -> None:
    print(tally, flush=True)
    for rejected in tally.rejected:
        print(f"rejected {rejected.where}: {rejected.reason}", file=sys.stderr)
    more = tally.outcomes[Outcome.REJECTED.value] - len(tally.rejected)
    if more > 0:
        print(f"… and {more} more, all in rejected.jsonl", file=sys.stderr)


def _place(given: str) -> Path | str:
    """Return a URL as it is, anything else as a path."""
    return given if URL.match(given) else Path(given)


def _seconds(given: str) -> float:
    found = EVERY.fullmatch(given.strip())
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"expected a time such as 10m, 30s or 1h, got {given!r}")
    return float(int(found[1]) * SECONDS[found[2]])


def _map(given: str) -> dict[str, str]:
    try:
        return parse_map(given)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ingest.py",
        description=f"Put articles into the archive: {', '.join(EXTENSIONS)}, each also as .gz.",
    )
    add = parser.add_argument
    add("paths", metavar="PATH", type=_place, nargs="*", help="a file, a folder or a URL")
    add("--map", type=_map, default={}, metavar="FIELD=NAME,…", help="names of fields or columns")
    add("--follow-links", action="store_true", help="read the pages behind feeds and sitemaps")
    add("--watch", type=Path, metavar="OPML", help="read the feeds of this file again and again")
    add("--every", type=_seconds, default=600.0, metavar="TIME", help="how often (default: 10m)")
    add("--retry", action="store_true", help="try again what DIR/rejected.jsonl lists")
    add(
        "--data",
        metavar="DIR",
        type=Path,
        default=Path(os.environ.get("QA_DATA_DIR") or "data"),
        help="where the archive is kept (default: QA_DATA_DIR, else ./data)",
    )
    add(
        "--acknowledge",
        action="store_true",
        help="print `stored ID VERSION` for each article once it is on the disk",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
