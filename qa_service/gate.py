"""What every request passes on its way in and out: access, size, headers, counting.

Knows no route's meaning. It stands outside of the routes, so that a caller who may not call is
refused before a byte of the body is read, and so that no reply lacks the headers.
"""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.access import Access
from qa_service.errors import TooLarge
from qa_service.problems import problem_response

MIB = 2**20
MAX_BODY_BYTES = MIB  # a question with its history
MAX_ARTICLES_BYTES = 32 * MIB  # several thousand news articles

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NOT_STORED = {"Cache-Control": "no-store"}  # answers and standings are of this moment
LEFT = 499  # what is counted for a caller who closed the connection


class ReaderLeft(Exception):
    """The caller closed the connection before the body was complete."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Middleware around the whole app."""

    app: ASGIApp
    access: Access
    count: Callable[[str, str, int], None]  # route, method, status

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reply = Reply(send, is_api=_is_api(scope))
        try:
            await self._pass(scope, receive, reply)
        except ReaderLeft:
            pass
        except Exception as error:
            # Once the reply has begun, only breaking it off tells that it is not whole.
            if reply.status is not None:
                raise
            await problem_response(error)(scope, receive, reply)
        finally:
            self.count(_route(scope), scope["method"], reply.status or LEFT)

    async def _pass(self, scope: Scope, receive: Receive, reply: "Reply") -> None:
        if _is_api(scope):
            self.access.check(scope)
        limit = MAX_ARTICLES_BYTES if scope["path"] == "/v1/articles" else MAX_BODY_BYTES
        body = await _read(scope, receive, limit)
        await self.app(scope, _replay(body, receive), reply)


class Reply:
    """The way out: remembers the status and adds the headers that a route did not set itself."""

    def __init__(self, send: Send, *, is_api: bool) -> None:
        self._send = send
        self._headers = HEADERS | NOT_STORED if is_api else HEADERS
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        """Send a part of the reply."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)


def _is_api(scope: Scope) -> bool:
    path: str = scope["path"]
    return path == "/v1" or path.startswith("/v1/")


def _route(scope: Scope) -> str:
    """The route's template, never the path itself: ids would make a counter each."""
    route = scope.get("route")
    return str(getattr(route, "path", "unmatched"))


async def _read(scope: Scope, receive: Receive, limit: int) -> bytes:
    """Read the body whole; raises `TooLarge` as soon as that is known."""
    length = Headers(scope=scope).get("content-length", "0")
    if length.isdecimal() and int(length) > limit:
        raise TooLarge(limit)
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ReaderLeft
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise TooLarge(limit)
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read, then whatever comes."""
    pending = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay
