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

PAGE = Path(__file__).parent.parent / "qa_service" / "page"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
CUT_BYTES = 13  # events are sent in pieces of this size: inside words, characters and line ends
HOSTILE = "<img src=x onerror=\"window.ran='img'\"><script>window.ran='script'</script>"

# Three astral characters, combining marks, a flag and a right-to-left word stand before the quote.
QUOTE = "Some 280,000 people 🪖 have joined the army since 1 January, Medvedev said."
BEFORE = "𝔖akhalin 🏝️ — Re\u0301sume\u0301 of the day 🇷🇺\nשלום from the island.\n"
TEXT = f"{BEFORE}On Sunday he spoke to officers. {QUOTE} He named no source.\n" + (
    "The region has a hundred and forty villages, most of them on the coast.\n" * 40
)


def article(article_id: str, text: str, **changed: Any) -> dict[str, Any]:
    """An article as `GET /v1/articles/{id}` tells it."""
    return {
        "id": article_id,
        "version": f"{article_id}-v1",
        "title": "Medvedev counts recruits on Sakhalin",
        "source": "The Daily Example",
        "author": None,
        "url": "https://news.example/medvedev",
        "published": "2023-09-04",
        "language": "en",
        "published_known_by": "given",
        "updated": None,
        "notice": None,
        **changed,
        "text": text,
    }


def revision(number: int, version: str | None, **changed: Any) -> dict[str, Any]:
    """A step of a history as `GET /v1/articles/{id}/versions` tells it."""
    told = {"revision": number, "version": version, "arrived": f"2023-09-0{number}T09:00:00+00:00"}
    nothing = {"withdrawn": version is None, "status": "usable", "changes": None}
    return {**told, **nothing, **changed}


REVISED = "Rain fell. Forty people died in the flood."
CHANGES: dict[str, Any] = {
    "added": [{"start": 11, "end": 42, "quote": "Forty people died in the flood."}],
    "removed": [{"start": 0, "end": 32, "quote": "Eleven people died in the flood."}],
    "facts": ["title", "notice"],
}
HISTORIES = {
    "a3": [revision(4, "a3-v1"), revision(6, "a3-v2", changes=CHANGES)],
    "gone": [revision(4, "gone-v1"), revision(6, None, status="canceled")],
}
ARTICLES = {
    "a1": article("a1", TEXT),
    "a2": article(
        "a2",
        f"{HOSTILE} is all it says, more or less. It ends here.",
        title=f"Breaking {HOSTILE}",
        source="<b>The Lantern</b>",
        url="javascript:window.ran='url'",
    ),
    "a3": article(
        "a3",
        "Eleven people died in the flood. Rain fell.",
        title="Flood",
        published_known_by="guess",
        updated="2023-09-05",
    ),
}


def place(article_id: str, words: str) -> dict[str, Any]:
    """Words of an article, where they stand in code points, and the article without its text."""
    full = ARTICLES[article_id]
    start = full["text"].index(words)
    head = {name: value for name, value in full.items() if name != "text"}
    return {"start": start, "end": start + len(words), "article": head}


def citation(number: int, article_id: str, words: str, **changed: Any) -> dict[str, Any]:
    """A citation as an answer tells it."""
    nothing: dict[str, Any] = {
        "context": [],
        "speaker": None,
        "page": None,
        "notice": None,
        "also_in": [],
    }
    told = {"number": number, "quote": words, "standing": "verified", **nothing}
    return {**told, **place(article_id, words), **changed}


def claim(text: str, *numbers: int, verdict: str = "supported", **changed: Any) -> dict[str, Any]:
    """A claim as an answer tells it."""
    said = {"text": text, "start": 0, "end": len(text), "citations": list(numbers)}
    return {**said, "verdict": verdict, "issues": [], **changed}


def hit(article_id: str, words: str) -> dict[str, Any]:
    """A passage as a search tells it."""
    return {"score": 0.5, "text": words, **place(article_id, words)}


def answer(question: str, **changed: Any) -> dict[str, Any]:
    """An answer as it is told; what the page shows is decided by `changed`."""
    cited = [citation(1, "a1", QUOTE, speaker="Dmitry Medvedev")]
    return {
        "id": "ans_1",
        "question": question,
        "question_used": None,
        "as_of": "2023-09-08",
        "filters": {},
        "status": "answered",
        "confidence": 0.93,
        "missing": None,
        "conflicts": [],
        "text": "He said 280,000 had joined [1]. He named no source [2].",
        "claims": [claim("He said 280,000 had joined.", 1), claim("He named no source.", 2)],
        "citations": [*cited, citation(2, "a1", "He named no source.")],
        "related": [],
        "related_withdrawn": 0,
        "model": "qwen2.5-1.5b",
        "usage": {"prompt_tokens": 380, "completion_tokens": 24},
        "timings_ms": {"search": 30, "first_claim": 7200, "total": 7300},
        "created": "2023-09-08T09:00:00+00:00",
        **changed,
    }


def doubtful(question: str) -> dict[str, Any]:
    """An answer with everything that can be shown beside one."""
    changed = {"standing": "changed", "now": {"start": 0, "end": 9, "quote": "Some 290,000."}}
    also = [ARTICLES["a2"] | {"source": "The Courier", "text": None}]
    rich = {"page": 3, "notice": "Corrected on 6 September.", "also_in": also, **changed}
    doubted = {"issues": [{"kind": "number", "detail": "The source says 280,000, not 28,000."}]}
    return answer(
        question,
        id="ans_2",
        question_used="How many recruits did Medvedev count in 2023?",
        missing="how many of them were volunteers",
        conflicts=["280,000 (The Daily Example, 4 September 2023)", "270,000 (The Courier)"],
        claims=[
            claim("He said 280,000 had joined.", 1),
            claim("28,000 had joined.", verdict="unsupported", **doubted),
            claim("", verdict="withdrawn") | {"text": None},
        ],
        citations=[
            citation(1, "a1", QUOTE, context=[{"quote": "On Sunday he spoke.", **SPAN}], **rich)
        ],
    )


SPAN = {"start": 0, "end": 19}
NOT_FOUND = {"id": "ans_0", "status": "not_found", "text": "", "claims": [], "citations": []}


def problem(status: int, detail: str) -> dict[str, Any]:
    """A problem document."""
    title = "The language model is not available"
    return {"type": "about:blank", "title": title, "status": status, "detail": detail}


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
