"""The OpenAPI document: which problems a call may answer with, the key, and the examples."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qa_service.problems import MEDIA_TYPE, FieldProblem, Problem

Responses = dict[int | str, dict[str, Any]]

REASONS = {
    400: "The body is not UTF-8 JSON",
    401: "A key is needed, or this one is unknown",
    403: "This caller may not do this",
    404: "No such thing is stored",
    410: "It was here and has been withdrawn",
    413: "The body is too large",
    415: "The body's media type is not taken here",
    422: "The request cannot be understood; `errors` names each field",
    502: "The language model's server sent a bad reply",
    503: "The model or the archive is busy or down; `Retry-After` says when to try again",
}
EVERYWHERE = (401, 403)  # of every call under /v1

ARTICLE: dict[str, Any] = {
    "id": "daily-2023-09-04-recruits",
    "version": "5f3c" * 16,
    "title": "Medvedev names a number",
    "source": "The Daily Example",
    "author": None,
    "url": "https://daily.example/recruits",
    "published": "2023-09-04",
    "language": "en",
    "published_known_by": "given",
    "updated": None,
}
QUOTE = "Some 280,000 people had joined since 1 January, Medvedev said."
HIT = {
    "score": 0.033,
    "similarity": 0.71,
    "text": QUOTE,
    "start": 0,
    "end": len(QUOTE),
    "article": ARTICLE,
}
CLAIM = "Medvedev said that some 280,000 people had joined since 1 January."
MARKED = CLAIM[:-1] + " [1]."
ANSWER: dict[str, Any] = {
    "id": "ans_0123456789abcdef0123456789abcdef",
    "question": "how many recruits did Medvedev cite",
    "question_used": None,
    "as_of": None,
    "filters": {},
    "status": "answered",
    "confidence": None,
    "missing": None,
    "conflicts": [],
    "text": MARKED,
    "claims": [
        {
            "text": CLAIM,
            "start": 0,
            "end": len(MARKED),
            "citations": [1],
            "verdict": "supported",
            "issues": [],
            "moved": False,
            "verbatim": False,
        }
    ],
    "citations": [
        {
            "number": 1,
            "quote": QUOTE,
            "start": 0,
            "end": len(QUOTE),
            "context": [],
            "by_headline": False,
            "standing": "verified",
            "now": None,
            "speaker": None,
            "page": None,
            "notice": None,
            "also_in": [],
            "article": ARTICLE,
        }
    ],
    "related": [],
    "related_withdrawn": 0,
    "model": "embedded",
    "usage": {"prompt_tokens": 380, "completion_tokens": 24},
    "timings_ms": {"search": 30, "first_claim": 7200, "total": 7300},
    "created": "2023-09-05T08:30:00+00:00",
}
EVENTS = 'event: passages\ndata: {"hits": []}\n\n: still working\n\nevent: answer\ndata: {…}\n\n'
EVENT = {  # as FastAPI writes it for streams of its own
    "type": "object",
    "required": ["event", "data"],
    "properties": {
        "event": {"type": "string", "enum": ["passages", "claim", "answer", "error"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
ADDED = {"index": 0, "outcome": "created", "id": ARTICLE["id"], "version": ARTICLE["version"]}


def problems(*statuses: int) -> Responses:
    """The problems that a call under /v1 may answer with, as FastAPI takes them."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": REASONS[status], "content": {MEDIA_TYPE: schema}}
        for status in sorted({*EVERYWHERE, *statuses})
    }


def example(body: Mapping[str, Any]) -> Responses:
    """An example of what a call answers with when all goes well."""
    return {200: {"content": {"application/json": {"example": body}}}}


def write_openapi(app: FastAPI) -> None:
    """Let the app write its OpenAPI document with problems and keys in it."""

    def write() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = write  # type: ignore[method-assign]  # FastAPI's own way to do this


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for model in (Problem, FieldProblem):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    for path, calls in document["paths"].items():
        if path.startswith("/v1/"):
            for call in calls.values():
                call["security"] = [{}, {"key": []}]  # keys are needed where QA_API_KEYS is set
    return document
