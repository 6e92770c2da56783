import argparse
import asyncio
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.cases import Case, Gold
from eval.compare import compare
from eval.compare import markdown as compared
from eval.gates import Gate, failures, gate
from eval.judges import GoldJudge, judge_agreement
from eval.metrics.citations import ClaimJudgement
from eval.page.charts import curve, histogram, reliability
from eval.page.markup import join, tag
from eval.page.report import report
from eval.replies import Quoted, Reply
from eval.results import metric_values, write_results
from eval.runs import Run
from eval.scoring import Scored, score
from eval.summary import markdown, summarise, table
from qa_service.answers import Claim, Status, Verdict

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&"


def scored(case: Case, reply: Reply) -> Scored:
    return asyncio.run(score(case, reply, [GoldJudge()]))


def good(number: int, *, said: str = "14") -> Scored:
    case = Case(f"q{number}", "How many?", ("14",), gold=(Gold(article_id="a", quote="14 sank."),))
    quote = Quoted(1, "14 sank.", "a", "v", 0, 8, stored="14 sank.")
    claims = (Claim(said, (1,), Verdict.SUPPORTED),)
    reply = Reply(
        Status.ANSWERED, f"{said} [1].", claims, (quote,), confidence=0.9, total_ms=1000 * number
    )
    return scored(case, reply)


ABSENT = scored(Case("q0", "Who?", answerable=False), Reply(confidence=0.1))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((name, dict(attrs)))


def test_text_and_attributes_are_escaped_and_markup_is_not_escaped_twice() -> None:
    inner = tag("b", EVIL)
    assert "<script" not in inner
    assert tag("p", inner) == f"<p>{inner}</p>"
    assert tag("p", title='"><x>') == '<p title="&quot;&gt;&lt;x&gt;"></p>'
    assert join("<", inner).startswith("&lt;<b>")


def test_nothing_from_an_article_a_model_or_a_case_is_markup_in_the_page() -> None:
    case = Case(EVIL, EVIL, (EVIL,), gold=(Gold(article_id=EVIL, url=EVIL, quote=EVIL),))
    quote = Quoted(1, EVIL, EVIL, EVIL, 0, 9, stored=EVIL + "!", title=EVIL, published=EVIL)
    claims = (Claim(EVIL, (1,), Verdict.SUPPORTED),)
    one = scored(case, Reply(Status.ANSWERED, EVIL, claims, (quote,), model=EVIL))
    page = Tags()
    page.feed(report(EVIL, summarise([one]), [one], [EVIL]))
    assert [name for name, _ in page.seen].count("script") == 1  # our own
    assert "img" not in {name for name, _ in page.seen}
    assert not any(key.startswith("on") for _, given in page.seen for key in given)


def test_the_page_fetches_nothing() -> None:
    page = Tags()
    page.feed(report("t", summarise([good(1)]), [good(1)]))
    for _, given in page.seen:
        assert "src" not in given
        assert given.get("href", "#").startswith("#")  # type: ignore[union-attr]


def test_every_case_stands_in_the_page_with_every_score_and_its_reason() -> None:
    one = good(1)
    page = report("t", summarise([one]), [one])
    for name, value in one.scores.items():
        assert f"<dt>{name}</dt>" in page
        assert tag("i", value.reason)[3:-4] in page


def test_answer_quality_stands_beside_both_not_found_rates() -> None:
    header, rows = table(summarise([good(1), ABSENT]))
    assert header[-2:] == ["refused_present", "answered_absent"]
    answers = [row for row in rows if row[0] == "answers"]
    assert answers
    for row in answers:
        assert row[-2].startswith("0.000 [")
        assert row[-1].startswith("0.000 [")


def test_a_rate_that_was_not_measured_is_said_to_be_missing() -> None:
    _, rows = table(summarise([good(1)]))
    assert {row[-1] for row in rows if row[0] == "answers"} == {"not measured"}


def test_costs_are_told_as_median_and_95th_percentile() -> None:
    lines = {line.metric.name: line for line in summarise([good(1), good(2), good(9)])}
    values = metric_values(list(lines.values()))
    assert values["total_seconds"] == 2.0  # of 1, 2 and 9
    assert values["total_seconds_p95"] == pytest.approx(8.3)  # 2 + .9 * (9 - 2)
    assert "p95" in markdown("t", list(lines.values()))


def test_a_run_is_written_three_ways(tmp_path: Path) -> None:
    run = Run.begin(tmp_path, "t", {"model": "m"})
    both = [good(1), ABSENT]
    write_results(run, summarise(both), both, extra={"swaps_accepted": 0.0})
    results = json.loads((run.folder / "results.json").read_text())
    assert results["metrics"]["right"]["value"] == 1.0
    assert results["confidence"]["separation"] == 1.0  # .9 right, .1 not
    assert results["cases"][0]["scores"]["right"]["reason"] == "holds '14', in 1 words"
    assert (run.folder / "summary.md").read_text().startswith("# Evaluation t-")
    assert (run.folder / "report.html").read_text().startswith("<!doctype html>")


def test_a_gate_fails_under_or_over_its_bound_or_when_nothing_was_measured() -> None:
    gates = [gate("under", "right=0.8"), gate("over", "swaps_accepted=0"), gate("under", "x=1")]
    assert failures(gates, {"right": 0.8, "swaps_accepted": 0.1}) == [
        "swaps_accepted is 0.1, over 0",
        "x was not measured, but under 1 should fail",
    ]
    assert gate("under", "right=0.8") == Gate("right", "under", 0.8)
    with pytest.raises(argparse.ArgumentTypeError, match="metric=number"):
        gate("under", "right")


def test_a_difference_in_every_pair_is_real_and_one_in_a_single_pair_is_not() -> None:
    before = [good(n, said="15") for n in range(20)]
    assert [d.verdict for d in compare(before, before) if d.metric.name == "right"] == [
        "no difference shown"
    ]
    differences = {d.metric.name: d for d in compare(before, [good(n) for n in range(20)])}
    assert differences["right"].verdict == "better"
    assert (differences["right"].before, differences["right"].after) == (0.0, 1.0)
    one = [good(0), *before[1:]]
    changed = {d.metric.name: d for d in compare(before, one)}
    assert changed["right"].verdict == "no difference shown"


def test_a_comparison_shows_the_not_found_rates_beside_answer_quality() -> None:
    both = [good(1), ABSENT]
    (row,) = [r for r in compared(compare(both, both)).split("\n") if r.startswith("| right ")]
    assert row.endswith("| 0.000 → 0.000 | 0.000 → 0.000 |")


def test_runs_without_a_common_case_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="no case in common"):
        compare([good(1)], [good(2)])


def test_the_gold_judge_reads_only_whether_the_gold_sentence_is_quoted() -> None:
    one = good(1)
    assert one.scores["citation_f1"].value == 1.0
    other = Quoted(1, "15 sank.", "a", "v", 0, 8, stored="15 sank.")
    said = asyncio.run(GoldJudge().entails(one.case, [other], "14 sank"))
    assert said is False
    assert asyncio.run(GoldJudge().entails(ABSENT.case, [other], "x")) is None


def test_judges_agree_beyond_chance_by_cohens_kappa() -> None:
    def judged(*verdicts: bool) -> list[ClaimJudgement]:
        return [ClaimJudgement(f"c{n}", verdict, ()) for n, verdict in enumerate(verdicts)]

    # agreed 3 of 4; yes in 2 and 3 of 4: chance .5 * .75 + .5 * .25 = .5; kappa .25 / .5
    found = judge_agreement(judged(True, True, False, False), judged(True, True, True, False))
    assert found == (0.75, 0.5, 4)
    assert judge_agreement([], judged(True)) is None


def test_a_case_that_failed_has_no_scores_but_is_shown() -> None:
    broken = scored(Case("q", "How?", ("x",)), Reply(error="LLMUnavailable: down"))
    assert broken.scores == {}
    assert "LLMUnavailable: down" in report("t", [], [broken])


def test_charts_draw_every_value() -> None:
    drawn = histogram([1.0, 1.0, 5.0], "seconds", bins=4)
    assert drawn.count("<rect") == 4
    assert curve([(0.0, 0.0), (1.0, 0.5)], "a", "b").count("<circle") == 2
    assert reliability([(0.5, 1.0, 3)], "a", "b").count("<circle") == 1
    assert "<rect" in histogram([2.0], "one value only")
