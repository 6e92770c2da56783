"""What feeds said when they were last read, so that only news is fetched again.

One small JSON file in the data folder. Losing it costs a reading of every feed, nothing else.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "feeds.json"


@dataclass
class Last:
    """What was known of one feed."""

    etag: str = ""
    modified: str = ""
    links: dict[str, str] = field(default_factory=dict)  # page: what was said of it, hashed


class FeedState:
    """Remembers feeds by their address; what was learnt counts once it is `kept`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._feeds = self._load()
        self._learnt: dict[str, Last] = {}

    def headers(self, url: str) -> dict[str, str]:
        """Return the headers that ask for a feed only if it has changed."""
        last = self._feeds.get(url, Last())
        asked = {"If-None-Match": last.etag, "If-Modified-Since": last.modified}
        return {name: value for name, value in asked.items() if value}

    def ask_anew(self, url: str) -> None:
        """Ask for a feed the next time whether it has changed or not; its pages stay known."""
        links = self._feeds.get(url, Last()).links
        self._feeds[url] = Last(links=links)

    def learn(self, url: str, *, etag: str, modified: str) -> None:
        """Note what a feed calls the state it is in."""
        self._learnt[url] = Last(etag, modified)

    def known(self, url: str, link: str, told: str) -> bool:
        """Whether the page was read before and the feed said the same of it then."""
        before = self._feeds.get(url, Last()).links.get(link)
        same = before == _hash(told)
        if same:
            self.read(url, link, told)
        return same

    def read(self, url: str, link: str, told: str) -> None:
        """Note that the page behind a link was read."""
        self._learnt.setdefault(url, Last()).links[link] = _hash(told)

    def keep(self) -> None:
        """Write down what was learnt: to be called when the articles are on the disk."""
        if not self._learnt:
            return
        self._feeds |= self._learnt
        self._learnt = {}
        whole = {url: asdict(last) for url, last in self._feeds.items()}
        beside = self.path.with_suffix(".tmp")
        beside.write_text(json.dumps(whole, indent=1), encoding="utf-8")
        os.replace(beside, self.path)

    def forget(self) -> None:
        """Leave out what was learnt since: something came in between."""
        self._learnt = {}

    def _load(self) -> dict[str, Last]:
        try:
            told = json.loads(self.path.read_text(encoding="utf-8"))
            return {url: Last(**last) for url, last in told.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}  # the first time, or damaged: everything is read once more


def _hash(told: str) -> str:
    return hashlib.sha256(told.encode(errors="replace")).hexdigest()[:16]
