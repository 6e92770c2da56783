"""Connections to public addresses only, within a time limit. Knows no HTTP.

The name is looked up once, and the connection goes to the address that was checked: a second
look-up could give another one.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Guard = Callable[[Address], bool]

NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What Python 3.11 takes for global: two clouds keep their machines' secrets in the first two.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("168.63.129.16/32", "192.0.0.0/24", "64:ff9b:1::/48", "2001::/23")
)


class Forbidden(Exception):
    """The name leads to an address that nothing is fetched from."""


def is_public(address: Address) -> bool:
    """Whether anybody may be asked there: not this machine, its network or its cloud's metadata."""
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    reserved = any(address in network for network in NOT_PUBLIC)
    return address.is_global and not address.is_multicast and not reserved


def _inside(address: Address) -> Address | None:
    """Return the IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections where the guard allows it, and ends them all at the deadline."""

    def __init__(self, guard: Guard, deadline: float) -> None:
        self.guard = guard
        self.deadline = deadline  # as `time.monotonic` counts

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Look the host up, refuse it if any of its addresses is refused, connect to one."""
        failed: Exception | None = None
        for address in self._addresses(host, port):
            try:
                stream = httpcore2.SyncBackend().connect_tcp(
                    str(address), port, remaining(self.deadline, timeout)
                )
                return _Timed(stream, self.deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed or httpcore2.ConnectError(f"no address for {host}")

    def _addresses(self, host: str, port: int) -> list[Address]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} cannot be found ({error})") from error
        addresses = [ipaddress.ip_address(str(place[0]).partition("%")[0]) for *_, place in found]
        for address in addresses:
            if not self.guard(address):
                raise Forbidden(f"{host} is at {address}, which is not a public address")
        return list(dict.fromkeys(addresses))


class _Timed(httpcore2.NetworkStream):
    """A connection that is over at the deadline, however slowly the other side goes on."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, remaining(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, remaining(self.deadline, timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        left = remaining(self.deadline, timeout)
        return _Timed(self.stream.start_tls(ssl_context, server_hostname, left), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def remaining(deadline: float, timeout: float | None) -> float:
    """Return the seconds left; raises `ReadTimeout` when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("the time is up")
    return left if timeout is None else min(left, timeout)
