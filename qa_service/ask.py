"""One question, from search to answer: the read path in one place.

Knows nothing of HTTP, of JSON or of where answers are kept.
"""

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import islice

from index.archive import Archive
from index.documents import Sentence
from index.queries import Hit, Query
from qa_service.answers import (
    Answer,
    Citation,
    Claim,
    DraftClaim,
    Filters,
    Prompt,
    Status,
    Timings,
    Turn,
    Usage,
    Verdict,
)
from qa_service.compose import compose
from qa_service.confidence import WORTH_ASKING, confidence, revised
from qa_service.conflicts import conflicts
from qa_service.draft import parse
from qa_service.echo import without_echo
from qa_service.evidence import EVIDENCE_CHARS, PASSAGES, select
from qa_service.follow_up import standalone
from qa_service.freshness import note
from qa_service.judging import Verifier
from qa_service.llm import LLM
from qa_service.premise import fitting, timely
from qa_service.prompts import render, render_again
from qa_service.verify import Verified, verify

HITS = 12
RELATED = 4  # passages beside "not found"
CONFLICTS = 3  # other numbers told with one claim; further ones are in the passages
SECOND_LOOK = 2  # times the evidence, before "not found" is said
MAX_TOKENS = 160  # one to three short sentences; a small model that goes on repeats itself


@dataclass(frozen=True, slots=True)
class Found:
    """The passages, at once, before the model is asked."""

    hits: tuple[Hit, ...]


Event = Found | Verified | Answer


@dataclass(slots=True)
class Course:
    """What has come of a question so far."""

    question: str
    searched: str
    verifier: Verifier | None = None
    hits: list[Hit] = field(default_factory=list)
    fitting: list[Hit] = field(default_factory=list)  # those that are about what is asked
    confidence: float = 0.0  # before the model was asked
    shown: tuple[Sentence, ...] = ()
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


async def ask(
    question: str,
    *,
    archive: Archive,
    llm: LLM,
    filters: Filters = Filters(),
    as_of: date | None = None,
    history: Sequence[Turn] = (),
    verifier: Verifier | None = None,
) -> AsyncGenerator[Event]:
    """Yield what was found, then each claim as it is verified, then the whole answer.

    Raises LLMUnavailable and LLMBadReply. Closing the generator stops the model.
    """
    course = Course(question, standalone(question, history), verifier)
    course.hits = await asyncio.to_thread(archive.search, _query(course.searched, filters, as_of))
    course.search_ms = course.elapsed_ms()
    yield Found(tuple(course.hits))
    today = as_of or datetime.now(UTC)
    course.fitting = fitting(course.searched, course.hits, today)
    course.confidence = confidence(course.searched, timely(course.searched, course.hits, today))
    if course.fitting and course.confidence >= WORTH_ASKING:
        async with aclosing(_claims(course, llm, as_of)) as verified_claims:
            async for verified in verified_claims:
                course.take(verified)
                yield verified
    yield await asyncio.to_thread(_answer, course, llm, filters, as_of)


async def _claims(course: Course, llm: LLM, as_of: date | None) -> AsyncGenerator[Verified]:
    """Verify each claim as soon as it is written; look once more if none of them is supported."""
    for times in (1, SECOND_LOOK):
        prompt = _prompt(course, as_of, times)
        async with aclosing(_attempt(prompt, course, llm)) as claims:
            async for verified in claims:
                yield verified
        if course.is_answered:
            return


def _prompt(course: Course, as_of: date | None, times: int) -> Prompt:
    """Show the evidence and ask; the second time, say why the claim was refused."""
    room, passages = times * EVIDENCE_CHARS, times * PASSAGES
    evidence = select(course.searched, course.fitting, room=room, passages=passages)
    prompt = render(course.searched, evidence, today=as_of)
    return render_again(prompt, course.claims[-1]) if course.claims else prompt


async def _attempt(prompt: Prompt, course: Course, llm: LLM) -> AsyncGenerator[Verified]:
    course.shown = tuple(prompt.sentences.values())
    said: set[str] = set()
    async with (
        aclosing(llm.complete(prompt, max_tokens=MAX_TOKENS)) as reply,
        aclosing(parse(reply)) as drafts,
    ):
        async for drafted in drafts:
            if isinstance(drafted, Usage):
                course.usage += drafted
            elif drafted.text not in said:  # a model that repeats itself has said all it has to say
                said.add(drafted.text)
                verified = await asyncio.to_thread(_verified, drafted, prompt, course)
                if course.is_news(verified.claim):
                    yield verified


def _verified(drafted: DraftClaim, prompt: Prompt, course: Course) -> Verified:
    asked = course.searched
    claim = replace(drafted, text=without_echo(drafted.text, asked))
    verified = verify(
        claim, prompt.sentences, cited=course.citations, asked=asked, verifier=course.verifier
    )
    copies = {hit.passage.article.id: hit.also_in for hit in course.fitting}
    known = [replace(c, also_in=copies.get(c.article.id, ())) for c in verified.citations]
    return replace(verified, citations=tuple(known))


def _query(text: str, filters: Filters, as_of: date | None) -> Query:
    return Query(
        text,
        since=filters.published_from,
        until=filters.published_to,
        as_of=as_of,
        sources=filters.sources,
        authors=filters.authors,
        languages=filters.languages,
        exclude_articles=filters.exclude_articles,
        limit=HITS,
    )


def _answer(course: Course, llm: LLM, filters: Filters, as_of: date | None) -> Answer:
    text, claims = compose(course.claims)
    found = course.is_answered
    now = datetime.now(UTC)
    missing = note(course.question, course.citations, as_of or now)
    return Answer(
        id=f"ans_{secrets.token_urlsafe(16)}",  # 128 random bits: who has the id may read it
        question=course.question,
        question_used=None if course.searched == course.question else course.searched,
        status=Status.ANSWERED if found else Status.NOT_FOUND,
        text=text,
        claims=tuple(claims),
        conflicts=tuple(_conflicts(course)),  # before the citations, which it adds to
        citations=tuple(course.citations),
        missing=missing,
        related=() if found else tuple(course.hits[:RELATED]),
        confidence=round(revised(course.confidence, claims, course.citations), 3),
        model=llm.name,
        usage=course.usage,
        timings=Timings(course.search_ms, course.first_claim_ms, course.elapsed_ms()),
        created=now,
        as_of=as_of,
        filters=filters,
    )


def _conflicts(course: Course) -> Iterator[str]:
    """Tell, and cite, the other numbers that articles have for what was claimed."""
    for claim in course.claims:
        if claim.verdict is Verdict.SUPPORTED:
            found = conflicts(claim, tuple(course.citations), course.shown)
            for sentence, citation in islice(found, CONFLICTS):
                course.citations.append(citation)
                yield sentence
