"""The JSON that comes in, checked once, and what it is in the words of the read path.

A field that is not named here is refused, so that a typing mistake never passes for a filter.
What goes out is in `wire_*.py`; articles that come in are read by `index.formats.json`.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from index.documents import Span
from index.instants import instant
from index.queries import Query
from qa_service import answers

MAX_QUESTION_CHARS = 2000
MAX_TURNS = 20
MAX_TURN_ANSWER_CHARS = 20_000
MAX_NAMES = 100
MAX_EXCLUDED = 1000
MAX_HITS = 100
MAX_OFFSET = 2**31  # no article comes near; a larger number would not fit SQLite either
# "." and ".." are no ids: no client can ask for `/v1/articles/..`.
ARTICLE_ID = (
    r"^(?:[A-Za-z0-9_:\-][A-Za-z0-9._:\-]{0,199}"
    r"|\.[A-Za-z0-9_:\-][A-Za-z0-9._:\-]{0,198}|\.\.[A-Za-z0-9._:\-]{1,198})$"
)
VERSION = r"^[0-9a-f]{64}$"
ANSWER_ID = r"^ans_[A-Za-z0-9_\-]{1,100}$"


def _moment(given: object) -> date | None:
    """Read an ISO 8601 date, or a date and time with its zone, which is told in UTC."""
    if given is None:
        return None
    if not isinstance(given, str):
        raise ValueError("expected a date such as 2023-09-04, in quotes")
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given):
            return date.fromisoformat(given)
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise ValueError("expected a date such as 2023-09-04 or 2023-09-04T18:00:00Z") from None
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone: write 2023-09-04T18:00:00Z")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("this moment is outside the years 1 to 9999 in UTC") from None


def _whole(given: object) -> object:
    """Take 5.0 for 5, as JSON does; everything else is left to the strict check."""
    return int(given) if isinstance(given, float) and given.is_integer() else given


Moment = Annotated[
    date | None,
    PlainValidator(_moment),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
                {"type": "null"},
            ]
        }
    ),
]
# U+0085 is white space to what strips it here, and not to the patterns of JSON Schema.
TELLING = r"[^\s\u0085]"
Question = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=MAX_QUESTION_CHARS, pattern=TELLING
    ),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Names = Annotated[list[Name], Field(max_length=MAX_NAMES)]
ArticleId = Annotated[str, StringConstraints(pattern=ARTICLE_ID)]
Version = Annotated[str, StringConstraints(pattern=VERSION)]
Offset = Annotated[int, Field(strict=True, ge=0, le=MAX_OFFSET), BeforeValidator(_whole)]
Limit = Annotated[int, Field(strict=True, ge=1, le=MAX_HITS), BeforeValidator(_whole)]


class Asked(BaseModel):
    """The filters that a question and a search share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    published_from: Moment = Field(
        default=None, description="First day (or moment) of publication."
    )
    published_to: Moment = Field(default=None, description="Published before this day (or moment).")
    as_of: Moment = Field(
        default=None, description="The last day that is known; leaves out what is later."
    )
    sources: Names = []
    authors: Names = []
    languages: Names = Field(default=[], description="ISO 639-1, such as en.")
    exclude_articles: Annotated[list[ArticleId], Field(max_length=MAX_EXCLUDED)] = []

    @model_validator(mode="after")
    def _check_range(self) -> "Asked":
        since, until = self.published_from, self.published_to
        if since is not None and until is not None and instant(since) >= instant(until):
            raise ValueError("published_to must be later than published_from; it is not included")
        return self

    def filters(self) -> answers.Filters:
        """The same filters in the words of the read path."""
        return answers.Filters(
            published_from=self.published_from,
            published_to=self.published_to,
            sources=tuple(self.sources),
            authors=tuple(self.authors),
            languages=tuple(self.languages),
            exclude_articles=tuple(self.exclude_articles),
        )


class Turn(BaseModel):
    """An earlier question of the conversation and the answer that was given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Question
    answer: Annotated[str, StringConstraints(max_length=MAX_TURN_ANSWER_CHARS)]


class AskRequest(Asked):
    """A question to the articles."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "question": "how many recruits did Medvedev cite",
                "published_from": "2023-09-01",
                "sources": ["The Daily Example"],
            }
        }
    )

    question: Question
    history: Annotated[list[Turn], Field(max_length=MAX_TURNS)] = []
    stream: Annotated[bool, Field(strict=True)] = False

    def turns(self) -> tuple[answers.Turn, ...]:
        """The conversation so far."""
        return tuple(answers.Turn(t.question, t.answer) for t in self.history)


class SearchRequest(Asked):
    """Words to look for in the articles."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"query": "recruits", "as_of": "2023-09-04", "limit": 5}}
    )

    query: Question
    limit: Limit = 10

    def to_query(self) -> Query:
        """The same in the words of the index."""
        return Query(
            self.query,
            since=self.published_from,
            until=self.published_to,
            as_of=self.as_of,
            sources=tuple(self.sources),
            authors=tuple(self.authors),
            languages=tuple(self.languages),
            exclude_articles=tuple(self.exclude_articles),
            limit=self.limit,
        )


class VerifyRequest(BaseModel):
    """A citation that someone holds; `quote` may be left out to ask about the place alone."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "example": {
                "article_id": "a1",
                "version": "0" * 64,
                "start": 0,
                "end": 19,
                "quote": "Taxes will not rise",
            }
        },
    )

    article_id: ArticleId
    version: Version
    start: Offset
    end: Offset
    quote: str | None = None

    @model_validator(mode="after")
    def _check_span(self) -> "VerifyRequest":
        if self.start >= self.end:
            raise ValueError("end must be greater than start")
        return self

    def span(self) -> Span:
        """The place that is cited."""
        return Span(self.start, self.end)
