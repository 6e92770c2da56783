"""`python -m eval ablate CASES`: what each step of the search buys, without a language model."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from eval.ablation import STEPS, Remembering, Scores, difference, half, markdown, scores, table
from eval.cases import Case
from eval.opening import add_archive_arguments, opened_archive, service_settings
from eval.readers import read_cases
from eval.readers.records import read_records
from index.archive import Archive
from index.embed import load_embedder

KEPT = "+ three of an article: as it is"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("cases", type=Path, help="a file of cases or a folder of a known data set")
    add_archive_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Search for every case that names gold, by every recipe; print the tables."""
    cases = [case for case in read_cases(arguments.cases) if case.gold]
    given = service_settings(arguments.data)
    embedder = Remembering(load_embedder(given.embedder or None))
    with opened_archive(given, arguments.articles, embedder=embedder) as archive:
        stored = archive.counts()
        print(f"{len(cases)} questions over {stored.articles} articles, {stored.passages} passages")
        found = {step: _scores(cases, archive, step) for step in STEPS}
    linked = _linked(arguments.cases)
    groups = {
        "first half": [half(case) == 0 for case in cases],
        "second half": [half(case) == 1 for case in cases],
        "gold linked by people": [case.id in linked for case in cases],
    }
    for title, chosen in groups.items():
        if any(chosen):
            _print(f"{title}, {sum(chosen)} questions", found, chosen)
    return 0


def _scores(cases: Sequence[Case], archive: Archive, step: str) -> list[Scores]:
    return [scores(case, archive, STEPS[step]) for case in cases]


def _print(title: str, found: dict[str, list[Scores]], chosen: Sequence[bool]) -> None:
    of = {
        step: [one for one, mine in zip(every, chosen, strict=True) if mine]
        for step, every in found.items()
    }
    print("\n".join(markdown(title, [table(step, every) for step, every in of.items()])))
    for step, every in of.items():
        if step != KEPT:
            gain = difference(of[KEPT], every, "mrr@10")
            print(f"MRR of the recipe as it is over {step!r}: "
                  f"{gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})")  # fmt: skip


def _linked(path: Path) -> set[str]:
    """Return the questions whose article people have named; in the other ones a rule found it."""
    if not (path / "questions.jsonl").exists():
        return set()
    records = read_records(path / "questions.jsonl")
    return {record["id"] for record in records if record.get("gold_article_ids")}
