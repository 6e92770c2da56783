"""Articles over HTTP: posting, listing, reading, history."""

import json
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from index.archive import Archive
from index.documents import Article
from index.errors import ArchiveLocked
from index.store import Stored
from tests.fakes import make_article
from tests.served import Served, serving

ONE = {
    "id": "taxes",
    "title": "Budget Day",
    "text": "Taxes will not rise. 𝔖o it goes.",
    "url": "https://daily.example/taxes",
    "source": "The Daily Example",
    "author": "Jo Writer",
    "published": "2023-09-04T18:00:00+02:00",
    "language": "en",
}
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as opened:
        yield opened


def outcomes(client: TestClient, body: object) -> list[str]:
    response = client.post("/v1/articles", json=body)
    assert response.status_code == 200
    return [result["outcome"] for result in response.json()["results"]]


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


def test_the_listing_goes_on_where_its_cursor_says(tmp_path: Path) -> None:
    articles = [
        make_article(f"Text {n}.", id=f"a{n}", source="Odd" if n % 2 else "Even") for n in range(5)
    ]
    with serving(tmp_path, articles=articles) as served:

        def page(**query: str | int) -> Any:
            return served.client.get("/v1/articles", params=query).json()

        first = page(limit=2)
        second = page(limit=2, cursor=first["next"])
        last = page(limit=2, cursor=second["next"])
        odd = page(source="Odd", limit=2)
        assert page(source="Nobody") == {"articles": [], "next": None}
        assert page(limit=101)["status"] == page(limit=0)["status"] == page(lmit=5)["status"] == 422
    ids = [article["id"] for listed in (first, second, last) for article in listed["articles"]]
    assert ids == ["a0", "a1", "a2", "a3", "a4"]
    assert last["next"] is None
    assert [article["id"] for article in odd["articles"]] == ["a1", "a3"]
    assert odd["next"] is None
    assert "text" not in first["articles"][0]


def test_sources_are_told_with_their_counts(tmp_path: Path) -> None:
    sources = ["Big", "Big", None]
    articles = [make_article(f"Text {n}.", id=f"a{n}", source=s) for n, s in enumerate(sources)]
    with serving(tmp_path, articles=articles) as served:
        told = served.client.get("/v1/sources").json()
    assert told == {"sources": [{"source": "Big", "articles": 2}, {"source": None, "articles": 1}]}


def test_every_version_can_be_read_and_the_history_orders_them(served: Served) -> None:
    texts = ["Taxes will not rise.", "Taxes will rise.", "Taxes will not rise."]
    for text in texts:
        assert outcomes(served.client, ONE | {"text": text}) != ["unchanged"]
    history = served.client.get("/v1/articles/taxes/versions").json()
    versions = [step["version"] for step in history["versions"]]
    read = [served.client.get("/v1/articles/taxes", params={"version": v}) for v in versions]
    numbers = [step["revision"] for step in history["versions"]]
    assert history["id"] == "taxes"
    assert [article.json()["text"] for article in read] == texts
    assert versions[0] == versions[2] != versions[1]
    assert numbers == sorted(set(numbers))
    assert [step["withdrawn"] for step in history["versions"]] == [False] * 3


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/articles/nobody", 404),
        ("/v1/articles/nobody/versions", 404),
        (f"/v1/articles/taxes?version={'0' * 64}", 404),
        ("/v1/articles/taxes?version=latest", 422),
        ("/v1/articles/taxes?versoin=1", 422),
        ("/v1/articles/no%20such%20id", 422),
        (f"/v1/articles/{'x' * 201}", 422),
    ],
)
def test_what_is_not_stored_says_so(path: str, status: int, served: Served) -> None:
    served.client.post("/v1/articles", json=ONE)
    response = served.client.get(path)
    assert response.status_code == response.json()["status"] == status


def test_what_is_not_stored_cannot_be_withdrawn(served: Served) -> None:
    assert served.client.delete("/v1/articles/nobody").status_code == 404


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
