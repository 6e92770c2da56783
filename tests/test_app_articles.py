"""Articles over HTTP: listing, reading, history."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import make_article
from tests.posting import ONE, outcomes
from tests.served import Served, serving


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path) as opened:
        yield opened


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
