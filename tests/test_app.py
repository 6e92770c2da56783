import json
import logging
import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.archive import Archive
from index.fetch import Counts
from index.queries import Hit, Query
from index.rank import Recipe
from index.search import RECIPE
from qa_service.answers import Prompt, Usage
from qa_service.errors import LLMBadReply, LLMUnavailable
from qa_service.settings import Settings
from tests.fakes import ScriptedLLM, make_article
from tests.served import HERE, serving

WORDS = "Medvedev said that some 280,000 people had joined the army since 1 January."
RECRUITS = make_article(f"{WORDS} He spoke on Sakhalin.", id="recruits", title="Army grows")
UNDATED = make_article("Recruits are young, officers said.", id="undated", published=None)
REPLY = "Some 280,000 people had joined the army since 1 January, Medvedev said. [S1]"
QUESTION = {"question": "how many people joined the army since 1 January"}
SECURITY = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class LostArchive(Archive):
    """An archive on a disk that has gone."""

    def search(self, query: Query, *, recipe: Recipe = RECIPE) -> list[Hit]:
        raise sqlite3.OperationalError("disk I/O error")

    def counts(self) -> Counts:
        raise sqlite3.OperationalError("disk I/O error")


def problem(response: Any, status: int) -> str:
    """The sentence of a problem, after everything else about it was checked."""
    body = response.json()
    assert response.status_code == body["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "detail", "errors", "retry_after", "instance"}
    assert SECURITY.items() <= dict(response.headers).items()
    detail: str = body["detail"]
    assert detail.endswith(".")
    return detail


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream, comments left out."""
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if line[0] != ":")
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_an_answer_tells_its_claims_and_quotes(tmp_path: Path) -> None:
    with serving(tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS]) as served:
        response = served.client.post("/v1/ask", json=QUESTION)
    answer = response.json()
    assert response.status_code == 200
    assert answer["status"] == "answered"
    assert [claim["verdict"] for claim in answer["claims"]] == ["supported"]
    (cited,) = answer["citations"]
    assert cited["quote"] == WORDS == RECRUITS.text[cited["start"] : cited["end"]]
    assert cited["standing"] == "verified"
    assert cited["article"] == {
        "id": "recruits",
        "version": RECRUITS.version,
        "title": "Army grows",
        "source": "The Daily Example",
        "author": None,
        "url": None,
        "published": "2023-09-04",
        "language": "en",
        "published_known_by": None,
        "updated": None,
    }
    for claim in answer["claims"]:
        assert "[1]" in answer["text"][claim["start"] : claim["end"]]


def test_json_stream_and_reload_are_one_answer(tmp_path: Path) -> None:
    with serving(tmp_path, llm=ScriptedLLM(REPLY, REPLY), articles=[RECRUITS]) as served:
        whole = served.client.post("/v1/ask", json=QUESTION).json()
        stream = served.client.post("/v1/ask", json=QUESTION | {"stream": True})
        names, bodies = zip(*events(stream.text), strict=True)
        again = served.client.get(f"/v1/answers/{bodies[-1]['id']}").json()
        first_again = served.client.get(f"/v1/answers/{whole['id']}").json()
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert names == ("passages", "claim", "answer")
    assert again == bodies[-1]
    assert first_again == whole
    of_this_run = ("id", "timings_ms", "created")
    assert {k: v for k, v in whole.items() if k not in of_this_run} == {
        k: v for k, v in again.items() if k not in of_this_run
    }
    assert bodies[1]["citations"] == whole["citations"]
    assert bodies[1]["claim"]["text"] == whole["claims"][0]["text"]
    assert bodies[0]["hits"][0]["article"]["id"] == "recruits"


def test_a_stream_may_be_asked_for_by_its_media_type(tmp_path: Path) -> None:
    with serving(tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS]) as served:
        accept = {"Accept": "text/event-stream"}
        response = served.client.post("/v1/ask", json=QUESTION, headers=accept)
    assert [name for name, _ in events(response.text)] == ["passages", "claim", "answer"]


def test_not_finding_is_an_answer(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        response = served.client.post("/v1/ask", json=QUESTION)
    assert response.status_code == 200
    assert response.json()["status"] == "not_found"
    assert response.json()["text"] == ""


def test_the_filters_of_a_question_are_told_with_its_answer(tmp_path: Path) -> None:
    asked = QUESTION | {
        "published_from": "2023-09-01",
        "published_to": "2023-10-01T00:00:00+02:00",
        "as_of": "2023-09-30",
        "sources": ["The Daily Example"],
        "exclude_articles": ["undated"],
    }
    with serving(tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS]) as served:
        answer = served.client.post("/v1/ask", json=asked).json()
    assert answer["status"] == "answered"
    assert answer["as_of"] == "2023-09-30"
    assert answer["filters"] == {
        "published_from": "2023-09-01",
        "published_to": "2023-09-30T22:00:00+00:00",
        "sources": ["The Daily Example"],
        "exclude_articles": ["undated"],
    }


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


def test_an_answer_nobody_made_is_not_found(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        problem(served.client.get("/v1/answers/ans_unknown"), 404)
        problem(served.client.get("/v1/answers/nonsense"), 422)


def test_without_retention_an_answer_is_told_and_not_kept(tmp_path: Path) -> None:
    settings = Settings(retention_days=0)
    with serving(
        tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS], settings=settings
    ) as served:
        answer = served.client.post("/v1/ask", json=QUESTION).json()
        assert answer["status"] == "answered"
        detail = problem(served.client.get(f"/v1/answers/{answer['id']}"), 404)
    assert "QA_RETENTION_DAYS" in detail


def test_a_deleted_article_disappears_from_every_surface(tmp_path: Path) -> None:
    with serving(tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS]) as served:
        answer = served.client.post("/v1/ask", json=QUESTION).json()
        assert served.client.delete("/v1/articles/recruits").status_code == 204
        problem(served.client.get("/v1/articles/recruits"), 410)
        problem(served.client.delete("/v1/articles/recruits"), 410)
        again = served.client.get(f"/v1/answers/{answer['id']}")
        listed = served.client.get("/v1/articles").json()
        found = served.client.post("/v1/search", json={"query": "army"}).json()
        history = served.client.get("/v1/articles/recruits/versions").json()
        cited = answer["citations"][0]
        place = {name: cited[name] for name in ("start", "end", "quote")}
        named = {"article_id": "recruits", "version": RECRUITS.version}
        standing = served.client.post("/v1/citations/verify", json=place | named).json()
    assert again.json()["status"] == "not_found"
    assert again.json()["claims"][0]["verdict"] == "withdrawn"
    assert "280,000" not in again.text
    assert listed["articles"] == found["hits"] == []
    assert [v["withdrawn"] for v in history["versions"]] == [False, True]
    assert standing["standing"] == "withdrawn"


def test_search_tells_slices_and_what_a_date_left_out(tmp_path: Path) -> None:
    with serving(tmp_path, articles=[RECRUITS, UNDATED]) as served:
        everything = served.client.post("/v1/search", json={"query": "recruits army"}).json()
        asked = {"query": "recruits army", "published_from": "2023-01-01", "limit": 1}
        dated = served.client.post("/v1/search", json=asked).json()
    assert {hit["article"]["id"] for hit in everything["hits"]} == {"recruits", "undated"}
    assert everything["undated_left_out"] == 0
    assert [hit["article"]["id"] for hit in dated["hits"]] == ["recruits"]
    assert dated["undated_left_out"] == 1
    for hit in dated["hits"]:
        assert hit["text"] == RECRUITS.text[hit["start"] : hit["end"]]
        assert "text" not in hit["article"]


def test_a_citation_is_checked_against_the_article(tmp_path: Path) -> None:
    cited = {
        "article_id": "recruits",
        "version": RECRUITS.version,
        "start": 0,
        "end": 8,
        "quote": "Medvedev",
    }
    with serving(tmp_path, articles=[RECRUITS]) as served:

        def verify(**changed: Any) -> Any:
            return served.client.post("/v1/citations/verify", json=cited | changed).json()

        assert verify() == {
            "standing": "verified",
            "start": 0,
            "end": 8,
            "quote": "Medvedev",
            "current_version": RECRUITS.version,
            "now": None,
            "notice": None,
        }
        assert verify(quote="Medvedew")["standing"] == "mismatch"
        assert verify(quote=None)["standing"] == "verified"
        list(served.archive.add([make_article("Said Medvedev.", id="recruits")]))
        assert (verify()["standing"], verify()["start"], verify()["end"]) == ("moved", 5, 13)
        assert verify(end=0)["status"] == 422


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", {}),
        ("/v1/ask", {"question": "  "}),
        ("/v1/ask", {"question": "x" * 2001}),
        ("/v1/ask", {"question": 5}),
        ("/v1/ask", {"question": "why", "publised_from": "2023-01-01"}),
        ("/v1/ask", {"question": "why", "as_of": "yesterday"}),
        ("/v1/ask", {"question": "why", "as_of": "2023-09-04T10:00:00"}),
        ("/v1/ask", {"question": "why", "as_of": 20230904}),
        ("/v1/ask", {"question": "why", "as_of": "0001-01-01T00:00:00+14:00"}),
        ("/v1/ask", {"question": "why", "sources": "The Daily Example"}),
        ("/v1/ask", {"question": "why", "exclude_articles": ["no such id!"]}),
        ("/v1/ask", {"question": "why", "history": [{"question": "who"}]}),
        ("/v1/ask", {"question": "why", "stream": "yes"}),
        (
            "/v1/ask",
            {"question": "why", "published_from": "2023-09-04", "published_to": "2023-09-04"},
        ),
        ("/v1/search", {"query": "x", "limit": 101}),
        ("/v1/search", {"query": "x", "limit": 0}),
        ("/v1/search", []),
        ("/v1/search", {"query": float("nan")}),
        ("/v1/citations/verify", {"article_id": "a", "version": "1", "start": 0, "end": 1}),
    ],
)
def test_a_request_that_cannot_be_understood_names_the_field(
    path: str, body: object, tmp_path: Path
) -> None:
    with serving(tmp_path) as served:
        response = served.client.post(
            path, content=json.dumps(body), headers={"Content-Type": "application/json"}
        )
    assert problem(response, 422).startswith("Correct the request and send it again: ")
    assert all(error["field"] and error["detail"] for error in response.json()["errors"])


@pytest.mark.parametrize(
    "content",
    [
        b'{"question": "\\ud800"}',
        b'{"question": "why", "\\udfff": 1}',
        b'{"question": "why", "sources": ["\\ud83d"]}',
        b'{"question": "why"',
        b"",
        b"null",
        b'{"question": ' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'"\xff"',
        "{'question': 'why'}".encode("utf-16"),
    ],
)
def test_a_body_that_is_no_text_is_refused_and_nothing_breaks(
    content: bytes, tmp_path: Path
) -> None:
    with serving(tmp_path) as served:
        response = served.client.post(
            "/v1/ask", content=content, headers={"Content-Type": "application/json"}
        )
    assert response.status_code in (400, 422)
    problem(response, response.status_code)


def test_a_body_that_is_not_utf8_is_a_bad_request(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        response = served.client.post(
            "/v1/ask",
            content='{"question": "où"}'.encode("latin-1"),
            headers={"Content-Type": "application/json"},
        )
    assert "UTF-8" in problem(response, 400)


def test_a_body_beyond_the_limit_is_refused_with_the_limit(tmp_path: Path) -> None:
    def pieces() -> Any:  # without a Content-Length
        for _ in range(17):
            yield b" " * 2**16

    with serving(tmp_path) as served:
        told = served.client.post("/v1/ask", content=b" " * (2**20 + 1))
        streamed = served.client.post("/v1/search", content=pieces())
    assert "at most 1 MiB" in problem(told, 413)
    assert "at most 1 MiB" in problem(streamed, 413)


def test_an_address_where_nothing_is_and_a_method_that_is_not_taken_are_problems(
    tmp_path: Path,
) -> None:
    with serving(tmp_path) as served:
        assert "/docs" in problem(served.client.get("/v1/nothing"), 404)
        problem(served.client.get("/nothing"), 404)
        problem(served.client.get("/page/nothing.js"), 404)
        response = served.client.get("/v1/ask")
        problem(response, 405)
    assert response.headers["allow"] == "POST"


def test_the_rules_of_access_stand_before_the_routes(tmp_path: Path) -> None:
    with serving(tmp_path, articles=[RECRUITS]) as served:
        stranger = TestClient(served.app, base_url=HERE, client=("192.0.2.1", 5))
        problem(stranger.delete("/v1/articles/recruits"), 403)
        rebound = TestClient(served.app, base_url="http://evil.example", client=("127.0.0.1", 5))
        problem(rebound.get("/v1/articles"), 403)
        foreign = {"Origin": "https://evil.example"}
        problem(served.client.post("/v1/articles", json={}, headers=foreign), 403)
        assert served.client.get("/v1/articles/recruits").status_code == 200


def test_with_keys_every_call_of_the_api_needs_one(tmp_path: Path) -> None:
    settings = Settings(api_keys=("a-key-0123456789",))
    with serving(tmp_path, articles=[RECRUITS], settings=settings) as served:
        refused = served.client.get("/v1/nothing")
        problem(refused, 401)
        assert refused.headers["www-authenticate"] == "Bearer"
        key = {"Authorization": "Bearer a-key-0123456789"}
        assert served.client.get("/v1/articles", headers=key).status_code == 200
        for path in ("/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"):
            assert served.client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/", "/page/chat.js", "/docs", "/healthz", "/v1/sources", "/v1/nothing", "/openapi.json"],
)
def test_every_reply_has_the_headers_that_keep_a_browser_safe(path: str, tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        headers = dict(served.client.get(path).headers)
    if path == "/docs":  # stricter: nothing but its own style
        assert "script-src" not in headers.pop("content-security-policy")
        headers |= {"content-security-policy": SECURITY["content-security-policy"]}
    assert SECURITY.items() <= headers.items()
    assert ("cache-control", "no-store") in headers.items() or not path.startswith("/v1/")


def test_the_chat_page_is_served(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        page = served.client.get("/")
        script = served.client.get("/page/chat.js")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<script type="module" src="/page/chat.js">' in page.text
    assert script.headers["content-type"].startswith("text/javascript")


def test_the_list_of_calls_needs_no_other_host_and_no_script(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        docs = served.client.get("/docs")
        paths = served.client.get("/openapi.json").json()["paths"]
    assert len(paths) == 11
    assert all(path in docs.text for path in paths)
    assert "<script" not in docs.text
    assert "http://" not in docs.text.replace("https://daily.example", "")


def test_health_tells_alive_and_ready(tmp_path: Path) -> None:
    with serving(tmp_path, articles=[RECRUITS]) as served:
        assert served.client.get("/healthz").json() == {"status": "alive"}
        ready = served.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (
        200,
        {
            "ready": True,
            "archive": {"ready": True, "reason": None},
            "model": {"ready": True, "reason": None},
            "articles": 1,
            "passages": 1,
        },
    )


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


def test_what_happens_is_counted(tmp_path: Path) -> None:
    with serving(tmp_path, llm=ScriptedLLM(REPLY), articles=[RECRUITS]) as served:
        served.client.post("/v1/ask", json=QUESTION)
        served.client.get("/v1/articles/recruits")
        served.client.get("/v1/articles/nobody")
        text = served.client.get("/metrics").text
    for line in (
        'qa_requests_total{method="POST",route="/v1/ask",status="200"} 1.0',
        'qa_requests_total{method="GET",route="/v1/articles/{article_id}",status="200"} 1.0',
        'qa_requests_total{method="GET",route="/v1/articles/{article_id}",status="404"} 1.0',
        'qa_asks_total{outcome="answered"} 1.0',
        'qa_claims_total{verdict="supported"} 1.0',
        "qa_ask_seconds_count 1.0",
        "qa_articles 1.0",
        "qa_passages 1.0",
    ):
        assert line in text
    assert "army" not in text
