"""What a browser reads: the chat page, and a list of all calls that needs no other host.

FastAPI's own documentation pages load scripts from a content network, which this service forbids.
"""

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

PAGE = Path(__file__).parent / "page"
STYLE = (
    "body{font:1rem/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}pre{overflow:auto;padding:.75rem;background:#8882}"
    "h2{margin-top:2.5rem;font:600 1rem ui-monospace,monospace}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


def add_pages(app: FastAPI) -> None:
    """Serve the chat page at `/`, its files below `/page`, and the calls at `/docs`."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/")
    async def chat() -> FileResponse:
        """The chat page."""
        return FileResponse(PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    @routes.get("/docs")
    async def docs() -> HTMLResponse:
        """Every call, as the OpenAPI document has it."""
        return HTMLResponse(docs_page(app.openapi()), headers={"Content-Security-Policy": POLICY})

    app.include_router(routes)
    app.mount("/page", StaticFiles(directory=PAGE))


def docs_page(document: dict[str, Any]) -> str:
    """Write the OpenAPI document as a page without scripts."""
    title = escape(document["info"]["title"])
    calls = [
        _call(method, path, call)
        for path, methods in document["paths"].items()
        for method, call in methods.items()
    ]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{STYLE}</style><h1>{title}</h1>"
        f"<p>{escape(document['info']['description'])}</p>"
        '<p>The whole document, for tools: <a href="/openapi.json">/openapi.json</a></p>'
        f"{''.join(calls)}</html>"
    )


def _call(method: str, path: str, call: dict[str, Any]) -> str:
    statuses = "".join(
        f"<li><code>{escape(status)}</code> {escape(reply.get('description', ''))}</li>"
        for status, reply in call["responses"].items()
    )
    paragraphs = "".join(f"<p>{escape(p)}</p>" for p in call["description"].split("\n\n"))
    return (
        f"<h2>{method.upper()} {escape(path)}</h2>{paragraphs}{_example(call)}<ul>{statuses}</ul>"
    )


def _example(call: dict[str, Any]) -> str:
    content = call["responses"].get("200", {}).get("content", {})
    example = content.get("application/json", {}).get("example")
    if example is None:
        return ""
    return f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"
