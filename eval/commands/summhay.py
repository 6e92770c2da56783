"""`python -m eval summhay FOLDER`: our citation scorer against the authors', on their answers."""

import argparse
from pathlib import Path

from eval.agreement import PUBLISHED_F1_OF_FIVE, Triple, agreements
from eval.readers.summhay import read_covered

ALLOWED = 0.5  # points


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("folder", type=Path, help="where queries.jsonl.gz and the others are")


def run(arguments: argparse.Namespace) -> int:
    """Print precision / recall / F1 per system; 1 if any is more than half a point apart."""
    found = agreements(read_covered(arguments.folder))
    print("| system | insights | ours P / R / F1 | their scorer | apart | published, 5 topics F1 |")
    print("|---|---|---|---|---|---|")
    for one in found:
        published = PUBLISHED_F1_OF_FIVE.get(one.system, "")
        cells = [one.system, one.insights, _shown(one.ours), _shown(one.theirs)]
        print(f"| {' | '.join(map(str, cells))} | {one.apart:.2f} | {published} |")
    worst = max(found, key=lambda one: one.apart)
    print(f"\nLargest difference: {worst.apart:.3f} points ({worst.system}).")
    print("The published F1 is over five news topics, of which two are in these files.")
    return 1 if worst.apart > ALLOWED else 0


def _shown(triple: Triple) -> str:
    return " / ".join(f"{value:.1f}" for value in triple)
