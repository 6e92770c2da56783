"""The child process: started, asked, killed and ended, with a small stand-in child."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import EmbeddedLLM
from qa_service.errors import LLMUnavailable
from tests.child import STAND_IN, begin, kill_the_parent, running, said, stand_in
from tests.processes import alive, children, gone_within


async def pid_of(llm: EmbeddedLLM) -> int:
    return int((await said(llm)).removeprefix("I am "))


def test_the_child_is_started_asked_and_ended() -> None:
    async def run() -> int:
        async with running(stand_in()) as llm:
            assert llm.name == "stand-in"
            assert llm.not_ready() == "The language model is loading."
            pid = await pid_of(llm)
            assert llm.not_ready() is None
            assert alive(pid)
        return pid

    assert not alive(asyncio.run(run()))


def test_the_key_is_in_no_command_line_and_no_environment() -> None:
    async def run() -> None:
        server = stand_in()
        async with running(server) as llm:
            pid, address = await pid_of(llm), await server.ensure_alive()
            for place in ("cmdline", "environ"):
                assert address.key.encode() not in Path(f"/proc/{pid}/{place}").read_bytes()
            assert address.key not in repr(address)

    asyncio.run(run())


def test_the_provider_key_does_not_reach_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-another-place")

    async def run() -> None:
        async with running(stand_in()) as llm:
            environment = Path(f"/proc/{await pid_of(llm)}/environ").read_bytes()
            assert b"sk-for-another-place" not in environment

    asyncio.run(run())


def test_a_proxy_for_the_outside_is_not_asked_for_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    async def run() -> str:
        async with running(stand_in()) as llm:
            return await said(llm)

    assert asyncio.run(run()).startswith("I am ")


def test_after_the_child_is_killed_the_next_request_is_answered_by_another() -> None:
    async def run() -> None:
        async with running(stand_in()) as llm:
            first = await pid_of(llm)
            os.kill(first, signal.SIGKILL)
            second = await pid_of(llm)
            assert second != first

    asyncio.run(run())


def test_a_killed_child_is_started_again_without_being_asked() -> None:
    async def run() -> None:
        async with running(stand_in()) as llm:
            os.kill(await pid_of(llm), signal.SIGKILL)
            async with asyncio.timeout(5):
                while llm.not_ready() is None:
                    await asyncio.sleep(0.01)
                while llm.not_ready():
                    await asyncio.sleep(0.01)

    asyncio.run(run())


def test_a_reply_that_has_begun_is_not_begun_again_by_another_child() -> None:
    async def run() -> None:
        async with running(stand_in()) as llm:
            pid = await pid_of(llm)
            pieces = await begin(llm)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(LLMUnavailable):
                await anext(pieces)

    asyncio.run(run())


def test_stopping_with_a_request_under_way_leaves_no_process() -> None:
    before = children()

    async def run() -> None:
        async with running(stand_in()) as llm:
            await said(llm)
            pieces = await begin(llm)
        assert llm.not_ready()
        await pieces.aclose()

    asyncio.run(run())
    assert children() == before


def test_a_child_that_will_not_end_is_killed() -> None:
    deaf = STAND_IN.replace("sys.stdin.read()", "time.sleep(60)")

    async def run() -> int:
        async with running(stand_in(deaf)) as llm:
            return await pid_of(llm)

    assert not alive(asyncio.run(run()))


def test_stopping_while_the_model_loads_leaves_no_process_and_nobody_waiting() -> None:
    before = children()

    async def run() -> None:
        server = stand_in("import time; time.sleep(60)")
        server.start()
        waiting = asyncio.create_task(server.ensure_alive())
        await asyncio.sleep(0.2)
        await server.stop()
        with pytest.raises(LLMUnavailable):
            await waiting
        with pytest.raises(LLMUnavailable, match="not running"):
            await server.ensure_alive()

    asyncio.run(run())
    assert children() == before


def test_a_child_that_cannot_start_is_told_at_once_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fails_once = "import os, sys\nif not os.path.exists(sys.argv[1]):\n"
    fails_once += "    open(sys.argv[1], 'w').close(); sys.exit('no room for the model')\n"

    async def run() -> str:
        child = (sys.executable, "-c", fails_once + STAND_IN)
        server = EmbeddedServer(tmp_path / "tried", child=child, pause=1)
        async with running(server) as llm:
            with pytest.raises(LLMUnavailable, match="could not be started") as refused:
                await said(llm)
            assert refused.value.retry_after == 1
            await asyncio.sleep(1.1)
            return await said(llm)

    assert asyncio.run(run()).startswith("I am ")
    assert "no room for the model" in caplog.text


def test_a_missing_program_is_told_too() -> None:
    async def run() -> None:
        server = EmbeddedServer(Path("m.gguf"), child=("/nowhere/python",))
        async with running(server) as llm:
            with pytest.raises(LLMUnavailable, match="could not be started"):
                await said(llm)

    asyncio.run(run())


def test_when_the_parent_is_killed_the_child_ends() -> None:
    orphans = kill_the_parent("stand-in.gguf", STAND_IN)
    assert len(orphans) == 1
    assert all(gone_within(pid, 2) for pid in orphans)
