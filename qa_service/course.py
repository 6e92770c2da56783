"""What has come of one question so far: what was found, shown, refused and believed."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from index.documents import Sentence
from index.queries import Hit
from qa_service.answers import Citation, Claim, Usage, Verdict
from qa_service.judging import Verifier
from qa_service.verbatim import Refused
from qa_service.verify import Verified


@dataclass(slots=True)
class Course:
    """What has come of a question so far."""

    question: str
    searched: str
    verifier: Verifier | None = None
    hits: list[Hit] = field(default_factory=list)
    fitting: list[Hit] = field(default_factory=list)  # those that are about what is asked
    confidence: float = 0.0  # before the model was asked
    shown: Mapping[str, Sentence] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)  # since the model was asked last
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    started: float = field(default_factory=time.monotonic)
    search_ms: int = 0
    first_claim_ms: int | None = None

    @property
    def is_answered(self) -> bool:
        """Whether any claim is supported."""
        return any(claim.verdict is Verdict.SUPPORTED for claim in self.claims)

    def elapsed_ms(self) -> int:
        """Milliseconds since the question came in."""
        return round((time.monotonic() - self.started) * 1000)

    def cited_by(self, verified: Verified) -> list[Citation]:
        """The citations of a claim, those that were made for earlier ones among them."""
        known = (*self.citations, *verified.citations)
        return [citation for citation in known if citation.number in verified.claim.citations]

    def is_news(self, claim: Claim) -> bool:
        """Whether a claim was not refused before, or no longer is: there is more evidence now."""
        return claim.verdict is Verdict.SUPPORTED or all(c.text != claim.text for c in self.claims)

    def take(self, verified: Verified) -> None:
        """Add a claim that has its verdict, in place of what was said of it before."""
        self.claims = [c for c in self.claims if c.text != verified.claim.text]
        self.claims.append(verified.claim)
        self.citations.extend(verified.citations)
        if self.first_claim_ms is None:
            self.first_claim_ms = self.elapsed_ms()
