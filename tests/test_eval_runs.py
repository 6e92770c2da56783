import asyncio
from pathlib import Path

import pytest

from eval.cases import Case, digest
from eval.replies import FORMAT, Quoted, Reply, reply_from_record, reply_to_record
from eval.running import run_cases
from eval.runs import Run, code_version, find, key_of
from qa_service.answers import Claim, Issue, Status, Verdict

CASES = [Case("q1", "One?"), Case("q2", "Two?"), Case("q3", "Three?")]
REPLY = Reply(
    status=Status.ANSWERED,
    text="Yes \ud800 \u2028.",
    claims=(Claim("Yes", (1,), Verdict.SUPPORTED, (Issue("number", "25"),), 0, 3),),
    quotes=(Quoted(1, "Yes", "a", "v", 0, 3, stored=None, context=((4, 9),)),),
    confidence=0.5,
)


class Echo:
    """Answers with the question, and counts how often it was asked."""

    def __init__(self, *, failing: str = "") -> None:
        self.asked: list[str] = []
        self.failing = failing

    async def ask(self, case: Case) -> Reply:
        self.asked.append(case.id)
        if case.id == self.failing:
            raise RuntimeError("the model is down")
        return Reply(text=case.question)


def begun(tmp_path: Path) -> Run:
    return Run.begin(tmp_path, "examples", {"model": "m"})


def test_a_reply_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    run = begun(tmp_path)
    run.append("q1", REPLY)
    assert run.replies() == {"q1": REPLY}
    assert reply_from_record(reply_to_record(REPLY)) == REPLY


def test_an_interrupted_run_asks_only_what_is_missing(tmp_path: Path) -> None:
    begun(tmp_path).append("q1", REPLY)
    echo = Echo()
    replies = asyncio.run(run_cases(CASES, echo, begun(tmp_path)))
    assert echo.asked == ["q2", "q3"]
    assert [replies[case.id].text for case in CASES] == [REPLY.text, "Two?", "Three?"]


def test_a_line_cut_off_by_a_crash_is_asked_again_and_harms_no_other(tmp_path: Path) -> None:
    run = begun(tmp_path)
    run.append("q1", REPLY)
    with (run.folder / "replies.jsonl").open("a") as file:
        file.write('{"case": "q2", "reply": {"sta')
    asyncio.run(run_cases(CASES, Echo(), run))
    assert sorted(run.replies()) == ["q1", "q2", "q3"]


def test_a_case_that_failed_is_kept_as_an_error_and_asked_again_the_next_time(
    tmp_path: Path,
) -> None:
    replies = asyncio.run(run_cases(CASES, Echo(failing="q2"), begun(tmp_path)))
    assert replies["q2"].error == "RuntimeError: the model is down"
    second = Echo()
    asyncio.run(run_cases(CASES, second, begun(tmp_path), jobs=2))
    assert second.asked == ["q2"]


def test_other_settings_are_another_run(tmp_path: Path) -> None:
    assert key_of({"a": 1, "b": 2}) == key_of({"b": 2, "a": 1})
    assert begun(tmp_path).folder != Run.begin(tmp_path, "examples", {"model": "n"}).folder
    assert begun(tmp_path).settings == {"model": "m", "format": FORMAT}


def test_another_answer_makes_another_set_of_cases() -> None:
    assert digest(CASES) == digest(list(CASES))
    assert digest(CASES) != digest([*CASES[:2], Case("q3", "Three?", ("3",))])


def test_an_edit_of_the_code_shows_whether_committed_or_not(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("A = 1\n")
    before = code_version(tmp_path)
    (tmp_path / "a.py").write_text("A = 2\n")
    assert code_version(tmp_path) != before


def test_a_run_is_found_by_a_part_of_its_name_if_that_names_only_one(tmp_path: Path) -> None:
    run = begun(tmp_path)
    assert find(tmp_path, run.folder.name[-8:]) == run
    Run.begin(tmp_path, "examples", {"model": "n"})
    with pytest.raises(ValueError, match="names 2"):
        find(tmp_path, "examples")
