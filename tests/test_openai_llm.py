"""The OpenAI client: what it asks for, what it leaves out, and what it passes on."""

import asyncio
import logging
from contextlib import aclosing
from typing import Any

import pytest

from qa_service.answers import Usage
from qa_service.errors import LLMBadReply
from qa_service.openai_llm import OpenAILLM
from tests.llm_server import (
    PATIENT,
    PROMPT,
    Asked,
    ask,
    go_on,
    good,
    hangs,
    lists,
    piece,
    refuses,
    send,
    serving,
)


def test_pieces_come_in_order_and_the_usage_last() -> None:
    said, asked = ask(good, api_key="sk-secret")
    assert said == ["It is ", "Anna.", Usage(12, 3)]
    assert asked[0].path == "/v1/chat/completions"
    assert asked[0].headers["authorization"] == "bearer sk-secret"
    assert asked[0].body == {
        "model": "m",
        "messages": [
            {"role": "system", "content": "You answer."},
            {"role": "user", "content": "Who?"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "seed": 0,
        "temperature": 0,
        "max_tokens": 9,
    }


def test_a_piece_is_passed_on_before_the_next_one_is_written() -> None:
    async def run() -> list[str | Usage]:
        seen = asyncio.Event()

        async def waits_for_the_reader(writer: asyncio.StreamWriter, asked: Asked) -> None:
            await send(writer, piece("It is "))
            await seen.wait()
            await go_on(writer, piece("Anna.", "stop"), "[DONE]")

        said = []
        async with serving(waits_for_the_reader) as server:
            llm = OpenAILLM(server.url, "m", patience=PATIENT)
            async for part in llm.complete(PROMPT, max_tokens=9):
                said.append(part)
                seen.set()
            await llm.close()
        return said

    assert asyncio.run(run()) == ["It is ", "Anna.", Usage(0, 0)]


def test_without_a_key_none_is_taken_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-another-place")
    _, asked = ask(good)
    assert asked[0].headers["authorization"] == "bearer none"


def test_no_question_is_sent_over_a_connection_that_the_server_may_be_closing() -> None:
    _, asked = ask(good, good, times=2)
    assert [one.headers["connection"] for one in asked] == ["close", "close"]


def test_a_redirect_is_not_followed_with_the_prompt_or_the_key() -> None:
    with pytest.raises(LLMBadReply, match="QA_LLM_BASE_URL to where it leads"):
        ask(refuses("307 Moved", "no", "Location: /elsewhere"), good, api_key="sk-secret")


def test_without_a_model_name_the_only_one_is_taken_and_asked_for_once() -> None:
    said, asked = ask(lists("only"), good, good, model="", times=2)
    assert said[:2] == ["It is ", "Anna."]
    assert [a.path for a in asked] == [
        "/v1/models",
        "/v1/chat/completions",
        "/v1/chat/completions",
    ]
    assert {a.body["model"] for a in asked[1:]} == {"only"}


def test_among_several_models_none_is_guessed() -> None:
    with pytest.raises(LLMBadReply, match=r"2 models \(a, b\).*QA_LLM_MODEL"):
        ask(lists("a", "b"), model="")


@pytest.mark.parametrize("name", ["stream_options", "seed", "temperature"])
def test_what_a_server_refuses_is_left_out_from_then_on(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "qa_service.openai_llm")
    refusal = refuses("400 Bad Request", f"unknown field: {name}")
    said, asked = ask(refusal, good, good, times=2)
    assert said[:2] == ["It is ", "Anna."]
    assert [name in a.body for a in asked] == [True, False, False]
    assert sum(name in line for line in caplog.messages) == 1


def test_a_server_that_wants_the_newer_limit_gets_it() -> None:
    words = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."
    _, asked = ask(refuses("400 Bad Request", words), good)
    assert asked[1].body["max_completion_tokens"] == 9
    assert "max_tokens" not in asked[1].body


def test_a_refusal_of_something_else_is_told_and_not_repeated() -> None:
    with pytest.raises(LLMBadReply, match=r"400: it says: .*the prompt is too long"):
        ask(refuses("400 Bad Request", "the prompt is too long"), good)


def test_a_reader_who_leaves_is_noticed_by_the_server() -> None:
    async def run() -> None:
        async with serving(hangs) as server:
            llm = OpenAILLM(server.url, "m")
            async with aclosing(llm.complete(PROMPT, max_tokens=9)) as pieces:
                assert await anext(pieces) == "It is "
            async with asyncio.timeout(1):
                await server.left.wait()
            await llm.close()

    asyncio.run(run())


def test_a_reader_who_leaves_before_the_first_piece_is_noticed_too() -> None:
    async def run() -> None:
        async def reads_a_long_prompt(writer: asyncio.StreamWriter, asked: Asked) -> None:
            await asyncio.sleep(5)

        async with serving(reads_a_long_prompt) as server:
            llm = OpenAILLM(server.url, "m")
            reading = asyncio.ensure_future(anext(llm.complete(PROMPT, max_tokens=9)))
            while not server.asked:
                await asyncio.sleep(0.01)
            reading.cancel()
            async with asyncio.timeout(1):
                await server.left.wait()
            with pytest.raises(asyncio.CancelledError):
                await reading
            await llm.close()

    asyncio.run(run())


def test_a_grammar_goes_along_only_when_there_is_one() -> None:
    async def run() -> dict[str, Any]:
        async with serving(good) as server:
            llm = OpenAILLM(server.url, "m")
            async for _ in llm.complete(PROMPT, max_tokens=9, grammar='root ::= "x"'):
                pass
            await llm.close()
            return server.asked[0].body

    assert asyncio.run(run())["grammar"] == 'root ::= "x"'
