"""A stand-in for the service: the chat page as it is, and canned replies in the JSON of the API.

Knows no model and no index. What is asked decides what is replied; see `StandIn.events`.
"""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse, JSONResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles

from tests.page_replies import (
    ARTICLES,
    CHANGES,
    HISTORIES,
    HOSTILE,
    NOT_FOUND,
    QUOTE,
    REVISED,
    answer,
    citation,
    claim,
    doubtful,
    hit,
    problem,
    revision,
)

PAGE = Path(__file__).parent.parent / "qa_service" / "page"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CUT_BYTES = 13  # events are sent in pieces of this size: inside words, characters and line ends


class StandIn:
    """What was asked, and the switches that a test may turn."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.may_answer = threading.Event()
        self.key: str | None = None
        self.reset()

    def reset(self) -> None:
        """Forget what was asked and answer at once."""
        self.asked.clear()
        self.may_answer.set()
        self.key = None

    def answer(self, question: str) -> dict[str, Any]:
        """The answer that the words of the question call for."""
        if "mayor" in question:
            related = [hit("a1", "On Sunday he spoke to officers."), hit("a1", QUOTE)]
            return answer(question, **NOT_FOUND, related=related)
        if "hostile" in question:
            cited = [citation(1, "a2", ARTICLES["a2"]["text"][: len(HOSTILE)])]
            return answer(question, claims=[claim(HOSTILE, 1)], citations=cited)
        if "word for word" in question:
            doubted = claim("28,000 had joined.", verdict="unsupported")
            own = claim(QUOTE, 1, verbatim=True)
            return answer(question, claims=[doubted, own], citations=[citation(1, "a1", QUOTE)])
        return doubtful(question) if "doubt" in question else answer(question)

    async def events(self, question: str) -> AsyncIterator[bytes]:
        """The events of an answer, some of it held back until `may_answer` is set."""
        told = self.answer(question)
        found = "a2" if "hostile" in question else "a1"
        first = {"hits": [hit(found, ARTICLES[found]["text"][:90])]}
        for piece in pieces(event("passages", first)):
            yield piece
        while not self.may_answer.is_set():
            await asyncio.sleep(0.02)
        if "late" in question:
            yield event(
                "error",
                problem(503, "The model stopped. Ask again.")
                | {"retry_after": 4, "instance": "urn:uuid:1"},
            )
            return
        for made in told["claims"]:
            new = [c for c in told["citations"] if c["number"] in made["citations"]]
            for piece in pieces(event("claim", {"claim": made, "citations": new})):
                yield piece
        for piece in pieces(event("answer", told)):
            yield piece


def event(name: str, data: Any) -> bytes:
    """A heartbeat and a server-sent event, with the line ends of some proxies."""
    told = json.dumps(data, ensure_ascii=False)
    return f": beat\r\n\r\nevent: {name}\r\ndata: {told}\r\n\r\n".encode()


def pieces(sent: bytes) -> Iterator[bytes]:
    """Cut what is sent where no reader would like it."""
    return (sent[i : i + CUT_BYTES] for i in range(0, len(sent), CUT_BYTES))


def app_of(stand_in: StandIn) -> FastAPI:
    """The page under its Content-Security-Policy, and the calls that it makes."""
    app = FastAPI()

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        given = request.headers.get("authorization")
        if (
            request.url.path.startswith("/v1")
            and stand_in.key
            and given != f"Bearer {stand_in.key}"
        ):
            return JSONResponse(problem(401, "Send a key."), 401)
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = CSP
        return response

    @app.post("/v1/ask")
    async def ask(request: Request) -> Response:
        body = await request.json()
        stand_in.asked.append(body)
        if "overloaded" in body["question"]:
            busy = problem(503, "The model is busy. Try again in 7 seconds.")
            return JSONResponse(busy, 503, {"Retry-After": "7"}, "application/problem+json")
        return StreamingResponse(stand_in.events(body["question"]), media_type="text/event-stream")

    @app.get("/v1/answers/{answer_id}")
    def stored(answer_id: str) -> Response:
        if answer_id != "ans_2":
            return JSONResponse(problem(404, "No such answer is stored."), 404)
        return JSONResponse(doubtful("A question with doubt"))

    @app.get("/v1/articles/{article_id}")
    def one(article_id: str, version: str | None = None) -> Response:
        if article_id not in ARTICLES:
            return JSONResponse(problem(410, "The article was withdrawn by its publisher."), 410)
        told = ARTICLES[article_id]
        if article_id == "a3" and version != "a3-v1":
            told = told | {"version": "a3-v2", "text": REVISED, "notice": "Corrects the toll."}
        return JSONResponse(told)

    @app.get("/v1/articles/{article_id}/versions")
    def versions(article_id: str) -> Any:
        only = [revision(4, f"{article_id}-v1")]
        return {"id": article_id, "versions": HISTORIES.get(article_id, only)}

    @app.get("/v1/sources")
    def sources() -> Any:
        counts = [("The Daily Example", 31), ("The Courier", 12), (None, 2)]
        return {"sources": [{"source": name, "articles": count} for name, count in counts]}

    @app.post("/v1/citations/verify")
    async def verify(request: Request) -> Any:
        asked = await request.json()
        if asked["version"] != "a3-v1":
            return {"standing": "verified", "now": None, "notice": None}
        words = "Rain fell." if asked["quote"] == "Rain fell." else CHANGES["added"][0]["quote"]
        start = REVISED.index(words)
        now = {"start": start, "end": start + len(words), "quote": words}
        kind = "moved" if words == asked["quote"] else "changed"
        return {"standing": kind, "now": now, "notice": "Corrects the toll."}

    @app.get("/")
    def index() -> Response:
        return FileResponse(PAGE / "index.html")

    app.mount("/page", StaticFiles(directory=PAGE))
    return app


@contextmanager
def serving(stand_in: StandIn) -> Iterator[str]:
    """Serve on a free loopback port; gives the address."""
    config = uvicorn.Config(app_of(stand_in), port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            threading.Event().wait(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        stand_in.may_answer.set()
        server.should_exit = True
        thread.join()
