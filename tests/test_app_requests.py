"""Requests that cannot be understood, and what they are told."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.responses import problem
from tests.served import serving


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
