"""A service as the evaluation sees it over HTTP: one article, one answer, whatever is asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from index.documents import Passage, Span
from index.fetch import SourceCount
from index.queries import Hit
from qa_service import told, wire_answers, wire_articles
from qa_service.answers import Answer, Citation, Claim, Status, Timings, Usage, Verdict
from tests.fakes import make_article

QUESTION = "How many ferries were cancelled in Aldermouth?"
TEXT = "Fourteen ferries were cancelled in Aldermouth on Monday. Nobody was hurt."
ARTICLE = make_article(TEXT, id="a1", url="https://x.example/ferries")
ANSWER = wire_answers.answer(
    Answer(
        id="ans_1",
        question=QUESTION,
        status=Status.ANSWERED,
        text="14 [1].",
        claims=(Claim("14", (1,), Verdict.SUPPORTED, (), 0, 2, moved=True),),
        citations=(Citation(1, ARTICLE, Span(0, 56)),),
        related=(),
        model="m",
        usage=Usage(380, 24),
        timings=Timings(30, 7200, 7300),
        created=datetime(2024, 2, 6, tzinfo=UTC),
        confidence=0.9,
    )
)


class StandIn:
    """Where it listens, what it says or why it does not, which key it wants, what it was asked."""

    def __init__(self) -> None:
        self.url, self.key, self.error = "", "", ""
        self.answer: told.Answer = ANSWER
        self.asked: list[dict[str, object]] = []


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """Serve until the block ends."""
    service = StandIn()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(service)) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()


def _handler(service: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked.append(json.loads(body))
            hit = wire_answers.hit(Hit(Passage(ARTICLE, Span(0, 56)), 0.5))
            hits = json.dumps({"hits": [hit.model_dump(mode="json")]})
            answer = service.answer.model_dump_json()
            passages = f"event: passages\ndata: {hits}\n\n: still here\n\n"
            last = f"error\ndata: {service.error}" if service.error else f"answer\ndata: {answer}"
            self.reply(f"{passages}event: {last}\n\n")

        def do_GET(self) -> None:
            if self.path == "/v1/sources":
                self.reply(wire_articles.sources([SourceCount("The Daily", 1)]).model_dump_json())
            else:
                self.reply(wire_articles.full(ARTICLE).model_dump_json())

        def reply(self, text: str) -> None:
            known = not service.key or self.headers["Authorization"] == f"Bearer {service.key}"
            self.send_response(200 if known else 401)
            self.end_headers()
            self.wfile.write((text if known else '{"detail": "A key is needed."}').encode())

        def log_message(self, *arguments: object) -> None:
            pass

    return Handler
