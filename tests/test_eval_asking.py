import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from eval.asking import InProcess, OverHttp, SearchOnly
from eval.cases import Case
from eval.opening import archive_digest, every_article, opened_archive
from eval.replies import Quoted
from index.archive import Archive
from index.documents import Passage, Span
from index.queries import Hit
from qa_service import wire
from qa_service.answers import Answer, Citation, Claim, Filters, Status, Timings, Usage, Verdict
from qa_service.settings import Settings
from tests.fakes import HashedEmbedder, ScriptedLLM, make_article

TEXT = "Fourteen ferries were cancelled in Aldermouth on Monday. Nobody was hurt."
ARTICLE = make_article(TEXT, id="a1", url="https://x.example/ferries")
CASE = Case("q1", "How many ferries were cancelled in Aldermouth?", ("14",))


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


ANSWER = Answer(
    id="ans_1",
    question=CASE.question,
    status=Status.ANSWERED,
    text="14 [1].",
    claims=(Claim("14", (1,), Verdict.SUPPORTED, (), 0, 2),),
    citations=(Citation(1, ARTICLE, Span(0, 56)),),
    related=(),
    model="m",
    usage=Usage(380, 24),
    timings=Timings(30, 7200, 7300),
    created=datetime(2024, 2, 6, tzinfo=UTC),
    confidence=0.9,
)


class Service(BaseHTTPRequestHandler):
    asked: ClassVar[list[dict[str, object]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(json.loads(body))
        hit = wire.hit(Hit(Passage(ARTICLE, Span(0, 56)), 0.5))
        hits = json.dumps({"hits": [hit.model_dump(mode="json")]})
        answer = wire.answer(ANSWER).model_dump_json()
        self.reply(
            f"event: passages\ndata: {hits}\n\n: still here\n\nevent: answer\ndata: {answer}\n\n"
        )

    def do_GET(self) -> None:
        self.reply(wire.full(ARTICLE).model_dump_json())

    def reply(self, text: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_running_service_is_asked_over_its_event_stream(url: str) -> None:
    case = Case(
        "q1", CASE.question, as_of=date(2024, 2, 6), filters=Filters(sources=("Harbour Post",))
    )
    reply = asyncio.run(OverHttp(url).ask(case))
    assert Service.asked[-1] == {
        "question": CASE.question,
        "stream": True,
        "as_of": "2024-02-06",
        "sources": ["Harbour Post"],
    }
    version = ARTICLE.version
    assert reply.quotes == (
        Quoted(
            1,
            TEXT[:56],
            "a1",
            version,
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
