"""The HTTP service, put together from parts that are passed in. Makes and closes none of them."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from index.archive import Archive
from qa_service.access import Access
from qa_service.events import HEARTBEAT_SECONDS
from qa_service.gate import Gate
from qa_service.judging import Verifier
from qa_service.llm import LLM
from qa_service.openapi import write_openapi
from qa_service.parts import Parts
from qa_service.problems import handle_problems
from qa_service.remember import AnswerStore
from qa_service.routes_answers import answer_routes
from qa_service.routes_articles import article_routes
from qa_service.routes_health import health_routes
from qa_service.routes_pages import add_pages
from qa_service.settings import Settings

DAY = 24 * 60 * 60
DESCRIPTION = (
    "Answers questions about the news: every sentence of an answer points at the exact words of a "
    "stored article. Dates are ISO 8601, offsets are Unicode code points, errors are problem "
    "details (RFC 9457)."
)

log = logging.getLogger(__name__)


def create_app(
    *,
    archive: Archive,
    llm: LLM,
    answers: AnswerStore,
    settings: Settings,
    verifier: Verifier | None = None,
    heartbeat: float = HEARTBEAT_SECONDS,
) -> FastAPI:
    """Return the service as an ASGI application; whoever passes the parts in closes them."""
    parts = Parts(archive, llm, answers, settings, verifier)
    app = FastAPI(
        title="News question answering",
        version="1",
        description=DESCRIPTION,
        lifespan=lambda app: _purging(answers),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.include_router(answer_routes(parts, heartbeat=heartbeat))
    app.include_router(article_routes(parts))
    app.include_router(health_routes(parts))
    add_pages(app)
    handle_problems(app)
    write_openapi(app)
    app.add_middleware(
        Gate, access=Access(settings.api_keys, settings.host), count=parts.metrics.count_request
    )
    return app


@asynccontextmanager
async def _purging(answers: AnswerStore) -> AsyncIterator[None]:
    """Delete old answers once a day while the service runs; `AnswerStore.open` did so at start."""
    task = asyncio.create_task(_purge_daily(answers))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def _purge_daily(answers: AnswerStore) -> None:
    while True:
        await asyncio.sleep(DAY)
        try:
            log.info("%d old answers deleted", await asyncio.to_thread(answers.purge))
        except Exception:
            log.exception("old answers could not be deleted; the next try is tomorrow")
