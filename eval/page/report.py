"""One HTML file that says how far to trust the answers, every case readable. No network, no build.

Knows the scores and the summary. Everything that comes from an article, a model or a case goes
through `tag`, which escapes it.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from eval.metrics.abstention import calibration, risk_coverage, separation
from eval.page.cases import case_kind, show_case, status_of
from eval.page.charts import curve, histogram, reliability
from eval.page.markup import Html, join, tag
from eval.scoring import Scored
from eval.summary import Line, number, table

HERE = Path(__file__).parent
HEADLINE = {
    "quotes_exact": "quotes that are exact",
    "citation_f1": "citation F1",
    "right": "right answers",
    "refused_present": "refused although present",
    "answered_absent": "answered although absent",
}
COLUMNS = ["right", "citation_f1", "quote_holds_answer", "article_mrr@10", "prompt_tokens"]


def report(
    title: str, lines: Sequence[Line], scored: Sequence[Scored], notes: Sequence[str] = ()
) -> str:
    """Write the whole page."""
    script = (HERE / "report.js").read_text(encoding="utf-8")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Html((HERE / "report.css").read_text(encoding="utf-8"))),
    )
    body = tag(
        "body",
        tag("h1", title),
        tag("p", f"{len(scored)} cases; intervals at 95 %", class_="lead"),
        _headline(lines),
        tag("h2", "Summary"),
        _summary(lines),
        tag("ul", *(tag("li", note) for note in notes)),
        tag("h2", "Plots"),
        _charts(scored),
        tag("h2", "Cases"),
        _filter(),
        _case_table(scored),
        tag("h2", "Every case"),
        *(show_case(at, one) for at, one in enumerate(scored)),
        tag("script", Html(script)),
    )
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _policy(script: str) -> str:
    """Let nothing run but our own script, whatever gets into the page."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _headline(lines: Sequence[Line]) -> Html:
    found = {line.metric.name: line.value for line in lines}
    return tag(
        "div",
        *(
            tag(
                "div",
                tag("strong", number(found[name].value)),
                tag("span", words),
                tag("small", f"{number(found[name].low)} to {number(found[name].high)}"),
            )
            for name, words in HEADLINE.items()
            if name in found
        ),
        class_="tiles",
    )


def _summary(lines: Sequence[Line]) -> Html:
    header, rows = table(lines)
    about = [line.metric.about for line in lines]
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", name) for name in header))),
            tag(
                "tbody",
                *(
                    tag("tr", *(tag("td", cell) for cell in row), title=why)
                    for row, why in zip(rows, about, strict=True)
                ),
            ),
        ),
        class_="scroll",
    )


def _charts(scored: Sequence[Scored]) -> Html:
    figures = [*_confidence_figures(scored)]
    for name, label in [
        ("total_seconds", "seconds in all"),
        ("first_claim_seconds", "seconds to the first claim"),
        ("prompt_tokens", "prompt tokens"),
        ("quoted_chars", "quoted characters"),
    ]:
        values = [one.scores[name].value for one in scored if name in one.scores]
        if values:
            figures.append(_figure(histogram(values, label), f"{label}; the line is the median"))
    return tag("div", *figures, class_="charts")


def _confidence_figures(scored: Sequence[Scored]) -> list[Html]:
    judged = confidences(scored)
    if not judged:
        return []
    parted = separation(judged)
    risk = [(point.coverage, point.risk) for point in risk_coverage(judged)]
    bins = [(held.confidence, held.right, held.n) for held in calibration(judged)]
    auc = "" if parted is None else f"; AUC {number(parted)}"
    return [
        _figure(curve(risk, "share answered", "share wrong"), f"risk over coverage{auc}"),
        _figure(reliability(bins, "confidence", "share right"), "calibration of the confidence"),
    ]


def confidences(scored: Sequence[Scored]) -> list[tuple[float, bool]]:
    """What confidence each question was given, and whether answering it would have been right."""
    return [
        (one.reply.confidence, one.case.answerable and one.scores["right"].value == 1)
        for one in scored
        if one.reply.confidence is not None and (not one.case.answerable or "right" in one.scores)
    ]


def _figure(drawn: Html, caption: str) -> Html:
    return tag("figure", drawn, tag("figcaption", caption))


def _filter() -> Html:
    kinds = ["right", "wrong", "refused although present", "refused, absent", "answered, absent"]
    return tag(
        "div",
        tag("input", id="words", type="search", placeholder="Filter by words", aria_label="Filter"),
        tag(
            "select",
            tag("option", "all cases", value=""),
            *(tag("option", kind, value=kind) for kind in [*kinds, "answered", "error"]),
            id="kind",
            aria_label="Kind of case",
        ),
        tag("span", id="count", class_="soft"),
        class_="filter",
    )


def _case_table(scored: Sequence[Scored]) -> Html:
    header = ["question", "status", *COLUMNS]
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", *(tag("th", tag("button", name)) for name in header))),
            tag("tbody", *(_case_row(at, one) for at, one in enumerate(scored))),
            class_="cases",
        ),
        class_="scroll",
    )


def _case_row(at: int, one: Scored) -> Html:
    cells = [
        tag("td", tag("a", one.case.question, href=f"#case-{at}")),
        tag("td", status_of(one)),
    ]
    for name in COLUMNS:
        score = one.scores.get(name)
        shown = tag("td", "–", data_value=-1) if score is None else _score_cell(score.value)
        cells.append(shown)
    return tag("tr", *cells, data_case=f"case-{at}", data_kind=case_kind(one))


def _score_cell(value: float) -> Html:
    return tag("td", join(number(value)), data_value=value)
