"""Whether the service lives, whether it can answer, and what it has counted."""

import logging
import sqlite3
from functools import partial

from fastapi import APIRouter, Response
from pydantic import BaseModel

from index.archive import Archive
from index.errors import ArchiveError
from index.fetch import Counts
from qa_service.metrics import MEDIA_TYPE
from qa_service.parts import Parts, Queued, Readiness

log = logging.getLogger(__name__)


class Alive(BaseModel):
    """The process answers."""

    status: str = "alive"


class PartState(BaseModel):
    """Whether one part is ready, and if not, why."""

    ready: bool
    reason: str | None = None


class Ready(BaseModel):
    """Whether questions can be answered now."""

    ready: bool
    archive: PartState
    model: PartState
    articles: int | None
    passages: int | None


READY = {
    "ready": True,
    "archive": {"ready": True, "reason": None},
    "model": {"ready": True, "reason": None},
    "articles": 3733,
    "passages": 21080,
}


def health_routes(parts: Parts) -> APIRouter:
    """The calls for those who run the service; none of them needs a key."""
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", responses={200: {"description": "The process answers"}})
    async def healthz() -> Alive:
        """Tell that the process lives, whatever its parts do."""
        return Alive()

    @routes.get(
        "/readyz",
        responses={
            200: {"content": {"application/json": {"example": READY}}},
            503: {"model": Ready, "description": "Not ready; each part tells why"},
        },
    )
    async def readyz(response: Response) -> Ready:
        """Tell whether index and model are ready; 503 and the reasons when they are not."""
        state = await parts.read(partial(_ready, parts))
        response.status_code = 200 if state.ready else 503
        return state

    @routes.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    )
    async def metrics() -> Response:
        """Tell what was counted, as Prometheus reads it."""
        body = await parts.read(partial(_metrics, parts))
        return Response(body, media_type=MEDIA_TYPE)

    return routes


def _ready(parts: Parts) -> Ready:
    counts, archive = _archive_state(parts.archive)
    reason = parts.llm.not_ready() if isinstance(parts.llm, Readiness) else None
    return Ready(
        ready=archive.ready and reason is None,
        archive=archive,
        model=PartState(ready=reason is None, reason=reason),
        articles=counts.articles if counts else None,
        passages=counts.passages if counts else None,
    )


def _archive_state(archive: Archive) -> tuple[Counts | None, PartState]:
    try:
        return archive.counts(), PartState(ready=True)
    except (ArchiveError, sqlite3.Error, OSError) as error:
        log.exception("the archive cannot be read")
        return None, PartState(ready=False, reason=f"The archive cannot be read: {error}")


def _metrics(parts: Parts) -> bytes:
    depth = parts.llm.queue_depth if isinstance(parts.llm, Queued) else 0
    return parts.metrics.tell(parts.archive.counts(), queue_depth=depth)
