"""Who may do what. Knows the request's first lines and the keys, nothing of its body.

With keys, every call to the API needs one of them. Without, reading is open on the address the
service is bound to, and writing is for this machine alone: a page in a browser, a proxy or a name
that was pointed at this machine is refused.
"""

import hashlib
import hmac
import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Scope

from qa_service.errors import Forbidden, Unauthorized

# POSTs that change no article. Any other call that is not GET or HEAD counts as writing, so that
# a route that is forgotten here is closed, not open.
READING_POSTS = frozenset({"/v1/ask", "/v1/search", "/v1/citations/verify"})

FORWARDING_HEADERS = frozenset(
    {
        "cf-connecting-ip",
        "client-ip",
        "fastly-client-ip",
        "fly-client-ip",
        "forwarded",
        "true-client-ip",
        "via",
        "x-client-ip",
        "x-cluster-client-ip",
        "x-original-host",
        "x-real-ip",
    }
)

SET_KEYS = "set QA_API_KEYS and send one of them as 'Authorization: Bearer …'"


@dataclass(frozen=True, slots=True)
class Access:
    """The rules for one service: the keys it knows and the address it is bound to."""

    keys: Sequence[str]
    host: str

    def check(self, scope: Scope) -> None:
        """Raise `Unauthorized` or `Forbidden` unless the caller may make this call to the API."""
        headers = Headers(scope=scope)
        if self.keys:
            self._check_key(headers)
            return
        if is_loopback(self.host):
            _check_host(headers)
        if scope["method"] in ("GET", "HEAD") or scope["path"] in READING_POSTS:
            return
        self._check_writer(scope, headers)

    def _check_key(self, headers: Headers) -> None:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            raise Unauthorized("Send one of the service's keys as 'Authorization: Bearer …'.")
        # Digests have one length, and all keys are compared: the time tells nothing of any key.
        digest = hashlib.sha256(given.strip().encode("utf-8", "surrogateescape")).digest()
        known = [hashlib.sha256(key.encode()).digest() for key in self.keys]
        if not any([hmac.compare_digest(digest, other) for other in known]):
            raise Unauthorized("This key is not one of the service's keys; check QA_API_KEYS.")

    def _check_writer(self, scope: Scope, headers: Headers) -> None:
        if not is_loopback(self.host):
            raise Forbidden(
                f"This service listens on {self.host} and has no keys, so nobody may change its "
                f"articles over HTTP: {SET_KEYS}, or ingest with the command."
            )
        peer = scope.get("client")
        if peer is None or not is_loopback(peer[0]):
            raise Forbidden(
                f"Without keys only this machine itself may change articles: {SET_KEYS}."
            )
        _check_direct(headers)
        _check_origin(headers)


def is_loopback(host: str) -> bool:
    """Whether the name or address, without a port, always means this machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def _check_host(headers: Headers) -> None:
    """Refuse names pointed at this machine by others (DNS rebinding), for reading too."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not is_loopback(_hostname(hosts[0])):
        raise Forbidden(
            "This service answers only to localhost: call it by 127.0.0.1 or localhost, or, to "
            f"offer it under another name, {SET_KEYS}."
        )


def _check_direct(headers: Headers) -> None:
    for name in headers:
        if name in FORWARDING_HEADERS or name.startswith("x-forwarded"):
            raise Forbidden(
                f"The header {name!r} says that a proxy passed this call on, so it may not change "
                f"articles: {SET_KEYS}."
            )


def _check_origin(headers: Headers) -> None:
    host = headers["host"].lower()
    for origin in headers.getlist("origin"):
        if origin.lower() not in (f"http://{host}", f"https://{host}"):
            raise Forbidden(
                "A page of another site may not change articles here; call the service directly, "
                f"or {SET_KEYS}."
            )


def _hostname(host: str) -> str:
    parts = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^:@/\[\]\s]+))(?::\d{1,5})?", host)
    return (parts[1] or parts[2]) if parts else ""
