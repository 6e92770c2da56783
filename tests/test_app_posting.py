"""Articles over HTTP: posting."""

import json
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.documents import Article
from index.errors import ArchiveLocked
from index.store import Stored
from tests.posting import ONE, outcomes
from tests.served import Served, serving

LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as opened:
        yield opened


def test_an_article_that_is_posted_can_be_read(served: Served) -> None:
    response = served.client.post("/v1/articles", json=ONE)
    told = response.json()
    article = served.client.get("/v1/articles/taxes").json()
    assert response.status_code == 200
    assert told == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "withdrawn": 0,
        "rejected": 0,
        "results": [
            {
                "index": 0,
                "outcome": "created",
                "id": "taxes",
                "version": article["version"],
                "reason": None,
            }
        ],
    }
    assert {name: article[name] for name in ONE} == ONE


def test_posting_again_tells_unchanged_and_updated(served: Served) -> None:
    assert outcomes(served.client, ONE) == ["created"]
    assert outcomes(served.client, [ONE, ONE | {"text": "Taxes will rise."}]) == [
        "unchanged",
        "updated",
    ]


def test_one_a_list_an_envelope_and_lines_are_all_taken(served: Served) -> None:
    two = [ONE | {"id": "a"}, ONE | {"id": "b"}]
    assert outcomes(served.client, two) == ["created", "created"]
    assert outcomes(served.client, {"articles": two}) == ["unchanged", "unchanged"]
    lines = "\r\n".join(json.dumps(record) for record in two) + "\n\n"
    response = served.client.post("/v1/articles", content=lines, headers=LINES)
    assert response.json()["unchanged"] == 2
    assert outcomes(served.client, []) == []


def test_html_is_taken_and_never_given_back(served: Served) -> None:
    page = "<html><body><article><h1>Rates</h1><p>Rates may rise, the bank said on Monday. " * 3
    posted = {"id": "rates", "html": page, "title": "Rates"}
    assert outcomes(served.client, posted) == ["created"]
    assert "<" not in served.client.get("/v1/articles/rates").json()["text"]


def test_what_is_no_article_is_rejected_with_its_reason_and_the_others_are_stored(
    served: Served,
) -> None:
    body = [
        ONE,
        {"title": "No text"},
        "words",
        ONE | {"url": "javascript:alert(1)"},
        ONE | {"id": "b"},
    ]
    told = served.client.post("/v1/articles", json=body).json()
    assert [r["outcome"] for r in told["results"]] == [
        "created",
        "rejected",
        "rejected",
        told["results"][3]["outcome"],
        "created",
    ]
    assert all(r["reason"] for r in told["results"] if r["outcome"] == "rejected")
    assert [r["index"] for r in told["results"]] == [0, 1, 2, 3, 4]
    urls = [a["url"] for a in served.client.get("/v1/articles").json()["articles"]]
    assert not any(url and url.startswith("javascript") for url in urls)


def test_a_line_that_is_no_json_is_rejected_by_its_number(served: Served) -> None:
    lines = json.dumps(ONE) + "\nnonsense\n" + json.dumps(ONE | {"id": "b"})
    told = served.client.post("/v1/articles", content=lines, headers=LINES).json()
    assert [r["outcome"] for r in told["results"]] == ["created", "rejected", "created"]
    assert told["results"][1]["reason"].startswith("line 2: ")


@pytest.mark.parametrize("name", ["id", "title", "text", "url", "source", "author", "language"])
def test_half_a_surrogate_pair_never_breaks_anything(name: str, served: Served) -> None:
    body = json.dumps(ONE | {name: "x\ud800"})
    response = served.client.post(
        "/v1/articles", content=body, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 200
    assert response.json()["rejected"] == 1


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        (b"{", "application/json", 422),
        (b"", "application/json", 422),
        (b'"\xff"', "application/json", 400),
        (b"\xff\n", "application/x-ndjson", 400),
        (b"title: x", "text/plain", 415),
        (b"{}", "", 415),
        (b"[" + b"{}," * 1000 + b"{}]", "application/json", 413),
        (b"{}\n" * 1001, "application/x-ndjson", 413),
        (b" " * (32 * 2**20 + 1), "application/json", 413),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(
    content: bytes, media: str, status: int, served: Served
) -> None:
    response = served.client.post(
        "/v1/articles", content=content, headers={"Content-Type": media} if media else {}
    )
    assert response.status_code == response.json()["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"].endswith((".", "…]}."))


class LockedArchive(Archive):
    """An archive that another process is writing to all the time."""

    def add(self, articles: Iterable[Article]) -> Iterator[Stored]:
        raise ArchiveLocked("another process went on writing for 60 seconds")


def test_a_locked_archive_says_when_to_try_again(tmp_path: Path) -> None:
    with serving(tmp_path, kind=LockedArchive) as served:
        response = served.client.post("/v1/articles", json=ONE)
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")


class SlowArchive(Archive):
    """An archive that writes only when it is told to."""

    go = threading.Event()

    def add(self, articles: Iterable[Article]) -> Iterator[Stored]:
        assert self.go.wait(5)
        return super().add(articles)


def test_reading_goes_on_during_a_long_post(tmp_path: Path) -> None:
    with serving(tmp_path, kind=SlowArchive) as served:
        told: list[Any] = []
        post = threading.Thread(
            target=lambda: told.append(served.client.post("/v1/articles", json=ONE))
        )
        post.start()
        assert served.client.post("/v1/search", json={"query": "taxes"}).status_code == 200
        assert told == []
        SlowArchive.go.set()
        post.join()
    assert told[0].json()["created"] == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(sorted([*ONE, "body", "content", "html", "authors", "date", "articles"]))


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.dictionaries(names, json_values, max_size=5), max_size=3))
def test_whatever_is_posted_every_record_is_accounted_for(served: Served, body: list[Any]) -> None:
    response = served.client.post(
        "/v1/articles", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 200
    told = response.json()
    assert [result["index"] for result in told["results"]] == list(range(len(body)))
    assert sum(told[name] for name in ("created", "updated", "unchanged", "rejected")) == len(body)
