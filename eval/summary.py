"""The numbers of a run, each with its interval. Knows the scores; not how they are shown.

Answer quality is never shown without the not-found rates beside it: a service that answers
everything, or next to nothing, looks good on either alone. The one way from a summary to lines of
a table, `table`, puts them into the same row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.intervals import Interval, bootstrap, interval_of, median, p95
from eval.scoring import METRICS, Metric, Scored

GROUPS = list(dict.fromkeys(metric.group for metric in METRICS))
NOT_FOUND = ("refused_present", "answered_absent")


@dataclass(frozen=True, slots=True)
class Line:
    """One metric over all cases that it applies to; `p95` where the tail counts."""

    metric: Metric
    value: Interval
    p95: Interval | None = None


def summarise(scored: Sequence[Scored]) -> list[Line]:
    """Take every metric over the cases that have it, in the order of `METRICS`."""
    return [line for metric in METRICS if (line := _line(metric, scored)) is not None]


def _line(metric: Metric, scored: Sequence[Scored]) -> Line | None:
    values = [case.scores[metric.name].value for case in scored if metric.name in case.scores]
    if not values:
        return None
    if metric.percentiles:
        return Line(metric, bootstrap(values, median), bootstrap(values, p95))
    return Line(metric, interval_of(values))


def table(lines: Sequence[Line]) -> tuple[list[str], list[list[str]]]:
    """Lay a summary out as a header and rows of text; see the module's rule."""
    rates = {
        line.metric.name: show(line.value) for line in lines if line.metric.group == "not found"
    }
    header = ["group", "metric", "value (95 %)", "cases", *(name for name in NOT_FOUND)]
    return header, [[*cells, *beside] for cells, beside in _rows(lines, rates)]


def _rows(lines: Sequence[Line], rates: dict[str, str]) -> Iterator[tuple[list[str], list[str]]]:
    for line in lines:
        answers = line.metric.group == "answers"
        beside = [rates.get(name, "not measured") if answers else "" for name in NOT_FOUND]
        shown = show(line.value)
        if line.p95 is not None:
            shown = f"median {shown}; p95 {show(line.p95)}"
        yield [line.metric.group, line.metric.name, shown, str(line.value.n)], beside


def show(interval: Interval) -> str:
    """Write an interval as text: `.750 [.640, .833]`, larger numbers with fewer decimals."""
    return f"{number(interval.value)} [{number(interval.low)}, {number(interval.high)}]"


def number(value: float) -> str:
    """Write a number with as many decimals as it deserves."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:.2f}"


def markdown(title: str, lines: Sequence[Line], notes: Sequence[str] = ()) -> str:
    """Write the summary as a Markdown page."""
    header, rows = table(lines)
    body = [header, ["---"] * len(header), *rows]
    shown = "\n".join("| " + " | ".join(row) + " |" for row in body)
    return "\n".join([f"# {title}", "", shown, "", *(f"- {note}" for note in notes), ""])
