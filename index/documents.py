"""Articles and the places in them. Knows nothing of files, vectors, questions or answers."""

from dataclasses import dataclass
from datetime import date


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

    def slice(self, span: Span) -> str:
        """Return the article's own characters at the span."""
        return self.text[span.start : span.end]


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
