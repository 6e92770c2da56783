"""The words of the read path: what was said to the model, what it said, and what is believed.

A `Draft` is what the model claims, an `Answer` is what was verified. Between the two stands
`verify`, the only place that makes a `Citation`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from index.documents import Article, Sentence, Span
from index.queries import Copy, Hit


class Status(StrEnum):
    """Whether the articles say what was asked. Not finding is an answer, not an error."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


class Verdict(StrEnum):
    """What became of a claim."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    WITHDRAWN = "withdrawn"  # it rested on an article that has since been withdrawn


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is said to the model; `sentences` are those it was shown, by the id it may name."""

    system: str
    user: str
    sentences: Mapping[str, Sentence]  # "S12" -> sentence, in the order shown


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that an answer took."""

    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """One sentence of the model's reply and the sentence ids it named, not yet believed."""

    text: str
    sentence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One reason why a claim is not believed."""

    kind: str  # "no_source", "unknown_id", "number", …: see docs/verification.md
    detail: str  # a sentence for the reader


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact words of a stored article. Made only by `verify`; the quote is always sliced."""

    number: int  # as in the answer's text: [1], [2], …
    article: Article
    span: Span
    context: tuple[Span, ...] = ()  # what else a check relied on, in the same article
    speaker: str | None = None
    by_headline: bool = False  # a check relied on the article's title too
    also_in: tuple[Copy, ...] = ()  # other articles that carry the same report

    @property
    def quote(self) -> str:
        """The article's own characters."""
        return self.article.slice(self.span)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the answer, the numbers of its citations, and what became of it."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    issues: tuple[Issue, ...] = ()
    start: int | None = None  # where the claim stands in `Answer.text`; None if it was kept out
    end: int | None = None
    moved: bool = False  # supported by a sentence that the model had not named
    verbatim: bool = False  # the article's own sentence, for a claim that was refused


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is restricted to; the same names serve search. See `index.queries.Query`."""

    published_from: date | None = None
    published_to: date | None = None
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    exclude_articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation and the answer that was given."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds since the question came in; None for what did not happen."""

    search: int
    first_claim: int | None
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, every claim made about it, and the quotes that those claims rest on."""

    id: str  # "ans_" and 128 random bits
    question: str
    status: Status
    text: str  # the supported claims, each with its markers; empty if not found
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    related: tuple[Hit, ...]  # the nearest passages, when nothing was found
    model: str
    usage: Usage
    timings: Timings
    created: datetime
    as_of: date | None = None
    filters: Filters = Filters()
    question_used: str | None = None  # the question as searched, where a follow-up was rewritten
    confidence: float | None = None
    missing: str | None = None
    conflicts: tuple[str, ...] = ()
