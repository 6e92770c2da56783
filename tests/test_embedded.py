"""The child process and the queue before it: with a small stand-in child, then with the model."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from qa_service.answers import Prompt, Usage
from qa_service.cores import usable_cores
from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import QUEUE_LENGTH, EmbeddedLLM
from qa_service.errors import LLMBadReply, LLMUnavailable
from qa_service.model_file import QWEN_CODER, default_folder, ensure_model
from qa_service.openai_llm import OpenAILLM

PROMPT = Prompt("You answer in one sentence.", "Which city is the capital of France?", {})
LONG = Prompt("You answer.", "Continue: " + "one two three four five six seven " * 100, {})

# Keeps to the child's side of the agreement and streams "I am <its process id>". Asked to "hang"
# it says one word and stops there.
STAND_IN = """
import http.server, json, os, sys, threading, time

key = sys.stdin.readline().strip()

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.headers["authorization"] != "Bearer " + key:
            return self.send_error(401)
        self.send_response(200)
        self.end_headers()
        self.say("I am ", None)
        if "hang" in body["messages"][-1]["content"]:
            time.sleep(60)
        self.say(str(os.getpid()), "stop")
    def say(self, text, finish):
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        self.wfile.write(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\\n\\n")

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("http://127.0.0.1:%d" % server.server_port, flush=True)
print("x" * 200_000, file=sys.stderr)
sys.stdin.read()
os._exit(0)
"""


def stand_in(code: str = STAND_IN, *, pause: float = 0.3) -> EmbeddedServer:
    return EmbeddedServer(Path("stand-in.gguf"), child=(sys.executable, "-c", code), pause=pause)


@asynccontextmanager
async def running(server: EmbeddedServer) -> AsyncIterator[EmbeddedLLM]:
    llm = EmbeddedLLM(server)
    llm.start()
    try:
        yield llm
    finally:
        await llm.stop()


async def said(llm: EmbeddedLLM, prompt: Prompt = PROMPT, *, max_tokens: int = 20) -> str:
    pieces = [part async for part in llm.complete(prompt, max_tokens=max_tokens)]
    assert isinstance(pieces[-1], Usage)
    return "".join(part for part in pieces if isinstance(part, str))


async def pid_of(llm: EmbeddedLLM) -> int:
    return int((await said(llm)).removeprefix("I am "))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


def children() -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")")[-1].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(stat.parent.name))
    return found


HANG = Prompt("", "hang", {})


async def begin(llm: EmbeddedLLM, prompt: Prompt = HANG) -> AsyncGenerator[str | Usage]:
    """A request that has got its first piece and holds the slot until it is closed."""
    pieces = llm.complete(prompt, max_tokens=200)
    await anext(pieces)
    return pieces


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


PARENT = """
import asyncio, sys
from pathlib import Path
from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import EmbeddedLLM

async def main():
    child = sys.argv[2:] and {"child": (sys.executable, "-c", sys.argv[2])} or {}
    server = EmbeddedServer(Path(sys.argv[1]), **child)
    server.start()
    await server.ensure_alive()
    print('ready', flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def kill_the_parent(*arguments: str) -> set[int]:
    """Start a parent with these arguments, kill it, and return the children that it had."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *arguments], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        path = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        grandchildren = {int(pid) for pid in path.read_text().split()}
        parent.kill()
    return grandchildren


def test_when_the_parent_is_killed_the_child_ends() -> None:
    orphans = kill_the_parent("stand-in.gguf", STAND_IN)
    assert len(orphans) == 1
    assert all(gone_within(pid, 2) for pid in orphans)


def test_waiters_beyond_the_queue_are_refused_with_an_estimate() -> None:
    async def run() -> None:
        async with running(stand_in()) as llm:
            holding = await begin(llm)
            waiters = [asyncio.create_task(said(llm)) for _ in range(QUEUE_LENGTH)]
            await asyncio.sleep(0)
            assert llm.queue_depth == QUEUE_LENGTH
            with pytest.raises(LLMUnavailable, match="8 questions are waiting") as refused:
                await said(llm)
            assert refused.value.retry_after == 32  # half the queue at 8 s, none having been timed
            await holding.aclose()
            assert len(await asyncio.gather(*waiters)) == QUEUE_LENGTH
            assert llm.queue_depth == 0

    asyncio.run(run())


def test_the_estimate_follows_what_replies_took() -> None:
    async def run() -> int:
        async with running(stand_in()) as llm:
            for _ in range(16):
                await said(llm)
            holding = await begin(llm)
            waiters = [asyncio.create_task(said(llm)) for _ in range(QUEUE_LENGTH)]
            await asyncio.sleep(0)
            with pytest.raises(LLMUnavailable) as refused:
                await said(llm)
            await holding.aclose()
            await asyncio.gather(*waiters)
            return refused.value.retry_after

    assert asyncio.run(run()) <= 2


def test_who_waits_first_is_served_first_and_who_leaves_gives_up_the_place() -> None:
    async def run() -> list[int]:
        served: list[int] = []

        async def wait(number: int) -> None:
            await said(llm)
            served.append(number)

        async with running(stand_in()) as llm:
            holding = await begin(llm)
            waiters = [asyncio.create_task(wait(number)) for number in range(4)]
            await asyncio.sleep(0.05)
            waiters[1].cancel()
            await asyncio.sleep(0)
            assert llm.queue_depth == 3
            await holding.aclose()
            await asyncio.gather(*waiters, return_exceptions=True)
        return served

    assert asyncio.run(run()) == [0, 2, 3]


def test_siblings_count_as_one_core_and_a_quota_counts(tmp_path: Path) -> None:
    allowed = os.sched_getaffinity(0)
    for cpu in allowed:
        folder = tmp_path / f"cpu{cpu}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text("0-99\n")
    quota = tmp_path / "cpu.max"
    assert usable_cores(cpus=tmp_path, quota=quota) == 1
    nowhere = tmp_path / "nowhere"
    assert usable_cores(cpus=nowhere, quota=quota) == len(allowed)
    for text, cores in (("max 100000", len(allowed)), ("100000 100000", 1), ("50000 100000", 1)):
        quota.write_text(text)
        assert usable_cores(cpus=nowhere, quota=quota) == cores


# With the real model.


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
