import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from eval.asking import InProcess, OverHttp, SearchOnly
from eval.cases import Case
from eval.opening import archive_digest, every_article, opened_archive
from eval.replies import Quoted
from index.archive import Archive
from qa_service.answers import Filters
from qa_service.settings import Settings
from tests.eval_stand_in import ARTICLE, QUESTION, TEXT, stand_in
from tests.fakes import HashedEmbedder, ScriptedLLM, make_article

CASE = Case("q1", QUESTION, ("14",))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path, HashedEmbedder())
    list(opened.add([ARTICLE]))
    yield opened
    opened.close()


def test_a_case_goes_through_ask_and_comes_back_with_its_quotes_as_stored(
    archive: Archive,
) -> None:
    llm = ScriptedLLM(*["Fourteen ferries were cancelled in Aldermouth. [S1]"] * 3)
    reply = asyncio.run(InProcess(archive, llm).ask(CASE))
    assert [found.article_id for found in reply.found] == ["a1"]
    assert reply.model == "scripted"
    assert all(quote.quote == quote.stored for quote in reply.quotes)


def test_search_alone_asks_no_model(archive: Archive) -> None:
    reply = asyncio.run(SearchOnly(archive).ask(CASE))
    assert [(found.article_id, found.url) for found in reply.found] == [
        ("a1", "https://x.example/ferries")
    ]
    hidden = Case("q2", CASE.question, filters=Filters(exclude_articles=("a1",)))
    assert asyncio.run(SearchOnly(archive).ask(hidden)).found == ()


def test_the_archives_digest_changes_with_its_articles(archive: Archive) -> None:
    before = archive_digest(archive)
    list(archive.add([make_article("Another.", id="a2")]))
    assert archive_digest(archive) != before
    assert [article.id for article in every_article(archive)] == ["a1", "a2"]


def test_an_empty_archive_is_refused_with_what_to_do(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with (
        pytest.raises(ValueError, match="holds no articles"),
        opened_archive(settings, embedder=HashedEmbedder()),
    ):
        pass


def test_a_running_service_is_asked_over_its_event_stream() -> None:
    case = Case(
        "q1", CASE.question, as_of=date(2024, 2, 6), filters=Filters(sources=("Harbour Post",))
    )
    with stand_in() as service:
        reply = asyncio.run(OverHttp(service.url).ask(case))
    assert service.asked == [
        {
            "question": CASE.question,
            "stream": True,
            "as_of": "2024-02-06",
            "sources": ["Harbour Post"],
        }
    ]
    assert reply.quotes == (
        Quoted(
            1,
            TEXT[:56],
            "a1",
            ARTICLE.version,
            0,
            56,
            stored=TEXT[:56],
            title="A headline",
            url="https://x.example/ferries",
            published="2023-09-04",
        ),
    )
    assert [found.text for found in reply.found] == [TEXT[:56]]
    assert (reply.prompt_tokens, reply.first_claim_ms, reply.confidence) == (380, 7200, 0.9)
    assert [claim.moved for claim in reply.claims] == [True]


def test_a_service_that_wants_a_key_gets_it_from_the_environment_or_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with stand_in() as service:
        service.key = "a-key-of-the-test"
        with pytest.raises(OSError, match=r"answered 401: A key is needed; .*QA_API_KEY"):
            OverHttp(service.url).archive()
        monkeypatch.setenv("QA_API_KEY", service.key)
        assert len(OverHttp(service.url).archive()) == 12
