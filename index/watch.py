"""Feeds in turn, again and again, as an OPML file lists them. Reads no feed itself."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from index.errors import Unreadable
from index.formats.opml import subscriptions


def feeds_in_turn(
    opml: Path,
    *,
    every: float,
    sleep: Callable[[float], object],
    warn: Callable[[str], object],
) -> Iterator[str]:
    """Yield the feeds that the file lists, then again `every` so many seconds, without end.

    The file is read anew each time; where somebody broke it, the feeds that it had go on.
    """
    feeds: list[str] = []
    while True:
        begun = time.monotonic()
        feeds = _listed(opml, feeds, warn)
        yield from feeds
        sleep(max(0.0, every - (time.monotonic() - begun)))


def _listed(opml: Path, before: list[str], warn: Callable[[str], object]) -> list[str]:
    try:
        return subscriptions(opml.read_bytes())
    except (OSError, Unreadable) as error:
        if not before:
            raise Unreadable(f"{opml}: {error}") from error
        warn(f"{opml}: {error}; going on with the feeds it had")
        return before
