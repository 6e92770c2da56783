"""One story through its life, over HTTP: posted, asked about, corrected, killed, told anew.

At each step every call that shows it has to say the right thing.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.documents import Article, Span
from tests.served import Served, serving
from tests.story import (
    CORRECTED,
    CORRECTED_TOLL,
    HELP,
    NOTE,
    QUESTION,
    STORY,
    TOLL,
    FirstSentences,
    again,
    ask,
    post,
    verified,
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serving(tmp_path, llm=FirstSentences()) as opened:
        yield opened


def test_a_corrected_story_is_followed_into_the_citations_given_before(served: Served) -> None:
    client = served.client
    first = post(client, STORY)
    answer = ask(client)
    second = post(client, CORRECTED)
    assert (second["outcome"], second["id"]) == ("updated", "flood")

    today = again(client, answer)
    toll, helped = today["citations"]
    text = client.get("/v1/articles/flood").json()["text"]
    assert (toll["standing"], toll["quote"]) == ("changed", TOLL)
    assert toll["now"]["quote"] == CORRECTED_TOLL == text[toll["now"]["start"] : toll["now"]["end"]]
    assert (helped["standing"], helped["quote"]) == ("moved", HELP)
    assert helped["now"]["quote"] == HELP == text[helped["now"]["start"] : helped["now"]["end"]]
    assert {toll["notice"], helped["notice"]} == {NOTE}
    assert toll["article"]["version"] == first["version"]
    assert today["text"] == answer["text"]  # what was said is shown, with what became of it

    assert verified(client, toll) == {
        "standing": "changed",
        "start": None,
        "end": None,
        "quote": None,
        "current_version": second["version"],
        "now": toll["now"],
        "notice": NOTE,
    }
    told = verified(client, helped)
    assert (told["standing"], told["now"]) == ("moved", helped["now"])
    assert (told["start"], told["end"]) == (helped["now"]["start"], helped["now"]["end"])
    # Somebody who puts the new words into the old place is told that they never stood there.
    assert verified(client, toll, quote=CORRECTED_TOLL)["standing"] == "mismatch"

    old = client.get(f"/v1/articles/flood?version={first['version']}").json()
    assert (old["text"], old["notice"], old["updated"]) == (STORY["text"], None, None)
    new = client.get("/v1/articles/flood").json()
    assert (new["notice"], new["updated"]) == (NOTE, "2023-09-05T09:00:00+02:00")
    hits = client.post("/v1/search", json={"query": "Eleven people died"}).json()["hits"]
    assert [hit["article"]["version"] for hit in hits] == [second["version"]]


def test_a_question_as_of_an_earlier_hour_is_told_what_has_changed_since(served: Served) -> None:
    client = served.client
    post(client, STORY)
    before = client.get("/v1/articles/flood/versions").json()["versions"][0]["arrived"]
    post(client, CORRECTED)
    question = QUESTION | {"as_of": before, "stream": True}
    stream = client.post("/v1/ask", json=question).text
    told = [json.loads(line[6:]) for line in stream.split("\n") if line.startswith("data: ")]
    answer = told[-1]
    assert [(c["quote"], c["standing"]) for c in answer["citations"]] == [
        (TOLL, "changed"),
        (HELP, "moved"),
    ]
    assert [c for event in told[1:-1] for c in event["citations"]] == answer["citations"]
    assert again(client, answer) == answer


def test_the_versions_of_a_story_tell_what_each_changed(served: Served) -> None:
    client = served.client
    post(client, STORY)
    post(client, CORRECTED)
    one, two = client.get("/v1/articles/flood/versions").json()["versions"]
    assert (one["changes"], one["status"]) == (None, "usable")
    changes = two["changes"]
    assert [place["quote"] for place in changes["added"]] == [NOTE, CORRECTED_TOLL]
    assert [place["quote"] for place in changes["removed"]] == [TOLL]
    assert changes["facts"] == ["updated", "notice"]
    for place in changes["added"]:
        assert CORRECTED["text"][place["start"] : place["end"]] == place["quote"]
    for place in changes["removed"]:
        assert STORY["text"][place["start"] : place["end"]] == place["quote"]


@pytest.mark.parametrize("kill", [{"status": "canceled"}, {"status": "withheld", "text": TOLL}])
def test_a_killed_story_is_gone_from_every_surface(served: Served, kill: dict[str, str]) -> None:
    client = served.client
    first = post(client, STORY)
    answer = ask(client)
    post(client, CORRECTED)
    killed = post(client, {"id": "flood", **kill})
    assert (killed["outcome"], killed["version"]) == ("withdrawn", None)
    assert killed["reason"] == f"its publisher says: {kill['status']}"

    gone = client.get("/v1/articles/flood")
    old = client.get(f"/v1/articles/flood?version={first['version']}")
    history = client.get("/v1/articles/flood/versions")
    today = client.get(f"/v1/answers/{answer['id']}")
    found = client.post("/v1/search", json={"query": QUESTION["question"]})
    listed = client.get("/v1/articles")
    checked = [verified(client, citation) for citation in answer["citations"]]
    assert (gone.status_code, old.status_code) == (410, 410)
    assert [r["status"] for r in history.json()["versions"]] == ["usable", "usable", kill["status"]]
    assert [r["changes"] for r in history.json()["versions"]] == [None, None, None]
    assert today.json()["status"] == "not_found"
    assert {c["standing"] for c in today.json()["citations"]} == {"withdrawn"}
    assert {told["standing"] for told in checked} == {"withdrawn"}
    assert {(told["now"], told["notice"], told["quote"]) for told in checked} == {(None,) * 3}
    assert (found.json()["hits"], listed.json()["articles"]) == ([], [])
    said = "".join(r.text for r in (gone, old, history, today, found, listed)) + str(checked)
    for words in ("governor", "Helpers", "lower toll", STORY["title"]):
        assert words not in said

    assert post(client, STORY)["outcome"] == "withdrawn"  # its archive, read once more
    assert client.get("/v1/articles/flood").status_code == 410


def test_a_story_told_anew_after_its_kill_brings_nothing_of_the_old_one_back(
    served: Served,
) -> None:
    client = served.client
    post(client, STORY)
    answer = ask(client)
    post(client, {"id": "flood", "status": "canceled"})
    assert post(client, CORRECTED)["outcome"] == "updated"
    today = again(client, answer)
    assert {(c["standing"], c["quote"], c["now"]) for c in today["citations"]} == {
        ("withdrawn", None, None)
    }
    revisions = client.get("/v1/articles/flood/versions").json()["versions"]
    assert [revision["changes"] for revision in revisions] == [None, None, None]
    assert TOLL not in str(revisions)
    assert client.get("/v1/articles/flood").json()["text"] == CORRECTED["text"]


def test_a_kill_notice_for_an_unknown_story_is_rejected_with_the_reason(served: Served) -> None:
    told = post(served.client, {"id": "nobody", "status": "canceled"})
    assert told == {
        "index": 0,
        "outcome": "rejected",
        "id": "nobody",
        "version": None,
        "reason": "it says that 'nobody' is canceled: no such article is stored here",
    }
    assert served.client.get("/v1/articles/nobody").status_code == 404


def test_a_status_or_an_embargo_that_is_not_understood_publishes_nothing(served: Served) -> None:
    for odd in ({"status": "killed"}, {"usable_from": "tomorrow at noon"}):
        assert post(served.client, STORY | odd)["outcome"] == "rejected"
    assert served.client.get("/v1/articles").json()["articles"] == []


def test_an_embargoed_story_is_not_there_for_a_reader(served: Served) -> None:
    client = served.client
    embargoed = post(client, STORY | {"usable_from": "2999-01-01T00:00:00Z"})
    assert embargoed["outcome"] == "created"  # told to who sent it, and to nobody else
    unknown = client.get("/v1/articles/nobody").json()["detail"]
    replies = [
        client.get(path).json()
        for path in (
            "/v1/articles/flood",
            f"/v1/articles/flood?version={embargoed['version']}",
            "/v1/articles/flood/versions",
        )
    ]
    assert {reply["detail"] for reply in replies} == {unknown.replace("nobody", "flood")}
    place = {"article_id": "flood", "version": embargoed["version"], "start": 0, "end": 6}
    assert client.post("/v1/citations/verify", json=place).json()["standing"] == "mismatch"
    assert client.get("/v1/sources").json() == {"sources": []}
    assert client.post("/v1/search", json={"query": "flood"}).json()["hits"] == []
    assert client.post("/v1/ask", json=QUESTION).json()["status"] == "not_found"
    assert "articles 0" in client.get("/metrics").text.replace("qa_", "").replace(".0", "")


def test_a_guessed_date_is_told_as_one(served: Served) -> None:
    guessed = {"published_known_by": "guess"}
    article = Article(version="v" * 64, title="", text=TOLL, id="g", language="en", **guessed)  # type: ignore[arg-type]
    list(served.archive.add([article]))
    told = served.client.get("/v1/articles").json()["articles"][0]
    assert told["published_known_by"] == "guess"


def test_a_citation_of_a_paged_article_names_the_page(served: Served) -> None:
    text = f"Rain fell for days.\n{TOLL} {HELP}"
    paged = Article("flood", "p" * 64, "Flood", text, language="en", page_starts=(0, 20))
    list(served.archive.add([paged]))
    answer = ask(served.client)
    assert [citation["page"] for citation in answer["citations"]] == [2, 2]
    assert [citation["page"] for citation in again(served.client, answer)["citations"]] == [2, 2]
    assert paged.page(Span(0, 4)) == 1


def test_what_the_publisher_calls_a_version_is_told_with_it(served: Served) -> None:
    client = served.client
    first = post(client, STORY | {"edition": 1})
    post(client, CORRECTED | {"edition": "2b"})
    assert client.get("/v1/articles/flood").json()["edition"] == "2b"
    old = client.get(f"/v1/articles/flood?version={first['version']}").json()
    assert old["edition"] == "1"
    versions = client.get("/v1/articles/flood/versions").json()["versions"]
    assert [version["edition"] for version in versions] == ["1", "2b"]
    assert "edition" in versions[1]["changes"]["facts"]


def test_a_date_that_was_guessed_elsewhere_stays_a_guess(served: Served) -> None:
    client = served.client
    post(client, STORY | {"published_known_by": "guess"})
    assert client.get("/v1/articles/flood").json()["published_known_by"] == "guess"
    refused = post(client, STORY | {"published_known_by": "rumour"})
    assert (refused["outcome"], "'published_known_by'" in refused["reason"]) == ("rejected", True)
    post(client, {"id": "undated", "text": "One.", "published_known_by": "url"})
    assert client.get("/v1/articles/undated").json()["published_known_by"] is None
