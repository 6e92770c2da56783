"""An article to post, and what becomes of those that are posted."""

from starlette.testclient import TestClient

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


def outcomes(client: TestClient, body: object) -> list[str]:
    response = client.post("/v1/articles", json=body)
    assert response.status_code == 200
    return [result["outcome"] for result in response.json()["results"]]
