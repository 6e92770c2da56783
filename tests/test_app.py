"""Who may have a reply and with which headers; the pages, health, and what is counted."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from qa_service.settings import Settings
from tests.fakes import ScriptedLLM
from tests.recruits import QUESTION, RECRUITS, REPLY
from tests.responses import SECURITY, problem
from tests.served import HERE, serving


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
