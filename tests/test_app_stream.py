"""The event stream as a reader on the other end of a socket sees it."""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import httpx2
import pytest

from qa_service.answers import Prompt, Usage
from tests.fakes import make_article
from tests.served import listening, serving

ARTICLE = make_article("Some 280,000 people had joined the army since 1 January.", id="recruits")
QUESTION = {"question": "how many people joined the army since 1 January"}
HEARTBEAT = 0.05
LONG = 60.0  # seconds; waited for in vain only where something is broken


class HeldLLM:
    """A model that says nothing until it is let go, and tells when it was given up."""

    name = "held"

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.go = threading.Event()
        self.given_up = threading.Event()

    async def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        self.asked.set()
        try:
            while not self.go.is_set():
                await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            self.given_up.set()
            raise
        yield "Some 280,000 people had joined the army since 1 January. [S1]"
        yield Usage(1, 1)


@pytest.fixture
def llm() -> HeldLLM:
    return HeldLLM()


@pytest.fixture
def url(tmp_path: Path, llm: HeldLLM) -> Iterator[str]:
    with (
        serving(tmp_path, llm=llm, articles=[ARTICLE], heartbeat=HEARTBEAT) as served,
        listening(served.app) as url,
    ):
        yield url
        llm.go.set()


def blocks(response: httpx2.Response) -> Iterator[str]:
    """The blocks of a stream as they arrive."""
    pending = ""
    for text in response.iter_text():
        pending += text
        while "\n\n" in pending:
            block, pending = pending.split("\n\n", 1)
            yield block


def test_passages_come_before_the_model_has_said_anything(url: str, llm: HeldLLM) -> None:
    with (
        httpx2.Client(timeout=LONG) as client,
        client.stream("POST", f"{url}/v1/ask", json=QUESTION | {"stream": True}) as response,
    ):
        stream = blocks(response)
        assert next(stream).startswith('event: passages\ndata: {"hits":[{"score":')
        assert not llm.go.is_set()
        assert next(stream) == ": still working"
        assert next(stream) == ": still working"
        llm.go.set()
        rest = [block for block in stream if block != ": still working"]
    assert [block.split("\n")[0] for block in rest] == ["event: claim", "event: answer"]


def test_a_reader_who_leaves_the_stream_cancels_the_answer(url: str, llm: HeldLLM) -> None:
    with (
        httpx2.Client(timeout=LONG) as client,
        client.stream("POST", f"{url}/v1/ask", json=QUESTION | {"stream": True}) as response,
    ):
        next(blocks(response))
        assert llm.asked.wait(LONG)
    assert llm.given_up.wait(LONG)


def test_a_reader_who_does_not_wait_for_the_json_cancels_the_answer(url: str, llm: HeldLLM) -> None:
    with httpx2.Client(timeout=0.5) as client, pytest.raises(httpx2.ReadTimeout):
        client.post(f"{url}/v1/ask", json=QUESTION)
    assert llm.given_up.wait(LONG)
    deadline = time.monotonic() + LONG
    while 'qa_asks_total{outcome="left"} 1.0' not in httpx2.get(f"{url}/metrics").text:
        assert time.monotonic() < deadline
    assert 'route="/v1/ask",status="499"' in httpx2.get(f"{url}/metrics").text


def test_other_requests_are_answered_while_one_waits_for_the_model(url: str, llm: HeldLLM) -> None:
    with (
        httpx2.Client(timeout=LONG) as client,
        client.stream("POST", f"{url}/v1/ask", json=QUESTION | {"stream": True}),
    ):
        assert llm.asked.wait(LONG)
        search = httpx2.post(f"{url}/v1/search", json={"query": "army"})
        assert search.json()["hits"][0]["text"] == ARTICLE.text


def test_the_rules_of_access_see_the_real_peer(url: str) -> None:
    posted = {"id": "more", "text": "Rates may rise."}
    assert httpx2.post(f"{url}/v1/articles", json=posted).json()["created"] == 1
    passed_on = {"X-Forwarded-For": "127.0.0.1"}
    assert httpx2.post(f"{url}/v1/articles", json=posted, headers=passed_on).status_code == 403
    rebound = {"Host": "evil.example"}
    assert httpx2.get(f"{url}/v1/articles", headers=rebound).status_code == 403
