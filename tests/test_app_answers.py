"""Answers over HTTP: asking, streaming, reading again; searching and checking a citation."""

from pathlib import Path
from typing import Any

from qa_service.settings import Settings
from tests.fakes import ScriptedLLM, make_article
from tests.recruits import QUESTION, RECRUITS, REPLY, WORDS
from tests.responses import events, problem
from tests.served import serving

UNDATED = make_article("Recruits are young, officers said.", id="undated", published=None)


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
