"""`python -m eval compare A B`: two runs over the same cases, and which differences are real."""

import argparse
import asyncio
from pathlib import Path

from eval.compare import compare, markdown
from eval.judges import GoldJudge
from eval.opening import RUNS
from eval.readers import read_cases
from eval.runs import find
from eval.scoring import Scored, score


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("before", help="a run's folder, or part of its name")
    parser.add_argument("after", help="a run's folder, or part of its name")
    parser.add_argument("--cases", type=Path, required=True, help="the cases that both answered")


def run(arguments: argparse.Namespace) -> int:
    """Print the paired comparison."""
    before, after = (_scored(name, arguments.cases) for name in (arguments.before, arguments.after))
    differences = compare(before, after)
    print(markdown(differences))
    real = [f"{d.metric.name} is {d.verdict}" for d in differences if d.p < 0.05]
    print(f"\nReal at 5 %, adjusted for {len(differences)} metrics: {', '.join(real) or 'none'}")
    return 0


def _scored(name: str, cases: Path) -> list[Scored]:
    replies = find(RUNS, name).replies()
    asked = [case for case in read_cases(cases) if case.id in replies]

    async def score_all() -> list[Scored]:
        return [await score(case, replies[case.id], [GoldJudge()]) for case in asked]

    return asyncio.run(score_all())
