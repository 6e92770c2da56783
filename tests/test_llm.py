"""The OpenAI client against a server that does what servers do: stream, hang, refuse, die."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any

import pytest

from qa_service.answers import Prompt, Usage
from qa_service.errors import LLMBadReply, LLMUnavailable
from qa_service.openai_llm import OpenAILLM, Patience

PROMPT = Prompt("You answer.", "Who?", {})
PATIENT = Patience()  # whoever answers is waited for, however busy the machine is
QUICK = Patience(connect=1, piece=0.3, overall=2)  # where waiting in vain is what is tested


@dataclass
class Asked:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


Reply = Callable[[asyncio.StreamWriter, Asked], Awaitable[None]]


@dataclass
class Server:
    """An HTTP server on loopback that replies from a script, one connection per request."""

    script: list[Reply]
    asked: list[Asked] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        asked = Asked(head[0].split()[1], headers, json.loads(body or b"{}"))
        self.asked.append(asked)
        watch = asyncio.create_task(self.watch(reader))
        try:
            await self.script.pop(0)(writer, asked)
        finally:
            writer.close()
            watch.cancel()

    async def watch(self, reader: asyncio.StreamReader) -> None:
        if await reader.read() == b"":
            self.left.set()


@asynccontextmanager
async def serving(*script: Reply) -> AsyncIterator[Server]:
    server = Server(list(script))
    listener = await asyncio.start_server(server.answer, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}/v1"
    async with listener:
        yield server


async def send(writer: asyncio.StreamWriter, *events: object, status: str = "200 OK") -> None:
    writer.write(f"HTTP/1.1 {status}\r\nContent-Type: text/event-stream\r\n".encode())
    writer.write(b"Connection: close\r\n\r\n")
    await go_on(writer, *events)


async def go_on(writer: asyncio.StreamWriter, *events: object) -> None:
    for event in events:
        data = event if isinstance(event, str) else json.dumps(event)
        writer.write(f"data: {data}\n\n".encode())
    await writer.drain()


def piece(text: str | None, finish: str | None = None) -> dict[str, Any]:
    return {
        "object": "chat.completion.chunk",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
    }


USED = {"choices": [], "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}}
GOOD = (piece("It is "), piece("Anna."), piece(None, "stop"), USED, "[DONE]")


async def good(writer: asyncio.StreamWriter, asked: Asked) -> None:
    await send(writer, *GOOD)


def says(*events: object) -> Reply:
    async def reply(writer: asyncio.StreamWriter, asked: Asked) -> None:
        await send(writer, *events)

    return reply


def refuses(status: str, message: str = "no", *headers: str) -> Reply:
    async def reply(writer: asyncio.StreamWriter, asked: Asked) -> None:
        body = json.dumps({"error": {"message": message, "type": "x"}}).encode()
        lines = [f"HTTP/1.1 {status}", *headers, "Content-Type: application/json"]
        lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()

    return reply


def lists(*models: str) -> Reply:
    async def reply(writer: asyncio.StreamWriter, asked: Asked) -> None:
        body = json.dumps({"object": "list", "data": [{"id": model} for model in models]}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()

    return reply


async def hangs(writer: asyncio.StreamWriter, asked: Asked) -> None:
    await send(writer, piece("It is "))
    await asyncio.sleep(5)


def ask(*script: Reply, **settings: Any) -> tuple[list[str | Usage], list[Asked]]:
    """Ask a server with this script as often as `times` says; the last reply and all requests."""

    async def run() -> tuple[list[str | Usage], list[Asked]]:
        times = settings.pop("times", 1)
        settings.setdefault("model", "m")
        async with serving(*script) as server:
            llm = OpenAILLM(server.url, **{"patience": PATIENT, **settings})
            try:
                for _ in range(times):
                    said = [part async for part in llm.complete(PROMPT, max_tokens=9)]
            finally:
                await llm.close()
            return said, server.asked

    return asyncio.run(run())


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
