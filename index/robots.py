"""What a site allows robots, as its robots.txt says (RFC 9309). Knows no network of its own."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.errors import Unreadable

if TYPE_CHECKING:
    from protego import Protego

KEPT = 3600.0  # seconds; the standard wants them asked again within a day
MAX_BYTES = 500 * 1024  # the standard wants at least as many read; the rest counts for nothing
MAX_REDIRECTS = 5


# The status of a site's answer, where it redirects to, and its body.
Ask = Callable[[str], tuple[int, str, bytes]]


class Robots:
    """Remembers for an hour what each site allows."""

    def __init__(self, agent: str, ask: Ask) -> None:
        self.agent = agent
        self._ask = ask
        self._rules: dict[str, tuple[float, Protego | None]] = {}

    def ask(self, url: str) -> tuple[bool, float]:
        """Return whether the URL may be fetched, and the pause that the site asks for."""
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        until, rules = self._rules.get(site, (0.0, None))
        if until < time.monotonic():
            rules = self._read(site)
            self._rules[site] = (time.monotonic() + KEPT, rules)
        if rules is None:
            return False, 0.0
        return rules.can_fetch(url, self.agent), float(rules.crawl_delay(self.agent) or 0.0)

    def _read(self, site: str) -> "Protego | None":
        """Return the rules; none are set where there is no file, all is closed where it failed."""
        url = f"{site}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            status, location, body = self._ask(url)
            if status == 200:
                return _rules(body)
            if 300 <= status < 400:
                url = urljoin(url, location)
                if urlsplit(url).scheme not in ("http", "https"):
                    raise Unreadable(f"{url}: URLs are http(s) only")
                continue
            return _rules(b"") if 400 <= status < 500 else None
        return _rules(b"")


def _rules(robots: bytes) -> "Protego":
    # Only who fetches needs it.
    from protego import Protego

    return Protego.parse(robots[:MAX_BYTES].decode("utf-8", "replace"))
