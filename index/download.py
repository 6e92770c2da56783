"""Pages and feeds from the network: public addresses, small enough, soon enough, politely.

One request at a time, a pause before the next to the same host, robots.txt obeyed. Knows nothing
of what is in a page. Proxies are not used: behind one, no address could be checked.
"""

import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore2

from index.addresses import Forbidden, Guard, GuardedBackend, is_public
from index.errors import Unreadable
from index.identity import canonical_url
from index.robots import Robots

AGENT = "NewsQA"  # the name that robots.txt may speak to
USER_AGENT = f"{AGENT}/1.0 (reads news for a question-answering index; obeys robots.txt)"

MAX_BYTES = 16 * 2**20  # of one answer, unpacked; the largest of 181 news pages had 2 MB
MAX_REDIRECTS = 5
SECONDS = 30.0  # for all of one answer, its redirects apart
PAUSE = 1.0  # seconds between requests to a host
LONGEST_PAUSE = 30.0  # a longer crawl delay is a way to say no; this is as slow as we go

REDIRECTS = frozenset([301, 302, 303, 307, 308])
FAILURES = (
    httpcore2.NetworkError,
    httpcore2.TimeoutException,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: status 200, or 304 without a body."""

    url: str  # where it was found in the end
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, how long, how often."""

    size: int = MAX_BYTES
    seconds: float = SECONDS
    pause: float = PAUSE


USUAL = Limits()


class Downloader:
    """Fetches one thing at a time. `guard` says which addresses may be asked: public ones."""

    def __init__(
        self,
        *,
        guard: Guard = is_public,
        limits: Limits = USUAL,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.guard = guard
        self.limits = limits
        self.sleep = sleep
        self.robots = Robots(AGENT, self._robots)
        self._not_before: dict[str, float] = {}
        self._one_at_a_time = threading.Lock()

    def fetch(self, url: str, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """Fetch a URL, through redirects; `Unreadable` says why not."""
        with self._one_at_a_time:
            for _ in range(MAX_REDIRECTS + 1):
                url = _checked(url)
                allowed, pause = self.robots.ask(url)
                if not allowed:
                    raise Unreadable(f"{url}: its robots.txt does not allow it")
                answer = self._request(url, headers or {}, pause=pause)
                if answer.status not in REDIRECTS:
                    return _of_use(answer)
                url = urljoin(url, answer.headers.get("location", ""))
        raise Unreadable(f"{url}: expected at most {MAX_REDIRECTS} redirects, got more")

    def _robots(self, url: str) -> tuple[int, str, bytes]:
        answer = self._request(url, {})
        return answer.status, answer.headers.get("location", ""), answer.body

    def _request(self, url: str, headers: Mapping[str, str], *, pause: float = 0.0) -> Fetched:
        """Ask once, after a pause; any status is an answer."""
        host = urlsplit(url).netloc
        self.sleep(max(0.0, self._not_before.get(host, 0.0) - time.monotonic()))
        try:
            return self._answer(url, headers)
        except Forbidden as error:
            raise Unreadable(f"{url}: {error}") from error
        except httpcore2.TimeoutException:
            raise Unreadable(f"{url}: no whole answer in {self.limits.seconds:g} s") from None
        except FAILURES as error:
            raise Unreadable(f"{url}: {error or type(error).__name__}") from error
        finally:
            wait = min(max(pause, self.limits.pause), LONGEST_PAUSE)
            self._not_before[host] = time.monotonic() + wait

    def _answer(self, url: str, headers: Mapping[str, str]) -> Fetched:
        deadline = time.monotonic() + self.limits.seconds
        asked = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "*/*", **headers}
        backend = GuardedBackend(self.guard, deadline)
        with (
            httpcore2.ConnectionPool(network_backend=backend, max_connections=1) as pool,
            pool.stream("GET", url, headers=list(asked.items())) as response,
        ):
            said = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in response.headers
            }
            if response.status != 200:
                return Fetched(url, response.status, said, b"")
            body = self._body(response, said.get("content-encoding", ""))
            return Fetched(url, response.status, said, body)

    def _body(self, response: httpcore2.Response, encoding: str) -> bytes:
        """Read what is sent, unpacked, piece by piece and never more than the limit."""
        packed = encoding.strip().lower()
        if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise Unreadable(f"expected gzip or nothing as its encoding, got {packed[:40]!r}")
        unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed not in ("", "identity") else None
        body = bytearray()
        for piece in response.iter_stream():
            left = self.limits.size + 1 - len(body)
            try:
                body += unpack.decompress(piece, left) if unpack else piece
            except zlib.error as error:
                raise Unreadable(f"expected {packed}, got {error}") from None
            if len(body) > self.limits.size:
                raise Unreadable(f"expected at most {self.limits.size:,} bytes, got more")
        return bytes(body)


def _checked(url: str) -> str:
    """Return a URL as it is asked for: http(s), a host, no user name, in ASCII."""
    canonical_url(url)
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    place = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, place, _ascii(parts.path) or "/", _ascii(parts.query), ""))


def _ascii(part: str) -> str:
    return quote(part, safe="%/:=&?~+!$,;'@()*[]")


def _of_use(answer: Fetched) -> Fetched:
    if answer.status not in (200, 304):
        raise Unreadable(f"{answer.url}: expected status 200, got {answer.status}")
    return answer
