"""`python -m eval bench`: speed, memory and nearness to exact, beside what else one might pick.

Every part runs in a process of its own, so that its memory is its own. By default some minutes:
an ingest, and our search beside others over real articles. `--full` adds archives of 60,000 and
1,000,000 passages that are made from these, which takes an hour the first time.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from sentence_transformers import SentenceTransformer

from eval.bench import HEADINGS, Row, ingest, searching, settle
from eval.beside import given, ours, peer
from eval.cases import Case
from eval.opening import ROOT, RUNS, every_article, opened_archive, service_settings
from eval.peers import PEERS
from eval.readers import read_cases
from eval.recombined import fill, material
from index.archive import Archive
from index.database import FILE_NAME
from index.embed import Embedder, load_embedder

FULL = (60_000, 1_000_000)
QUESTIONS = 150
EXAMPLES = ROOT / "examples"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    add = parser.add_argument
    add("--data", type=Path, help="archive of real articles (default: the examples')")
    add("--cases", type=Path, default=EXAMPLES / "questions.jsonl", help="questions over it")
    add("--articles", type=int, default=300, help="how many of them every search is given")
    add("--ingested", type=int, default=30, help="how many of them are embedded, for the ingest")
    add("--sizes", type=int, nargs="*", default=[], help="passages of archives to be made")
    add("--full", action="store_true", help=f"the same as --sizes {' '.join(map(str, FULL))}")
    add("--keep", type=Path, default=RUNS / "archives", help="where made archives are kept")
    add("--part", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Measure every part and print its table; a part alone prints JSON."""
    if arguments.part:
        print(json.dumps([asdict(row) for row in _part(arguments)]))
        return 0
    if not _has_archive(arguments.data):
        print(f"no archive in {arguments.data}: the examples are taken" if arguments.data else "")
        arguments.data = _examples()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, load "
          f"{os.getloadavg()[0]:.1f} at the start")  # fmt: skip
    beside = ["beside:ours", *(f"beside:{n}" for n in range(len(PEERS)))]
    made = [f"{what}:{n}" for n in _sizes(arguments) for what in ("made", "search")]
    failed = [part for part in ("ingest", *beside, *made) if not _printed(part, arguments.data)]
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    return 1 if failed else 0


def _printed(part: str, data: Path) -> bool:
    """Measure a part in a process of its own and print what it found; False if it failed."""
    kind, _, number = part.partition(":")
    if kind != "beside" or number == "ours":
        cells = (f"**{part}**", *HEADINGS[kind])
        print(f"\n| {' | '.join(cells)} |\n|{'---|' * len(cells)}", flush=True)
    command = [sys.executable, "-m", "eval", *sys.argv[1:], "--data", str(data), "--part", part]
    # One thread for searches: the second one gains nothing there, and waits where others work.
    threads = {} if kind == "ingest" else {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, env={**os.environ, **threads}
    )
    if done.returncode:
        print(f"| failed | exit status {done.returncode}; its messages are above |", flush=True)
        return False
    for row in json.loads(done.stdout.splitlines()[-1]):
        print(f"| {row['what']} | {row['value']} |", flush=True)
    return True


def _part(arguments: argparse.Namespace) -> list[Row]:
    kind, _, number = arguments.part.partition(":")
    embedder = load_embedder(service_settings(None).embedder or None)
    model: SentenceTransformer = embedder._model  # type: ignore[attr-defined]
    cases = [case for case in read_cases(arguments.cases) if case.gold]
    folder = arguments.keep / f"made-{number}"
    with tempfile.TemporaryDirectory() as place:
        match kind:
            case "ingest":
                with closing(Archive.open(arguments.data, embedder)) as archive:
                    articles = list(islice(every_article(archive), arguments.ingested))
                return ingest(Path(place), articles, embedder, model)
            case "beside":
                of = given(arguments.data, embedder, cases, arguments.articles)
                if number == "ours":
                    return [_what(of.passages, of.cases), *ours(Path(place), of, embedder)]
                return peer(int(number), of, model)
            case "made":
                return _made(folder, int(number), arguments.data, embedder)
            case _:
                questions = [case.question for case in cases][:QUESTIONS]
                return searching(folder, questions, embedder)


def _made(folder: Path, passages: int, data: Path, embedder: Embedder) -> list[Row]:
    if not (folder / FILE_NAME).exists():
        with closing(Archive.open(data, embedder)) as archive:
            of = material(archive, data)
        fill(folder, of, passages, fingerprint=embedder.fingerprint)
    return settle(folder, embedder)


def _what(passages: Sequence[object], cases: Sequence[Case]) -> Row:
    empty = " | " * (len(HEADINGS["beside"]) - 1)
    return Row(f"*{len(passages)} passages, {len(cases)} questions*", empty)


def _sizes(arguments: argparse.Namespace) -> Sequence[int]:
    sizes: Sequence[int] = FULL if arguments.full else arguments.sizes
    return sizes


def _has_archive(data: Path | None) -> bool:
    return data is not None and (data / FILE_NAME).exists()


def _examples() -> Path:
    """Ingest the examples, for a machine on which there is no archive yet."""
    with opened_archive(service_settings(None), [EXAMPLES / "articles"]) as archive:
        return archive._database.path.parent
