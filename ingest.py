"""The command that puts articles into the archive: paths in, progress, counts, rejected files."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tqdm import tqdm

from index.documents import Article
from index.errors import ArchiveError
from index.formats.recognise import EXTENSIONS
from index.read import Rejected, Source, read, sources
from index.store import Outcome, Stored

if TYPE_CHECKING:
    from index.archive import Archive
    from index.embed import Embedder

INTERRUPTED = 130  # what shells give a command that Ctrl-C ended


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
        counts = {outcome.value: self.outcomes[outcome.value] for outcome in Outcome}
        counts["rejected"] = len(self.rejected)
        return ", ".join(f"{name} {count}" for name, count in counts.items())


def _default_embedder() -> "Embedder":
    # Not at the top: it loads PyTorch, which --help and a mistyped path need not wait for.
    from index.embed import load_embedder

    return load_embedder(os.environ.get("QA_EMBEDDER") or None)


def main(
    argv: list[str] | None = None, *, load: Callable[[], "Embedder"] = _default_embedder
) -> int:
    """Ingest what the command line names; 0 if all of it was read, 1 if something was rejected."""
    arguments = _parser().parse_args(argv)
    missing = [path for path in arguments.paths if not os.path.lexists(path)]
    if missing:
        print(f"no such file or folder: {', '.join(map(str, missing))}", file=sys.stderr)
        return 2
    tally = Tally()
    try:
        with closing(_open(arguments.data, load)) as archive:
            ingest(arguments.paths, archive, tally, acknowledge=arguments.acknowledge)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        _report(tally)
        return INTERRUPTED
    _report(tally)
    return 1 if tally.rejected else 0


def ingest(
    paths: Sequence[Path], archive: Adds, tally: Tally, *, acknowledge: bool = False
) -> None:
    """Read the paths into the archive, count in `tally`, and show how far it is."""
    files = [found for found in sources(paths) if isinstance(found, Source)]
    with tqdm(total=sum(file.size for file in files), unit="B", unit_scale=True) as bar:
        bar.set_description(f"{len(files)} file{'s' if len(files) != 1 else ''}")

        def articles() -> Iterator[Article]:
            for found in read(paths, progress=bar.update):
                if isinstance(found, Rejected):
                    tally.rejected.append(found)
                else:
                    yield found

        for stored in archive.add(articles()):
            tally.outcomes[stored.outcome.value] += 1
            if stored.outcome is Outcome.REJECTED:  # a kill notice for what is not here
                tally.rejected.append(Rejected(stored.article_id, stored.reason or ""))
            bar.set_postfix_str(str(tally), refresh=False)
            if acknowledge and stored.version:
                print(f"stored {stored.article_id} {stored.version}", flush=True)


def _open(folder: Path, load: Callable[[], "Embedder"]) -> "Archive":
    from index.archive import Archive

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot keep an archive in {folder}: {error.strerror}") from error
    return Archive.open(folder, load())


def _report(tally: Tally) -> None:
    print(tally)
    for rejected in tally.rejected:
        print(f"rejected {rejected.where}: {rejected.reason}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ingest.py",
        description=f"Put articles into the archive: {', '.join(EXTENSIONS)}, each also as .gz.",
    )
    parser.add_argument("paths", metavar="PATH", type=Path, nargs="+", help="a file or a folder")
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        default=Path(os.environ.get("QA_DATA_DIR") or "data"),
        help="where the archive is kept (default: QA_DATA_DIR, else ./data)",
    )
    parser.add_argument(
        "--acknowledge",
        action="store_true",
        help="print `stored ID VERSION` for each article once it is on the disk",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
