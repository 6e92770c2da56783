"""`python -m eval search CASES`: what the search finds, without a language model."""

import argparse
import asyncio
from pathlib import Path

from eval.asking import SearchOnly
from eval.cases import digest
from eval.gates import failures
from eval.opening import (
    ROOT,
    RUNS,
    add_archive_arguments,
    archive_digest,
    opened_archive,
    service_settings,
)
from eval.readers import own, read_cases
from eval.results import metric_values, write_results
from eval.running import run_cases
from eval.runs import Run, Settings, code_version
from eval.scoring import score_of_search
from eval.summary import markdown, summarise


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("cases", type=Path, help="a file of cases or a folder of a known data set")
    add_archive_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Search for every case that names gold; print the summary."""
    cases = [case for case in read_cases(arguments.cases) if case.gold]
    given = service_settings(arguments.data)
    with opened_archive(given, arguments.articles) as archive:
        settings: Settings = {
            "search": True,
            "cases": digest(cases),
            "archive": archive_digest(archive),
            "embedder": given.embedder,
            "code": code_version(ROOT / "index"),
        }
        run = Run.begin(RUNS, "search", settings)
        own.write(cases, run.cases)
        replies = asyncio.run(run_cases(cases, SearchOnly(archive), run))
    scored = [score_of_search(case, replies[case.id]) for case in cases]
    lines = summarise(scored)
    write_results(run, lines, scored)
    print(markdown("Search", lines))
    missed = failures(arguments.gates, metric_values(lines))
    print("\n".join(missed))
    return 1 if missed else 0
