"""`python -m eval wice FILE`: partly supported claims that others made, put to the verifier."""

import argparse
from collections import Counter
from pathlib import Path

from eval.readers.wice import read
from eval.summary import number
from eval.trials import PUBLISHED_F1, detection, try_labelled


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("file", type=Path, help="claims_dev.jsonl.gz")
    parser.add_argument("--show", type=int, default=0, help="wrongly decided claims to print")


def run(arguments: argparse.Namespace) -> int:
    """Print precision, recall and F1 of "supported" beside the published F1."""
    judged = try_labelled(list(read(arguments.file)))
    found = detection(judged)
    print("| verifier | precision | recall | F1 | accuracy | claims |")
    print("|---|---|---|---|---|---|")
    values = [found.precision, found.recall, found.f1, found.accuracy]
    print(f"| ours, gold sentences | {' | '.join(map(number, values))} | {found.n} |")
    print(f"| GPT-4, published (test, oracle passages) | | | {PUBLISHED_F1} | .77 | 100 |")
    counts = Counter((one.label, claim.verdict.value) for one, claim in judged)
    print("\n".join(f"{label}: {count} {verdict}" for (label, verdict), count in counts.items()))
    wrong = [(o, c) for o, c in judged if o.supported != (c.verdict.value == "supported")]
    for one, claim in wrong[: arguments.show]:
        issues = "; ".join(f"{issue.kind}: {issue.detail}" for issue in claim.issues)
        print(
            f"\n{one.label}: {one.claim}\n  {' / '.join(one.sentences)}\n  {issues or 'believed'}"
        )
    return 0
