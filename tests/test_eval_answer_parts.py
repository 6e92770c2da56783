"""Replies are kept, and each part of checking an answer can be taken out and is put back."""

import asyncio
from pathlib import Path

import pytest

from eval.answer_parts import WITHOUT, taken_out
from eval.kept_replies import KeptReplies
from index.archive import Archive
from qa_service.answers import Prompt, Status, Usage
from tests.fakes import ScriptedLLM, make_article
from tests.test_ask import answer, archive

__all__ = ["archive"]  # the fixture

PROMPT = Prompt("system", "Question: who?", {})


def said(llm: KeptReplies, prompt: Prompt = PROMPT) -> tuple[str, Usage]:
    async def collect() -> list[str | Usage]:
        return [piece async for piece in llm.complete(prompt, max_tokens=9)]

    *pieces, usage = asyncio.run(collect())
    assert isinstance(usage, Usage)
    return "".join(map(str, pieces)), usage


def test_the_same_prompt_is_never_put_to_the_model_twice(tmp_path: Path) -> None:
    asked = ScriptedLLM("Ines Varga did. [S1]")
    path = tmp_path / "replies.jsonl"
    first = said(KeptReplies(asked, path))
    assert first[0] == "Ines Varga did. [S1]"
    assert said(KeptReplies(ScriptedLLM(), path)) == first
    assert len(asked.prompts) == 1


def test_another_prompt_or_model_is_another_reply(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    said(KeptReplies(ScriptedLLM("One."), path))
    assert said(KeptReplies(ScriptedLLM("Two."), path), Prompt("s", "u", {}))[0] == "Two."
    other = ScriptedLLM("Three.")
    other.name = "other"
    assert said(KeptReplies(other, path))[0] == "Three."


def test_a_reply_that_broke_off_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with pytest.raises(RuntimeError, match="down"):
        said(KeptReplies(ScriptedLLM(RuntimeError("down")), path))
    assert said(KeptReplies(ScriptedLLM("Here."), path))[0] == "Here."


def test_a_line_that_a_crash_cut_short_costs_no_other_reply(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    said(KeptReplies(ScriptedLLM("One\u2028line."), path))
    whole = path.read_text()
    path.write_text(whole + whole[:40])
    again = KeptReplies(ScriptedLLM("Two."), path)
    assert said(again)[0] == "One\u2028line."
    said(again, Prompt("s", "u", {}))
    assert said(KeptReplies(ScriptedLLM(), path), Prompt("s", "u", {}))[0] == "Two."


ASKED = "Which retired welder gave the museum its oldest tram?"
TRAM = "Ines Varga, a retired welder, gave the museum its oldest tram in spring."


@pytest.mark.parametrize(
    ("part", "text", "replies"),
    [
        (
            "no sentence of the article in a refused claim's place",
            TRAM,
            ("Ines Varga did not give it. [S1]", "It is Ines Varga who did not give it. [S1]"),
        ),
        ("no passage read alone", TRAM, ("Sven Holm gave it. [S1]", "Ines Varga", "Ines Varga")),
        (
            "only sentences that the model named",
            f"The museum has 14 trams. {TRAM}",
            ("Ines Varga gave the museum its oldest tram. [S1]", "No. [S1]"),
        ),
    ],
)
def test_a_part_is_taken_out_and_put_back(
    archive: Archive, part: str, text: str, replies: tuple[str, ...]
) -> None:
    list(archive.add([make_article(text, id="a2", title="Museum gets its oldest tram")]))

    def status() -> Status:
        rereads = "alone" in part
        return answer(archive, ScriptedLLM(*replies, rereads=rereads), question=ASKED).status

    assert status() is Status.ANSWERED
    with taken_out("no sentence of the article in a refused claim's place"), taken_out(part):
        assert status() is Status.NOT_FOUND
    assert status() is Status.ANSWERED


@pytest.mark.parametrize("part", WITHOUT)
def test_every_part_can_be_taken_out(archive: Archive, part: str) -> None:
    with taken_out(part):
        got = answer(archive, ScriptedLLM("About 280,000 people had joined the army. [S1]"))
    assert got.status is Status.ANSWERED
