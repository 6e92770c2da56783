"""A finished run written down: `results.json` for programs, `summary.md`, `report.html`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.metrics.abstention import calibration, risk_coverage, separation
from eval.page.report import confidences, report
from eval.runs import Run
from eval.scoring import Scored
from eval.summary import Line, markdown


def write_results(
    run: Run,
    lines: Sequence[Line],
    scored: Sequence[Scored],
    *,
    notes: Sequence[str] = (),
    extra: Mapping[str, float] = {},
) -> None:
    """Write all three beside the replies."""
    title = f"Evaluation {run.folder.name}"
    results = json.dumps(_record(run, lines, scored, notes, extra), indent=1, ensure_ascii=False)
    for name, text in [
        ("results.json", results + "\n"),
        ("summary.md", markdown(title, lines, notes)),
        ("report.html", report(title, lines, scored, notes)),
    ]:
        (run.folder / name).write_text(text, encoding="utf-8", errors="replace")


def metric_values(lines: Sequence[Line]) -> dict[str, float]:
    """The value of every metric by name; where percentiles count, `name_p95` too."""
    values = {line.metric.name: line.value.value for line in lines}
    tails = {f"{line.metric.name}_p95": line.p95.value for line in lines if line.p95 is not None}
    return values | tails


def _record(
    run: Run,
    lines: Sequence[Line],
    scored: Sequence[Scored],
    notes: Sequence[str],
    extra: Mapping[str, float],
) -> dict[str, Any]:
    judged = confidences(scored)
    return {
        "settings": run.settings,
        "metrics": {line.metric.name: _line(line) for line in lines},
        "extra": dict(extra),
        "notes": list(notes),
        "confidence": {
            "separation": separation(judged),
            "risk_coverage": [asdict(point) for point in risk_coverage(judged)],
            "calibration": [asdict(held) for held in calibration(judged)],
        },
        "cases": [
            {
                "id": one.case.id,
                "error": one.reply.error,
                "scores": {name: asdict(score) for name, score in one.scores.items()},
            }
            for one in scored
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    tail = {"p95": asdict(line.p95)} if line.p95 is not None else {}
    return {"group": line.metric.group, **asdict(line.value), **tail}
