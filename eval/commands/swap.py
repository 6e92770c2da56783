"""`python -m eval swap`: false claims made from true ones, put to the verifier."""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from eval.attacks import SEED
from eval.gates import failures
from eval.opening import RUNS
from eval.pairs import Pair, pairs_of_article, paraphrases
from eval.swaps import run_swaps
from index.read import Rejected, read
from index.split import split_sentences


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be asked for."""
    parser.add_argument("articles", nargs="*", type=Path, help="files and folders of articles")
    parser.add_argument("--per-kind", type=int, default=80, help="attacks of each kind, at most")
    parser.add_argument("--controls", type=int, default=300, help="untouched sentences to try")
    parser.add_argument("--sample", type=int, default=20_000, help="sentences to draw from")
    parser.add_argument(
        "--wrong", type=Path, default=RUNS / "swaps-wrong.jsonl", help="for reading"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the table; the exit status says whether a gate failed."""
    pairs = [*paraphrases(), *_sampled(arguments.articles, arguments.sample)]
    tried = run_swaps(pairs, per_kind=arguments.per_kind, controls=arguments.controls)
    arguments.wrong.parent.mkdir(parents=True, exist_ok=True)
    tried.write(arguments.wrong)
    print(tried.markdown())
    print(f"\nEvery claim that was decided wrongly: {arguments.wrong}")
    values = {"swaps_accepted": tried.accepted, "true_claims_refused": tried.refused}
    missed = failures(arguments.gates, values)
    print("\n".join(missed))
    return 1 if missed else 0


def _sampled(paths: list[Path], size: int) -> list[Pair]:
    pairs = list(_pairs(paths))
    return random.Random(SEED).sample(pairs, min(size, len(pairs)))


def _pairs(paths: list[Path]) -> Iterator[Pair]:
    for article in read(paths):
        # The tables of exchanges are English.
        if not isinstance(article, Rejected) and article.language in {None, "en"}:
            yield from pairs_of_article(article, split_sentences(article))
