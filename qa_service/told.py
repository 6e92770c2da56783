"""The JSON that goes out, as OpenAPI tells it. What comes in is in `asked.py`.

Every field is always there, `null` where it does not apply. Knows nothing of how it is filled.
"""

from typing import Literal

from pydantic import BaseModel

from qa_service.answers import Status, Verdict
from qa_service.standing import Kind


class ArticleHead(BaseModel):
    """An article without its text; of a withdrawn one only id and version are left."""

    id: str
    version: str
    title: str | None
    source: str | None
    author: str | None
    url: str | None
    published: str | None
    language: str | None
    published_known_by: str | None = None  # "guess": show it as one
    updated: str | None = None


class ArticleFull(ArticleHead):
    """An article with the text that all offsets count in, in Unicode code points."""

    text: str
    notice: str | None
    copyright: str | None
    usable_from: str | None
    page_starts: list[int]
    edition: str | None = None


class Hit(BaseModel):
    """A passage: `text` is `article.text[start:end]`."""

    score: float
    similarity: float
    text: str
    start: int
    end: int
    article: ArticleHead


class SearchResult(BaseModel):
    """Passages, best first, and how many articles a date filter left out for want of a date."""

    hits: list[Hit]
    undated_left_out: int


class Place(BaseModel):
    """Where words stand in an article's text, and the words."""

    quote: str | None
    start: int
    end: int


class Citation(BaseModel):
    """The exact words of a stored article; `quote` is null once the article is withdrawn.

    `now` is where the words have moved to in the current version or, if they are changed, the
    sentence there that is nearest to them; `notice` is the current version's.
    """

    number: int
    quote: str | None
    start: int
    end: int
    context: list[Place]
    by_headline: bool
    standing: Kind
    now: Place | None = None
    speaker: str | None
    page: int | None
    notice: str | None
    also_in: list[ArticleHead]
    article: ArticleHead


class Issue(BaseModel):
    """One reason why a claim is not believed."""

    kind: str
    detail: str


class Claim(BaseModel):
    """One sentence of the answer; `text` is null if an article that it rests on is withdrawn."""

    text: str | None
    start: int | None
    end: int | None
    citations: list[int]
    verdict: Verdict
    issues: list[Issue]
    moved: bool = False  # supported by a sentence that the model had not named
    verbatim: bool = False  # the article's own sentence, for a claim that was refused


class Usage(BaseModel):
    """Tokens that the answer took."""

    prompt_tokens: int
    completion_tokens: int


class Timings(BaseModel):
    """Milliseconds since the question came in."""

    search: int
    first_claim: int | None
    total: int


class Answer(BaseModel):
    """A question, every claim made about it, and the quotes that those claims rest on."""

    id: str
    question: str
    question_used: str | None
    as_of: str | None
    filters: dict[str, str | list[str]]
    status: Status
    confidence: float | None
    missing: str | None
    conflicts: list[str]
    text: str
    claims: list[Claim]
    citations: list[Citation]
    related: list[Hit]
    related_withdrawn: int
    model: str
    usage: Usage
    timings_ms: Timings
    created: str


class PassagesFound(BaseModel):
    """The event `passages`: what the model is about to be shown."""

    hits: list[Hit]


class ClaimMade(BaseModel):
    """The event `claim`: a verified claim and the citations that are new with it."""

    claim: Claim
    citations: list[Citation]


class ArticlePage(BaseModel):
    """Articles by id; `next` is the cursor of the following page, null on the last one."""

    articles: list[ArticleHead]
    next: str | None


class SourceCount(BaseModel):
    """A source and how many articles are from it; null for those without one."""

    source: str | None
    articles: int


class Sources(BaseModel):
    """Every source."""

    sources: list[SourceCount]


class Changes(BaseModel):
    """Sentences that were added (offsets in this version) and removed (in the one before).

    `facts` names the other fields that differ.
    """

    added: list[Place]
    removed: list[Place]
    facts: list[str]


class Revision(BaseModel):
    """One step of an article's history; `version` is null where it was withdrawn.

    `status` is `usable`, or how it was withdrawn: `removed` here, `canceled` or `withheld` by its
    publisher. `edition` is what its publisher calls the version. `changes` is null for the first
    version and where the one before is gone.
    """

    revision: int
    version: str | None
    arrived: str
    withdrawn: bool
    edition: str | None = None
    status: str
    changes: Changes | None


class History(BaseModel):
    """Every revision of an article, the first one first."""

    id: str
    versions: list[Revision]


class Added(BaseModel):
    """What became of one article that was sent."""

    index: int
    outcome: Literal["created", "updated", "unchanged", "withdrawn", "rejected"]
    id: str | None
    version: str | None
    reason: str | None


class AddedAll(BaseModel):
    """What became of every article that was sent, in the order sent, and how many of each."""

    created: int
    updated: int
    unchanged: int
    withdrawn: int
    rejected: int
    results: list[Added]


class StandingTold(BaseModel):
    """The standing of a citation; `start` and `end` are where its words stand in `current`.

    `now` and `notice` are as in a citation.
    """

    standing: Kind
    start: int | None
    end: int | None
    quote: str | None
    current_version: str | None
    now: Place | None
    notice: str | None
