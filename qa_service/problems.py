"""Errors as a reader gets them: RFC 9457 problem details with a sentence that says what to do."""

import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from index.errors import ArchiveLocked, ArticleWithdrawn, NoSuchArticle, Unreadable
from qa_service.errors import QAError

MEDIA_TYPE = "application/problem+json"
LOCKED_RETRY_AFTER = 5  # seconds; an ingest holds the writer's lock for one batch at a time

log = logging.getLogger(__name__)

# Status, title, and what to do, which the index does not know: it knows no HTTP.
INDEX_ERRORS: Mapping[type[Exception], tuple[int, str, str]] = {
    NoSuchArticle: (404, "Not stored here", "GET /v1/articles lists what is."),
    ArticleWithdrawn: (410, "Withdrawn", "GET /v1/articles/{id}/versions tells when."),
    ArchiveLocked: (503, "Another process is writing", "Try again."),
    Unreadable: (422, "The request cannot be understood", "Correct it and send it again."),
}

HTTP_ERRORS: Mapping[int, tuple[str, str]] = {
    400: (
        "The body cannot be read",
        "Send the body as JSON in UTF-8, not compressed and not nested thousands deep.",
    ),
    404: ("No such page", "Nothing answers at this address; /docs lists every call."),
    405: ("Method not allowed", "This address takes other methods: see the Allow header."),
}


class FieldProblem(BaseModel):
    """One field that was not understood."""

    field: str
    detail: str


class Problem(BaseModel):
    """What went wrong, and what to do about it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "type": "about:blank",
                "title": "The language model is not available",
                "status": 503,
                "detail": "The language model is still starting; try again in 5 seconds.",
                "errors": [],
                "retry_after": 5,
                "instance": None,
            }
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
    retry_after: int | None = None  # seconds; the same as the header, for an event has no headers
    instance: str | None = None  # names the entry in the service's log


class ProblemResponse(Response):
    """A problem as an HTTP response."""

    media_type = MEDIA_TYPE

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        content = problem.model_dump_json().encode()
        super().__init__(content, status_code=problem.status, headers=dict(headers or {}))


def problem_of(error: Exception) -> Problem:
    """Tell any error as a problem; one that nobody foresaw is logged and told without details."""
    if isinstance(error, QAError):
        problem = _problem(error.status, error.title, str(error))
        return problem.model_copy(update={"retry_after": getattr(error, "retry_after", None)})
    for kind, (status, title, advice) in INDEX_ERRORS.items():
        if isinstance(error, kind):
            problem = _problem(status, title, f"{_sentence(str(error))} {advice}")
            wait = LOCKED_RETRY_AFTER if status == 503 else None
            return problem.model_copy(update={"retry_after": wait})
    instance = f"urn:uuid:{uuid.uuid4()}"
    log.error("%s", instance, exc_info=error)
    problem = _problem(
        500,
        "Something broke",
        "This is a fault of the service, not of the request; its log has it under the instance.",
    )
    return problem.model_copy(update={"instance": instance})


def problem_response(error: Exception) -> ProblemResponse:
    """Answer a request with the error, with the headers that tell when to retry or what to send."""
    problem = problem_of(error)
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else {}
    if problem.retry_after is not None:
        headers["Retry-After"] = str(problem.retry_after)
    return ProblemResponse(problem, headers)


def validation_problem(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Name every field that was refused and why, without repeating what was sent."""
    fields = [FieldProblem(field=_field(e), detail=_printable(_reason(e))) for e in errors]
    told = "; ".join(f"{f.field}: {f.detail}" for f in fields[:3])
    problem = _problem(
        422, "The request cannot be understood", f"Correct the request and send it again: {told}."
    )
    return problem.model_copy(update={"errors": fields})


def handle_problems(app: FastAPI) -> None:
    """Make problems of what the framework refuses; `gate.py` does so with every other error."""

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title, detail = HTTP_ERRORS.get(error.status_code, ("Refused", str(error.detail)))
        return ProblemResponse(_problem(error.status_code, title, detail), error.headers)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return ProblemResponse(validation_problem(error.errors()))

    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)


def _problem(status: int, title: str, detail: str) -> Problem:
    return Problem(title=title, status=status, detail=_printable(detail))


def _field(error: Mapping[str, Any]) -> str:
    where = [str(step) for step in error["loc"]]
    if error["type"] == "json_invalid":
        return f"body, character {where[-1]}"
    return _printable(".".join(where[1:] or where))


def _reason(error: Mapping[str, Any]) -> str:
    if error["type"] == "json_invalid":
        return f"this is not JSON ({error['ctx']['error']})"
    if error["type"] == "string_unicode":
        return "a character is half of a surrogate pair, which is no text; send valid Unicode"
    return str(error["msg"]).removeprefix("Value error, ")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _printable(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 answer can carry."""
    return text.encode("utf-8", "replace").decode()
