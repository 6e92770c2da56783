"""What is at a URL: a page, a feed, a sitemap with the pages it lists, or any file that we read.

Fetches through `index.download` only, so that what holds there holds for every link.
"""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from urllib.parse import urlsplit

from index.documents import Article
from index.download import Downloader, Fetched
from index.errors import Unreadable
from index.feed_state import FeedState
from index.formats.decode import decode
from index.formats.html import raw_from_html
from index.formats.recognise import EXTENSIONS, HEAD, How, extension_of, kind_of
from index.identity import RawArticle, identify
from index.read import Rejected, findings

MAX_DEPTH = 2  # a list of sitemaps may list lists once more
PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Online:
    """Reads URLs, and remembers feeds in `state`."""

    downloader: Downloader
    state: FeedState

    def read(self, url: str, how: How, *, again: bool = False) -> Iterator[Article | Rejected]:
        """Yield what is at the URL; nothing where it has not changed, unless it is tried again."""
        if again:
            self.state.ask_anew(url)
        try:
            yield from self._read(url, how, depth=0)
        except Unreadable as error:
            yield Rejected(url, _without(url, error))

    def follow(self, link: str, told: str, *, of: str = "") -> RawArticle | None:
        """Read the page behind a link of a feed; None if it was, and the feed says the same."""
        if of and self.state.known(of, link, told):
            return None
        page = self.downloader.fetch(link)
        kind = _content_type(page)
        if kind not in PAGES:
            raise Unreadable(f"expected a page, got {kind[:60]}")
        found = raw_from_page(page)
        if of:
            self.state.read(of, link, told)
        return found

    def _read(self, url: str, how: How, *, depth: int) -> Iterator[Article | Rejected]:
        fetched = self.downloader.fetch(url, headers=self.state.headers(url))
        if fetched.status == 304:
            return
        name = _name(fetched)
        kind = kind_of(fetched.body[:HEAD], name)
        if kind in ("feed", "json", "sitemap"):
            said = fetched.headers
            self.state.learn(url, etag=said.get("etag", ""), modified=said.get("last-modified", ""))
        if kind == "html":
            yield _identified(raw_from_page(fetched), url, "")
        elif kind == "sitemap":
            yield from self._pages(url, fetched, how, depth=depth)
        else:
            yield from self._others(url, fetched, name, how)

    def _others(
        self, url: str, fetched: Fetched, name: str, how: How
    ) -> Iterator[Article | Rejected]:
        if how.follow:
            how = replace(how, follow=lambda link, told: self.follow(link, told, of=url))
        for place, found in findings(BytesIO(fetched.body), name, how):
            # What is known by where it stands is known by its address.
            whole = isinstance(found, RawArticle) and not place
            yield _identified(_at(found, fetched.url) if whole else found, url, place)

    def _pages(
        self, url: str, fetched: Fetched, how: How, *, depth: int
    ) -> Iterator[Article | Rejected]:
        """Read every page of a sitemap, or of the sitemaps that it lists."""
        from index.formats.sitemap import addresses

        nested = b"<sitemapindex" in fetched.body[:HEAD]
        if nested and depth >= MAX_DEPTH:
            raise Unreadable("expected a sitemap, got a list of lists of lists")
        for number, (address, changed) in enumerate(addresses(BytesIO(fetched.body))):
            try:
                if nested:
                    yield from self._read(address, how, depth=depth + 1)
                else:
                    page = self.follow(address, changed or "listed", of=url)
                    if page:
                        yield _identified(page, url, f"[{number}] {address}")
            except Unreadable as error:
                place = f"[{number}] {address}"
                yield Rejected(f"{url}{place}", _without(address, error), place)


def raw_from_page(page: Fetched) -> RawArticle:
    """Return the article of a page that was fetched, known by where it was found."""
    kind = page.headers.get("content-type", "")
    named = kind.lower().partition("charset=")[2].partition(";")[0]
    return raw_from_html(decode(page.body, named=named), url=page.url)


def _identified(found: RawArticle | Unreadable | None, url: str, place: str) -> Article | Rejected:
    try:
        if isinstance(found, RawArticle):
            return identify(found)
        raise found or Unreadable("expected an article, got none")
    except Unreadable as error:
        return Rejected(url + place, str(error), place)


def _at(found: RawArticle | Unreadable, url: str) -> RawArticle | Unreadable:
    if isinstance(found, Unreadable):
        return found
    return replace(found, path=None, url=found.url or url)


def _content_type(fetched: Fetched) -> str:
    return fetched.headers.get("content-type", PAGES[0]).partition(";")[0].strip().lower()


def _name(fetched: Fetched) -> str:
    """Return a file name for what was fetched: its own, or one that says what the server said."""
    name = urlsplit(fetched.url).path.rpartition("/")[2]
    if extension_of(name) in EXTENSIONS:
        return name
    if _content_type(fetched) in PAGES:
        return f"{name}.html"
    return name + (mimetypes.guess_extension(_content_type(fetched)) or "")


def _without(url: str, error: Unreadable) -> str:
    """Return a reason without the address that stands beside it anyway."""
    return str(error).removeprefix(f"{url}: ")
