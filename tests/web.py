"""A web server on loopback whose every answer the test decides. Shared by tests that fetch."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from index.addresses import Address
from index.download import Downloader, Limits


@dataclass
class Web:
    """What is served, and what was asked for."""

    url: str = ""
    pages: dict[str, "Page"] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Page:
    """One answer; `send` writes the body itself where it is no plain one."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[[Any], None] | None = None


@contextmanager
def web(**pages: Page) -> Iterator[Web]:
    """Serve pages on loopback; all else is not found."""
    site = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append({name.lower(): value for name, value in self.headers.items()})
            page = site.pages.get(self.path, Page(status=404))
            etag = page.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                page = Page(status=304)
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            if page.send is None:
                self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            try:
                page.send(self.wfile) if page.send else self.wfile.write(page.body)
            except OSError:
                return  # the other side had enough

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    site.pages.update({f"/{name}": page for name, page in pages.items()})
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def loopback(address: Address) -> bool:
    """Allow this machine alone: what tests tell the guard explicitly."""
    return address.is_loopback


def downloader(**limits: Any) -> Downloader:
    """Return a downloader that may ask this machine, without pauses."""
    return Downloader(guard=loopback, limits=Limits(**{"pause": 0.0, "seconds": 5.0, **limits}))
