"""The OpenAI client against a server that hangs, refuses, talks nonsense or dies."""

import asyncio
import json
import time
from email.utils import formatdate

import pytest

from qa_service.errors import LLMBadReply, LLMUnavailable
from qa_service.openai_llm import OpenAILLM
from tests.llm_server import (
    PROMPT,
    QUICK,
    Asked,
    ask,
    go_on,
    hangs,
    piece,
    refuses,
    says,
    send,
    serving,
)


def test_nobody_listening_is_unavailable() -> None:
    async def run() -> None:
        async with serving() as server:
            pass
        llm = OpenAILLM(server.url, "m", patience=QUICK)
        await anext(llm.complete(PROMPT, max_tokens=9))

    with pytest.raises(LLMUnavailable, match="QA_LLM_BASE_URL"):
        asyncio.run(run())


def test_silence_between_pieces_ends_the_wait() -> None:
    with pytest.raises(LLMUnavailable, match="too long"):
        ask(hangs, patience=QUICK)


def test_a_reply_that_trickles_on_for_ever_is_cut_off() -> None:
    async def trickles(writer: asyncio.StreamWriter, asked: Asked) -> None:
        await send(writer)
        while True:
            await go_on(writer, piece("la "))
            await asyncio.sleep(0.1)

    with pytest.raises(LLMUnavailable, match="too long"):
        ask(trickles, patience=QUICK)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 17", {17}),
        ("Retry-After: 0.2", {1}),
        ("Retry-After: 999999", {3600}),
        ("Retry-After: {in_1000_seconds}", set(range(900, 1001))),
        ("Retry-After: soon", {5}),
        ("X-Nothing: 1", {5}),
    ],
)
def test_a_busy_server_says_when_to_come_back(header: str, seconds: set[int]) -> None:
    date = formatdate(time.time() + 1000, usegmt=True)
    with pytest.raises(LLMUnavailable) as refused:
        ask(refuses("429 Too Many Requests", "slow down", header.format(in_1000_seconds=date)))
    assert refused.value.retry_after in seconds


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Loading", "504 Late"])
def test_a_broken_or_loading_server_is_unavailable(status: str) -> None:
    with pytest.raises(LLMUnavailable, match=f"answered {status[:3]}"):
        ask(refuses(status))


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_a_refused_key_names_the_variable_and_not_the_key(
    status: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(LLMBadReply) as refused:
        ask(refuses(status, "Incorrect API key provided: sk-secret"), api_key="sk-secret")
    assert "OPENAI_API_KEY" in str(refused.value)
    assert "sk-secret" not in str(refused.value) + caplog.text


def test_an_unknown_model_names_the_setting() -> None:
    with pytest.raises(LLMBadReply, match=r"QA_LLM_MODEL \(now 'm'\)"):
        ask(refuses("404 Not Found", "The model `m` does not exist"))


def test_a_connection_that_dies_inside_the_reply_is_unavailable() -> None:
    async def dies(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        event = f"data: {json.dumps(piece('It is '))}\n\n".encode()
        writer.write(b"%x\r\n%s\r\n" % (len(event), event))
        await writer.drain()
        writer.transport.abort()

    with pytest.raises(LLMUnavailable, match="broke off"):
        ask(dies)


@pytest.mark.parametrize(
    "events",
    [("<html>",), ('{"choices": 5}',), ('"text"',), ('{"choices":[{"delta":{"content":[1]}}]}',)],
)
def test_nonsense_is_a_bad_reply(events: tuple[str, ...]) -> None:
    with pytest.raises(LLMBadReply, match="no chat completion"):
        ask(says(*events))


def test_a_page_in_place_of_a_stream_is_a_bad_reply() -> None:
    async def page(writer: asyncio.StreamWriter, asked: Asked) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html>Welcome</html>")
        await writer.drain()

    with pytest.raises(LLMBadReply, match="empty reply"):
        ask(page)


def test_a_stream_that_ends_before_the_reply_does_is_unavailable() -> None:
    with pytest.raises(LLMUnavailable, match="broke off"):
        ask(says(piece("It is ")))


@pytest.mark.parametrize(
    ("code", "error"), [(503, LLMUnavailable), (429, LLMUnavailable), (400, LLMBadReply)]
)
def test_an_error_inside_the_stream_is_told_by_its_code(code: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        ask(says(piece("It "), {"error": {"code": code, "message": "no"}}))
