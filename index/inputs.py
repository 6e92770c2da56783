"""Where articles come from in one ingest: paths, URLs, and what was rejected before.

Knows no archive: what is found is handed on with what to try again where it is no article.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index.documents import Article
from index.formats.recognise import How
from index.read import Rejected, Source, read_each, read_source
from index.rejections import Again, to_retry

if TYPE_CHECKING:
    from index.download import Downloader
    from index.online import Online

URL = re.compile(r"https?://", re.IGNORECASE)

# What was found and where; None: there is no more in that place.
Found = tuple[Again, Article | Rejected | None]


@dataclass
class Inputs:
    """Finds articles, under one map of fields and one word on links."""

    data: Path
    download: Callable[[], "Downloader"]
    fields: dict[str, str] = field(default_factory=dict)
    follow: bool = False
    _online: "Online | None" = None

    def in_files(self, paths: Sequence[Path], progress: Callable[[int], object]) -> Iterator[Found]:
        """Yield what is in the files below the paths."""
        for source, found in read_each(paths, how=self.how(), progress=progress):
            yield Again(source.origin, source.name, self.fields, self.follow), found

    def at(self, url: str, *, again: bool = False) -> Iterator[Found]:
        """Yield what is at a URL; where it has not changed only if it is tried again."""
        place = Again(url, url, self.fields, self.follow)
        for found in self.online().read(url, self.how(), again=again):
            yield place, found
        yield place, None

    def rejected_before(self) -> Iterator[Found]:
        """Try what is listed again as it was read before, or as it is asked for now."""
        for again in to_retry(self.data):
            same = replace(
                self,
                fields=self.fields or dict(again.fields),
                follow=self.follow or again.follow,
                _online=self._online,
            )
            yield from same.try_again(again)
            self._online = same._online

    def try_again(self, again: Again) -> Iterator[Found]:
        """Yield what is in one place now."""
        if URL.match(again.file):
            yield from self.at(again.file, again=True)
            return
        source = Source(Path(again.file), again.name, 0)
        place = Again(again.file, again.name, self.fields, self.follow)
        for found in read_source(source, how=self.how()):
            yield place, found
        yield place, None

    def how(self) -> How:
        """Return how files are read."""
        return How(self.fields, self.online().follow if self.follow else None)

    def online(self) -> "Online":
        """Return what reads URLs; made when it is needed, since most ingests need none."""
        if self._online is None:
            from index.feed_state import FeedState
            from index.online import Online

            self._online = Online(self.download(), FeedState(self.data))
        return self._online

    def stored(self) -> None:
        """Remember what feeds said, now that the articles are on the disk."""
        if self._online:
            self._online.state.keep()

    def not_stored(self) -> None:
        """Forget what feeds said: they are read again the next time."""
        if self._online:
            self._online.state.forget()
