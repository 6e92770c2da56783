"""A server of a language model that does what servers do, from a script."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from qa_service.answers import Prompt, Usage
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
