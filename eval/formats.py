"""`python -m eval formats PATH…`: what is read and refused in files of known formats, how fast."""

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import Unreadable
from index.formats.recognise import HEAD, kind_of
from index.formats.unpack import unpacked
from index.read import Rejected, Source, read_source, sources

REASONS = 6  # shown of each format, most frequent first


@dataclass
class Count:
    """What came out of the files of one format."""

    files: int = 0
    articles: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("paths", type=Path, nargs="+", help="files and folders")


def run(arguments: argparse.Namespace) -> int:
    """Print a table of formats, and below it the reasons why something was refused."""
    counts = count(arguments.paths)
    print(f"{'format':10} {'files':>6} {'articles':>9} {'refused':>8} {'a second':>9}")
    for kind, each in sorted(counts.items()):
        refused = each.reasons.total()
        speed = (each.articles + refused) / each.seconds
        print(f"{kind:10} {each.files:6} {each.articles:9} {refused:8} {speed:9.0f}")
    for kind, each in sorted(counts.items()):
        for reason, number in each.reasons.most_common(REASONS):
            print(f"{kind}: {number} refused, {reason}")
    return 0


def count(paths: Sequence[Path]) -> dict[str, Count]:
    """Read every file and count by the format that it was taken for."""
    counts: dict[str, Count] = defaultdict(Count)
    for source in sources(paths):
        each = counts[_kind(source)]
        each.files += 1
        begun = time.perf_counter()
        for found in read_source(source):
            if isinstance(found, Rejected):
                each.reasons[_alike(found.reason)] += 1
            else:
                each.articles += 1
        each.seconds += time.perf_counter() - begun
    return dict(counts)


def _kind(source: Source) -> str:
    try:
        with source.path.open("rb") as file:
            return kind_of(unpacked(file).read(HEAD), source.name)
    except (Unreadable, OSError):
        return "none"


def _alike(reason: str) -> str:
    """Return a reason without what differs from one file to the next."""
    return re.sub(r"'[^']*'|\d+", "…", reason)[:110]
