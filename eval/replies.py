"""What came back for one case, with all that the scorers need and nothing that has to be running.

A `Reply` is an `Answer` as a reader received it, each quote beside what the archive holds at that
place. Kept as one line of JSON, so that a finished run can be scored again without the service.
"""

from dataclasses import asdict, dataclass
from typing import Any

from qa_service.answers import Claim, Issue, Status, Verdict

FORMAT = 2  # of the lines on disk; part of a run's key, so that no run goes on in another format


@dataclass(frozen=True, slots=True)
class Quoted:
    """A citation as served, and the stored article's characters at its place."""

    number: int
    quote: str
    article_id: str
    version: str
    start: int
    end: int
    stored: str | None  # None: no such article, version or place
    title: str = ""
    url: str | None = None
    published: str | None = None
    context: tuple[tuple[int, int], ...] = ()  # what else a check relied on, in the same article


@dataclass(frozen=True, slots=True)
class Found:
    """One passage that the search gave, in its order."""

    article_id: str
    text: str
    score: float
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one case; `error` says why there is none."""

    status: Status = Status.NOT_FOUND
    text: str = ""
    claims: tuple[Claim, ...] = ()
    quotes: tuple[Quoted, ...] = ()
    found: tuple[Found, ...] = ()
    confidence: float | None = None
    model: str = ""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first_claim_ms: int | None = None
    total_ms: int = 0
    error: str | None = None

    @property
    def answered(self) -> bool:
        """Whether it says something rather than "not found"."""
        return self.status is Status.ANSWERED

    def cited_by(self, claim: Claim) -> tuple[Quoted, ...]:
        """The quotes behind a claim; a number that resolves to nothing gives none."""
        return tuple(quote for quote in self.quotes if quote.number in claim.citations)


def reply_to_record(reply: Reply) -> dict[str, Any]:
    """Write a reply as plain JSON types."""
    return asdict(reply)


def reply_from_record(record: dict[str, Any]) -> Reply:
    """Read what `reply_to_record` wrote; the two are inverse."""
    return Reply(
        **{
            **record,
            "status": Status(record["status"]),
            "claims": tuple(_claim(claim) for claim in record["claims"]),
            "quotes": tuple(_quoted(quote) for quote in record["quotes"]),
            "found": tuple(Found(**found) for found in record["found"]),
        }
    )


def _quoted(record: dict[str, Any]) -> Quoted:
    context = tuple((start, end) for start, end in record["context"])
    return Quoted(**{**record, "context": context})


def _claim(record: dict[str, Any]) -> Claim:
    return Claim(
        **{
            **record,
            "citations": tuple(record["citations"]),
            "verdict": Verdict(record["verdict"]),
            "issues": tuple(Issue(**issue) for issue in record["issues"]),
        }
    )
