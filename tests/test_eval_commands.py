from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases import Case, Gold
from eval.readers import own
from eval.replies import Reply
from eval.runs import Run
from qa_service.answers import Status
from tests.eval_stand_in import ANSWER, QUESTION, StandIn, stand_in

CASES = [Case(f"q{n}", "How many?", ("14",)) for n in range(12)]


def finished(root: Path, model: str, said: str) -> str:
    run = Run.begin(root, "examples", {"model": model})
    own.write(CASES, run.cases)
    for case in CASES:
        run.append(case.id, Reply(Status.ANSWERED, said))
    return str(run.folder)


def test_two_finished_runs_are_compared_from_their_folders_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["compare", finished(tmp_path, "a", "15"), finished(tmp_path, "b", "14")]
    assert main(arguments) == 0
    assert "right is better" in capsys.readouterr().out


def test_a_wrong_input_ends_with_2_and_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(tmp_path / "none")]) == 2
    assert "neither a file of cases" in capsys.readouterr().err
    assert main(["compare", str(tmp_path / "a"), "b"]) == 2


def test_a_missed_gate_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ["--wrong", str(tmp_path / "wrong.jsonl")]
    gate = ["--fail-under", "true_claims_refused=2"]
    assert main(["swap", "--per-kind", "2", *wrong, *gate]) == 1
    assert "true_claims_refused is" in capsys.readouterr().out


def test_a_gate_that_is_no_number_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["swap", "--fail-over", "swaps_accepted"])
    assert ended.value.code == 2


GATES = ("--fail-under", "quotes_exact=1", "--fail-over", "citations_unresolved=0")


@pytest.fixture
def service() -> Iterator[StandIn]:
    with stand_in() as serving:
        yield serving


def run_over_http(service: StandIn, tmp_path: Path, *, gates: Sequence[str] = GATES) -> int:
    gold = (Gold(article_id="a1", quote="Fourteen ferries were cancelled"),)
    cases = tmp_path / "ferries.jsonl"
    own.write([Case("q1", QUESTION, ("14",), gold=gold)], cases)
    runs = ["--runs", str(tmp_path / "runs")]
    return main(["run", str(cases), "--url", service.url, *runs, *gates])


def test_a_running_service_is_asked_once_and_never_again_for_the_same_run(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert [run_over_http(service, tmp_path) for _ in range(2)] == [0, 0]
    assert [asked["question"] for asked in service.asked] == [QUESTION]
    (page,) = (tmp_path / "runs").glob("ferries-*/report.html")
    assert str(page) in capsys.readouterr().out


def test_a_quote_with_one_character_changed_fails_the_build(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (citation,) = ANSWER.citations
    changed = citation.model_copy(update={"quote": f"{citation.quote}"[:-1] + "!"})
    service.answer = ANSWER.model_copy(update={"citations": [changed]})
    assert run_over_http(service, tmp_path) == 1
    assert "FAILED: quotes_exact is 0, under 1" in capsys.readouterr().out


def test_a_citation_that_leads_nowhere_fails_the_build(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.answer = ANSWER.model_copy(update={"text": "14 [1][2]."})
    assert run_over_http(service, tmp_path) == 1
    assert "FAILED: citations_unresolved is 0.5, over 0" in capsys.readouterr().out


def test_a_case_that_failed_is_told_and_asked_again_by_the_same_command(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.error = '{"detail": "The model is down."}'
    assert run_over_http(service, tmp_path, gates=[]) == 3
    assert "cases that failed: 1, with RuntimeError: " in capsys.readouterr().out
    service.error = ""
    assert run_over_http(service, tmp_path) == 0
    assert len(service.asked) == 2


def test_a_service_that_refuses_is_named_before_anything_is_asked(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.key = "a-key-of-the-test"
    assert run_over_http(service, tmp_path) == 2
    assert "answered 401: A key is needed; its key" in capsys.readouterr().err
    assert service.asked == []


def test_a_service_that_is_not_there_is_named(
    service: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.url = "http://127.0.0.1:9"  # discard: nothing listens
    assert run_over_http(service, tmp_path) == 2
    assert "http://127.0.0.1:9 cannot be reached: " in capsys.readouterr().err


def test_another_system_is_asked_in_this_process_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write(CASES, tmp_path / "cases.jsonl")
    arguments = ["run", str(tmp_path / "cases.jsonl"), "--peer", "llamaindex", "--jobs", "2"]
    assert main(arguments) == 2
    assert "no --url, --swap or --jobs" in capsys.readouterr().err
