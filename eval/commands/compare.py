"""`python -m eval compare A B`: two runs over the same cases, and which differences are real."""

import argparse
import asyncio

from eval.compare import compare, markdown
from eval.judges import GoldJudge
from eval.opening import RUNS
from eval.readers import own
from eval.runs import find
from eval.scoring import Scored, score, score_of_search


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("before", help="a run's folder, or part of its name")
    parser.add_argument("after", help="a run's folder, or part of its name")


def run(arguments: argparse.Namespace) -> int:
    """Print the paired comparison."""
    before, after = (_scored(name) for name in (arguments.before, arguments.after))
    differences = compare(before, after)
    print(markdown(differences))
    real = [f"{d.metric.name} is {d.verdict}" for d in differences if d.p < 0.05]
    print(f"\nReal at 5 %, adjusted for {len(differences)} metrics: {', '.join(real) or 'none'}")
    return 0


def _scored(name: str) -> list[Scored]:
    run = find(RUNS, name)
    replies = run.replies()
    asked = [case for case in own.read(run.cases) if case.id in replies]
    if run.settings.get("search"):
        return [score_of_search(case, replies[case.id]) for case in asked]

    async def score_all() -> list[Scored]:
        return [await score(case, replies[case.id], [GoldJudge()]) for case in asked]

    return asyncio.run(score_all())
