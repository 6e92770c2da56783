"""`python -m eval ablate-answers CASES`: what each part of checking an answer buys.

The model's replies are kept, so that every variant is made of the same ones.
"""

import argparse
import asyncio
from pathlib import Path

from tqdm import tqdm

from eval.answer_parts import WITHOUT, taken_out
from eval.asking import InProcess
from eval.cases import Case
from eval.kept_replies import KeptReplies
from eval.opening import RUNS, add_archive_arguments, opened_archive, service_settings
from eval.readers import read_cases
from eval.sampling import sample
from eval.scoring import Scored, score
from eval.summary import show, summarise
from qa_service.serve import running_llm

MEASURES = ("right", "refused_present", "answered_absent", "quote_holds_answer")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    add = parser.add_argument
    add("cases", type=Path, help="a file of cases or a folder of a known data set")
    add_archive_arguments(parser)
    add("--answerable", type=int, help="draw so many answerable cases (fixed seed)")
    add("--absent", type=int, help="draw so many unanswerable cases (fixed seed)")
    add(
        "--replies",
        type=Path,
        default=RUNS / "replies.jsonl",
        help="where the model's replies are kept (default: eval/runs/replies.jsonl)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Ask every case once for each part that is taken out; print a table of Markdown."""
    cases = sample(read_cases(arguments.cases), arguments.answerable, arguments.absent)
    asyncio.run(_run(cases, arguments))
    return 0


async def _run(cases: list[Case], arguments: argparse.Namespace) -> None:
    given = service_settings(arguments.data)
    arguments.replies.parent.mkdir(parents=True, exist_ok=True)
    with opened_archive(given, arguments.articles) as archive:
        async with running_llm(given) as llm:
            asker = InProcess(archive, KeptReplies(llm, arguments.replies))
            print(f"| without | {' | '.join(MEASURES)} |")
            print("|---" * (len(MEASURES) + 1) + "|")
            for part in WITHOUT:
                with taken_out(part):
                    print(_row(part, await _scored(part, cases, asker)), flush=True)


async def _scored(part: str, cases: list[Case], asker: InProcess) -> list[Scored]:
    waiting = tqdm(cases, desc=part, unit="case", leave=False)
    return [await score(case, await asker.ask(case)) for case in waiting]


def _row(part: str, scored: list[Scored]) -> str:
    values = {line.metric.name: show(line.value) for line in summarise(scored)}
    return f"| {part} | {' | '.join(values.get(name, '–') for name in MEASURES)} |"
