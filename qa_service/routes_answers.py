"""Questions, answers, search and the standing of citations over HTTP."""

import asyncio
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from index.documents import Span
from qa_service import told, wire_answers
from qa_service.answering import answering
from qa_service.asked import ANSWER_ID, AskRequest, SearchRequest, VerifyRequest
from qa_service.events import HEARTBEAT_SECONDS, EventStream, Running
from qa_service.gate import LEFT
from qa_service.openapi import (
    ANSWER,
    ARTICLE,
    EVENT,
    EVENTS,
    HIT,
    QUOTE,
    Responses,
    example,
    problems,
)
from qa_service.parts import Parts
from qa_service.recall import recall
from qa_service.standing import standing

AnswerId = Annotated[str, Path(pattern=ANSWER_ID, examples=[ANSWER["id"]])]

ASK_EXAMPLES: Responses = {
    200: {
        "content": {
            "application/json": {"example": ANSWER},
            "text/event-stream": {"itemSchema": EVENT, "example": EVENTS},
        }
    }
}
STANDING = {
    "standing": "verified",
    "start": 0,
    "end": len(QUOTE),
    "quote": QUOTE,
    "current_version": ARTICLE["version"],
    "now": None,
    "notice": None,
}


def answer_routes(parts: Parts, *, heartbeat: float = HEARTBEAT_SECONDS) -> APIRouter:
    """The calls that read articles to answer something."""
    routes = APIRouter(prefix="/v1", tags=["answers"])

    @routes.post(
        "/ask",
        response_model=told.Answer,
        responses={**ASK_EXAMPLES, **problems(400, 413, 422, 502, 503)},
    )
    async def ask(asked: AskRequest, request: Request) -> Response:
        """Answer a question with verified claims and quotes.

        With `"stream": true` or `Accept: text/event-stream` the reply is a stream of the events
        `passages`, `claim` (one each), and `answer`, which is what the call answers otherwise;
        or `error`, a problem.
        """
        running = Running(answering(parts, asked))
        if asked.stream or "text/event-stream" in request.headers.get("accept", ""):
            return await _stream(running, heartbeat=heartbeat)
        return await _whole(running, request)

    @routes.get("/answers/{answer_id}", responses={**example(ANSWER), **problems(404, 422)})
    async def get_answer(answer_id: AnswerId) -> told.Answer:
        """Give a stored answer again, with the standing of its citations today."""
        return await parts.read(lambda: recall(parts.answers.load(answer_id), parts.archive))

    @routes.post(
        "/search",
        responses={
            **example({"hits": [HIT], "undated_left_out": 0}),
            **problems(400, 413, 422),
        },
    )
    async def search(asked: SearchRequest) -> told.SearchResult:
        """Find passages, best first. Needs no language model."""
        return await parts.read(partial(_search, parts, asked))

    @routes.post("/citations/verify", responses={**example(STANDING), **problems(400, 413, 422)})
    async def verify_citation(cited: VerifyRequest) -> told.StandingTold:
        """Tell whether words stood at a place of an article, and where they stand today."""
        place = (cited.article_id, cited.version, Span(cited.start, cited.end))
        found = await parts.read(lambda: standing(parts.archive, *place, cited.quote))
        return wire_answers.standing_told(found)

    return routes


async def _stream(running: Running, *, heartbeat: float) -> Response:
    try:
        first = await running.next()  # what fails here still gets a status of its own
    except BaseException:
        await running.stop()
        raise
    return EventStream(first, running, heartbeat=heartbeat)


async def _whole(running: Running, request: Request) -> Response:
    """Wait for the answer, or for the reader to leave, who then gets nothing."""
    answer = asyncio.ensure_future(running.answer())
    left = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({answer, left}, return_when=asyncio.FIRST_COMPLETED)
        if not answer.done():
            return Response(status_code=LEFT)
        return Response(answer.result().model_dump_json(), media_type="application/json")
    finally:
        answer.cancel()
        left.cancel()
        await running.stop()


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _search(parts: Parts, asked: SearchRequest) -> told.SearchResult:
    query = asked.to_query()
    dated = query.since is not None or query.until is not None
    undated = parts.archive.count_undated(query) if dated else 0
    return wire_answers.search_result(parts.archive.search(query), undated)
