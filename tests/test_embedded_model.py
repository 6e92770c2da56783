"""The child process with the real model in it."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from qa_service.answers import Prompt, Usage
from qa_service.embedded import EmbeddedServer
from qa_service.errors import LLMBadReply, LLMUnavailable
from qa_service.model_file import QWEN_CODER, default_folder, ensure_model
from qa_service.openai_llm import OpenAILLM
from tests.child import PROMPT, kill_the_parent, running, said
from tests.processes import children, gone_within

LONG = Prompt("You answer.", "Continue: " + "one two three four five six seven " * 100, {})


@pytest.fixture(scope="module")
def model() -> Iterator[Path]:
    if given := os.environ.get("QA_MODEL_FILE"):  # a setting of these tests, not of the service
        yield Path(given)
        return
    if not (default_folder() / QWEN_CODER.name).exists():
        pytest.skip(f"{QWEN_CODER.name} is not in the cache: run `python -m qa_service.model_file`")
    yield ensure_model(progress=print)


def status(url: str, **headers: str) -> tuple[int, dict[str, str]]:
    try:
        with urlopen(Request(url, headers=headers)) as reply:
            return reply.status, dict(reply.headers)
    except HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers)


@pytest.mark.model
def test_the_model_answers_and_answers_again_after_it_was_killed(model: Path) -> None:
    async def run() -> None:
        before = children()
        async with running(EmbeddedServer(model)) as llm:
            assert "Paris" in await said(llm)
            (pid,) = children() - before
            os.kill(pid, signal.SIGKILL)
            assert "Paris" in await said(llm)
            assert children() - before != {pid}
            reading = asyncio.ensure_future(anext(llm.complete(LONG, max_tokens=20)))
            await asyncio.sleep(0.5)
        with pytest.raises(LLMUnavailable):
            await reading
        assert children() == before

    asyncio.run(run())


@pytest.mark.model
def test_only_who_has_the_key_is_answered_and_no_other_origin(model: Path) -> None:
    async def run() -> None:
        server = EmbeddedServer(model)
        async with running(server):
            address = await server.ensure_alive()
            stranger = OpenAILLM(address.url, "m", api_key="guessed", proxies=False)
            with pytest.raises(LLMBadReply, match="401"):
                await anext(stranger.complete(PROMPT, max_tokens=9))
            await stranger.close()
            bearer: dict[str, Any] = {"Authorization": f"Bearer {address.key}"}
            root = address.url.removesuffix("/v1")
            code, headers = status(f"{address.url}/models", Origin="https://evil.example", **bearer)
            assert (code, headers.get("Access-Control-Allow-Origin", "")) == (200, "")
            for closed in ("/slots", "/metrics"):
                assert status(root + closed, **bearer)[0] in (404, 501), closed
            assert status(root + "/")[0] in (401, 404)

    asyncio.run(run())


@pytest.mark.model
def test_a_reader_who_leaves_while_the_prompt_is_read_frees_the_model(model: Path) -> None:
    async def run() -> str | Usage:
        async with running(EmbeddedServer(model)) as llm:
            await said(llm)
            reading = asyncio.ensure_future(anext(llm.complete(LONG, max_tokens=20)))
            await asyncio.sleep(1)
            reading.cancel()
            async with aclosing(llm.complete(PROMPT, max_tokens=20)) as pieces:
                return await anext(pieces)

    assert asyncio.run(run())


@pytest.mark.model
def test_when_the_parent_is_killed_the_real_child_ends_too(model: Path) -> None:
    (orphan,) = kill_the_parent(str(model))
    assert gone_within(orphan, 2)


@pytest.mark.model
def test_a_warmed_prompt_is_not_read_twice_and_a_grammar_binds(model: Path) -> None:
    async def run() -> tuple[str, Usage]:
        async with running(EmbeddedServer(model)) as llm:
            await llm.warm("You answer in one word.")
            grammar = 'root ::= "Rome" | "Oslo"'
            pieces = [p async for p in llm.complete(PROMPT, max_tokens=9, grammar=grammar)]
            assert isinstance(pieces[-1], Usage)
            return "".join(p for p in pieces if isinstance(p, str)), pieces[-1]

    reply, usage = asyncio.run(run())
    assert reply in ("Rome", "Oslo")
    assert usage.completion_tokens <= 3
