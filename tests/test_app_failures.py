"""What is told and logged while the model or the archive fails or is not ready."""

import logging
import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from index.archive import Archive
from index.fetch import Counts
from index.queries import Hit, Query
from index.rank import Recipe
from index.search import RECIPE
from qa_service.answers import Prompt, Usage
from qa_service.errors import LLMBadReply, LLMUnavailable
from tests.fakes import ScriptedLLM
from tests.recruits import QUESTION, RECRUITS, REPLY
from tests.responses import events, problem
from tests.served import serving


class LostArchive(Archive):
    """An archive on a disk that has gone."""

    def search(self, query: Query, *, recipe: Recipe = RECIPE) -> list[Hit]:
        raise sqlite3.OperationalError("disk I/O error")

    def counts(self) -> Counts:
        raise sqlite3.OperationalError("disk I/O error")


def test_while_the_model_is_down_everything_else_goes_on(tmp_path: Path) -> None:
    llm = ScriptedLLM(LLMUnavailable("The model is down; try again.", retry_after=7))
    with serving(tmp_path, llm=llm, articles=[RECRUITS]) as served:
        response = served.client.post("/v1/ask", json=QUESTION)
        assert problem(response, 503) == "The model is down; try again."
        assert response.headers["retry-after"] == "7"
        assert response.json()["retry_after"] == 7
        assert served.client.post("/v1/search", json={"query": "army"}).status_code == 200
        assert served.client.get("/v1/articles/recruits").status_code == 200
        assert served.client.get("/v1/articles").status_code == 200
        assert served.client.get("/").status_code == 200


def test_in_a_stream_that_has_begun_an_error_is_an_event(tmp_path: Path) -> None:
    llm = ScriptedLLM(LLMUnavailable("The model is down; try again.", retry_after=7))
    with serving(tmp_path, llm=llm, articles=[RECRUITS]) as served:
        response = served.client.post("/v1/ask", json=QUESTION | {"stream": True})
    (first, _), (last, body) = events(response.text)
    assert (response.status_code, first, last) == (200, "passages", "error")
    assert (body["status"], body["retry_after"]) == (503, 7)
    assert body["detail"] == "The model is down; try again."


def test_a_stream_that_fails_before_it_began_has_the_status_of_the_error(tmp_path: Path) -> None:
    with serving(tmp_path, kind=LostArchive) as served:
        response = served.client.post("/v1/ask", json=QUESTION | {"stream": True})
    assert "fault of the service" in problem(response, 500)


def test_a_bad_reply_of_the_model_is_a_bad_gateway(tmp_path: Path) -> None:
    llm = ScriptedLLM(LLMBadReply("The server sent nonsense; check its address."))
    with serving(tmp_path, llm=llm, articles=[RECRUITS]) as served:
        problem(served.client.post("/v1/ask", json=QUESTION), 502)


class BrokenLLM:
    name = "broken"

    async def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        yield "Some"
        raise RuntimeError("a secret of the house")


def test_what_nobody_foresaw_is_told_without_details(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path, llm=BrokenLLM(), articles=[RECRUITS]) as served:
        response = served.client.post("/v1/ask", json=QUESTION)
    assert "fault of the service" in problem(response, 500)
    assert "secret" not in response.text
    assert response.json()["instance"] in caplog.text


def test_questions_are_not_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = {"question": "why did Rumpelstiltskin join the army", "stream": True}
    with serving(tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS]) as served:
        served.client.post("/v1/ask", json=secret)
        served.client.post("/v1/ask", json=secret | {"no_such_field": "Rumpelstiltskin"})
    with serving(tmp_path, llm=BrokenLLM()) as served:
        served.client.post("/v1/search", json={"query": secret["question"]})
        served.client.post("/v1/ask", json=secret)
    assert "Rumpelstiltskin" not in caplog.text


class LoadingLLM(ScriptedLLM):
    queue_depth = 3

    def not_ready(self) -> str | None:
        return "The model is loading."


def test_a_model_that_loads_is_not_ready_and_says_so(tmp_path: Path) -> None:
    with serving(tmp_path, llm=LoadingLLM()) as served:
        ready = served.client.get("/readyz")
        metrics = served.client.get("/metrics").text
    assert ready.status_code == 503
    assert ready.json()["model"] == {"ready": False, "reason": "The model is loading."}
    assert "qa_llm_queue_depth 3.0" in metrics


def test_a_lost_archive_is_not_ready_and_the_process_still_lives(tmp_path: Path) -> None:
    with serving(tmp_path, kind=LostArchive) as served:
        assert served.client.get("/healthz").status_code == 200
        ready = served.client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["archive"] == {
        "ready": False,
        "reason": "The archive cannot be read: disk I/O error",
    }
