"""Articles and the places in them. Knows nothing of files, vectors, questions or answers."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# How a date was known: told by whoever sent the article, or found in what came with it.
KnownBy = Literal["given", "feed", "json-ld", "meta", "url", "guess"]
# As in IPTC's `pubStatus`: anything but "usable" is a kill notice and is never stored itself.
PubStatus = Literal["usable", "canceled", "withheld"]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of `Article.text`, counted in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}..{self.end}")

    def within(self, other: "Span") -> bool:
        """Whether this span lies wholly inside the other."""
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Article:
    """One version of one article; what is stored under `version` never changes.

    Built by `index.identity.identify`, which normalises the text and computes `id` and `version`.
    """

    id: str  # matches [A-Za-z0-9._:-]{1,200}
    version: str  # SHA-256 in hex over the normaliser's version, the text and the metadata
    title: str
    text: str
    url: str | None = None  # http or https
    source: str | None = None
    author: str | None = None
    published: date | None = None  # a datetime with its time zone where the hour is known
    language: str | None = None  # ISO 639-1
    updated: date | None = None  # as `published`
    published_known_by: KnownBy | None = None
    notice: str | None = None  # a correction notice, or the editor's note that came with it
    copyright: str | None = None
    status: PubStatus = "usable"
    usable_from: datetime | None = None  # in UTC: invisible until then (an embargo)
    page_starts: tuple[int, ...] = ()  # where in the text each page begins, if it has pages
    edition: str | None = None  # the sender's own name for this version (IPTC's `version`)

    def slice(self, span: Span) -> str:
        """Return the article's own characters at the span."""
        return self.text[span.start : span.end]

    def page(self, span: Span) -> int | None:
        """Return the page on which the span begins, counted from 1; None without pages."""
        return bisect_right(self.page_starts, span.start) or None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is quoted. An article's sentences tile its text."""

    article: Article
    span: Span

    @property
    def text(self) -> str:
        """The characters of the sentence, outer white space included."""
        return self.article.slice(self.span)

    @property
    def quotable(self) -> Span:
        """The span without its outer white space: what a quote of this sentence covers."""
        text = self.text
        start = self.span.start + len(text) - len(text.lstrip())
        return Span(start, max(start, self.span.end - (len(text) - len(text.rstrip()))))


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences: the unit that is embedded and ranked."""

    article: Article
    span: Span

    @property
    def text(self) -> str:
        """The characters of the passage; a slice, never stored as a second truth."""
        return self.article.slice(self.span)
