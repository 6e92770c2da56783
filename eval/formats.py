"""`python -m eval formats PATH…`: what is read and refused in files of known formats, how fast."""

import argparse
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.rewritten import round_trips
from index.documents import Article
from index.errors import Unreadable
from index.formats.recognise import HEAD, kind_of
from index.formats.unpack import unpacked
from index.read import Rejected, Source, read, read_source, sources

REASONS = 6  # shown of each format, most frequent first

# The files that IPTC's own tests of its formats want refused, by the words of the fault that each
# is there for. Three had it only in an earlier version of the standard than they name.
BAD = ("should_fail", "not-valid")
FAULTS = {
    "xsany-on-hasinstrument.xml": "anyotherelement",
    "2.29_affiliation_org_org.xml": None,  # an affiliation there: since 2.29
    "2.29_retiring_scheme_scheme.xml": None,  # dates of a scheme: since 2.29
    "2.29_retiring_scheme_schememeta.xml": "schemeretired",
    "001_incomplete_file.xml": "itemmeta",
    "002_newsitem_with_no_catalog.xml": "catalogRef",
    "CR00212_02_residrefformaturi_badly_formatted.xml": "residrefformaturi",
    "CR00215_hasInstrument_on_concept.xml": None,  # an instrument there: since 2.31
    "digitalSourceType_catalogItem.xml": "digitalsourcetype",
    "CR00218_too_many_nested_related.xml": "<related>",
    "008_extension.json": "embargoedreason",
}


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
    parser.add_argument(
        "--rewrite",
        type=int,
        default=0,
        metavar="N",
        help="also write the first N articles anew in every format, and read them back",
    )


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
    for name, verdict, reason in bad_files(arguments.paths):
        print(f"should fail: {name}: {verdict}: {reason}")
    if arguments.rewrite:
        rewrite(arguments.paths, arguments.rewrite)
    return 0


def rewrite(paths: Sequence[Path], most: int) -> None:
    """Print what comes back of the first articles, written anew in every format."""
    found = (each for each in read(paths) if isinstance(each, Article))
    articles = list({each.title: each for each in islice(found, most)}.values())
    print(f"{'written as':15} {'files':>6} {'read':>6} {'refused':>8} {'same':>6} {'a second':>9}")
    with TemporaryDirectory() as folder:
        for back in round_trips(articles, Path(folder)):
            counts = f"{back.files:6} {back.read:6} {back.refused:8} {back.same:6}"
            print(f"{back.name:15} {counts} {back.read / back.seconds:9.0f}")


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


def bad_files(paths: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield each file that should be refused, whether its own fault is named, and what is said."""
    for source in sources(paths):
        if not any(mark in source.path.parts for mark in BAD):
            continue
        for found in read_source(source):
            reason = found.reason if isinstance(found, Rejected) else ""
            yield source.path.name, _verdict(source.path.name, reason), reason


def _verdict(name: str, reason: str) -> str:
    """Say whether a reason names the fault that the file is there for."""
    if not reason:
        return "READ"
    if name not in FAULTS:
        return "refused, its fault not known here"
    fault = FAULTS[name]
    if fault is None:
        return "refused, no fault in the version that it names"
    return "refused for its fault" if fault in reason else "refused, its fault NOT named"


def _kind(source: Source) -> str:
    try:
        with source.path.open("rb") as file:
            return kind_of(unpacked(file).read(HEAD), source.name)
    except (Unreadable, OSError):
        return "none"


def _alike(reason: str) -> str:
    """Return a reason without what differs from one file to the next."""
    return re.sub(r"'[^']*'|\d+", "…", reason)[:110]
