"""Our citation scores beside those of the authors' own scorer, on answers that others published.

Laban et al. (2024), "Summary of a Haystack": over the insights that a summary covers, precision and
recall of the documents that the covering bullet cites against the documents the insight is in.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from eval.metrics.citations import against_gold
from eval.readers.summhay import CoveredInsight

REFERENCE = Path(__file__).parent / "data" / "summhay_reference.json"
# Published for all five news topics together; the data here has two of them.
PUBLISHED_F1_OF_FIVE = {
    "rerank3_gemini-1.5-pro": 51.3,
    "oracle_gemini-1.5-pro": 65.9,
    "oracle_claude3-opus": 56.5,
    "vector_gpt-4o": 42.6,
    "gpt-4o": 19.9,
}
_CITED = re.compile(r"\[([\d, ]+)\]")

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One system: precision, recall and F1 in percent, ours and theirs."""

    system: str
    ours: Triple
    theirs: Triple
    insights: int

    @property
    def apart(self) -> float:
        """The largest of the three differences, in points."""
        return max(abs(a - b) for a, b in zip(self.ours, self.theirs, strict=True))


def agreements(covered: Iterable[CoveredInsight]) -> list[Agreement]:
    """Score every system with our functions, beside the frozen scores of the published scorer."""
    theirs: dict[str, list[float]] = json.loads(REFERENCE.read_text(encoding="utf-8"))["systems"]
    scored: dict[str, list[Triple]] = defaultdict(list)
    for insight in covered:
        name = insight.system.removeprefix("summary_subtopic_")
        scored[name].append(against_gold(set(cited(insight.bullet)), set(insight.gold)))
    return [
        Agreement(name, _percent(values), _triple(theirs[name]), len(values))
        for name, values in sorted(scored.items())
    ]


def cited(bullet: str) -> list[int]:
    """The document numbers in a bullet: `[3]`, `[3, 7]`."""
    return [int(number) for group in _CITED.findall(bullet) for number in re.findall(r"\d+", group)]


def _percent(values: list[Triple]) -> Triple:
    precision, recall, f1 = (
        100 * sum(column) / len(values) for column in zip(*values, strict=True)
    )
    return precision, recall, f1


def _triple(values: list[float]) -> Triple:
    precision, recall, f1 = values
    return precision, recall, f1
