"""Two runs over the same cases: which differences are real.

Cases are paired by id. A difference is called real when the permutation test, adjusted (Holm) for
all the metrics looked at, stays under .05; its interval is a paired bootstrap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.intervals import Interval, bootstrap, holm, permutation_p
from eval.scoring import METRICS, Metric, Scored
from eval.summary import NOT_FOUND, number, show

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in both runs, over the cases that have it in both."""

    metric: Metric
    before: float
    after: float
    change: Interval
    p: float  # adjusted

    @property
    def verdict(self) -> str:
        """`better`, `worse` or `changed` if the difference is real, else `no difference shown`."""
        if self.p >= ALPHA:
            return "no difference shown"
        gained = self.change.value * self.metric.better
        return "changed" if gained == 0 else "better" if gained > 0 else "worse"


def compare(before: Sequence[Scored], after: Sequence[Scored]) -> list[Difference]:
    """Pair two runs and test every metric that both have."""
    later = {scored.case.id: scored for scored in after}
    pairs = [(one, later[one.case.id]) for one in before if one.case.id in later]
    if not pairs:
        raise ValueError("the two runs have no case in common, so nothing can be paired")
    measured = [(m, both) for m in METRICS if (both := _both(m.name, pairs))]
    adjusted = holm([permutation_p([b - a for a, b in both]) for _, both in measured])
    return [
        _difference(metric, both, p) for (metric, both), p in zip(measured, adjusted, strict=True)
    ]


def _both(name: str, pairs: Sequence[tuple[Scored, Scored]]) -> list[tuple[float, float]]:
    return [
        (a.scores[name].value, b.scores[name].value)
        for a, b in pairs
        if name in a.scores and name in b.scores
    ]


def _difference(metric: Metric, both: Sequence[tuple[float, float]], p: float) -> Difference:
    before = sum(a for a, _ in both) / len(both)
    after = sum(b for _, b in both) / len(both)
    return Difference(metric, before, after, bootstrap([b - a for a, b in both]), p)


def markdown(differences: Sequence[Difference]) -> str:
    """Write the comparison as a table; answer rows carry both runs' not-found rates."""
    rates = {d.metric.name: f"{number(d.before)} → {number(d.after)}" for d in differences}
    header = ["metric", "before", "after", "change (95 %)", "p", "verdict", "pairs", *NOT_FOUND]
    rows = [_row(difference, rates) for difference in differences]
    return "\n".join(f"| {' | '.join(row)} |" for row in [header, ["---"] * len(header), *rows])


def _row(d: Difference, rates: Mapping[str, str]) -> list[str]:
    answers = d.metric.group == "answers"
    beside = [rates.get(name, "not measured") if answers else "" for name in NOT_FOUND]
    values = [number(d.before), number(d.after), show(d.change), f"{d.p:.3f}", d.verdict]
    return [d.metric.name, *values, str(d.change.n), *beside]
