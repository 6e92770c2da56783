from pathlib import Path

import pytest

from eval.__main__ import main
from eval.cases import Case
from eval.readers import own
from eval.replies import Reply
from eval.runs import Run
from qa_service.answers import Status

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
