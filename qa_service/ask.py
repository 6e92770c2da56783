"""One question, from search to answer: the read path in one place.

Knows nothing of HTTP, of JSON or of where answers are kept.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice

from index.archive import Archive
from index.queries import Hit, Query
from qa_service.answers import Answer, Filters, Status, Timings, Turn, Verdict
from qa_service.attempts import claims
from qa_service.compose import compose
from qa_service.confidence import confidence, is_worth_asking, revised
from qa_service.conflicts import conflicts
from qa_service.course import Course
from qa_service.follow_up import standalone
from qa_service.freshness import note
from qa_service.judging import Verifier
from qa_service.llm import LLM
from qa_service.premise import fitting
from qa_service.timely import timely
from qa_service.verify import Verified

HITS = 12
RELATED = 4  # passages beside "not found"
CONFLICTS = 3  # other numbers told with one claim; further ones are in the passages


@dataclass(frozen=True, slots=True)
class Found:
    """The passages, at once, before the model is asked."""

    hits: tuple[Hit, ...]


Event = Found | Verified | Answer


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
    if course.fitting and is_worth_asking(course.searched, course.confidence):
        async with aclosing(claims(course, archive, llm, as_of)) as verdicts:
            async for verified in verdicts:
                course.take(verified)
                yield verified
    yield await asyncio.to_thread(_answer, course, llm, filters, as_of)


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
    text, placed = compose(course.claims)
    found = course.is_answered
    now = datetime.now(UTC)
    missing = note(course.question, course.citations, as_of or now)
    return Answer(
        id=f"ans_{secrets.token_urlsafe(16)}",  # 128 random bits: who has the id may read it
        question=course.question,
        question_used=None if course.searched == course.question else course.searched,
        status=Status.ANSWERED if found else Status.NOT_FOUND,
        text=text,
        claims=tuple(placed),
        conflicts=tuple(_conflicts(course)),  # before the citations, which it adds to
        citations=tuple(course.citations),
        missing=missing,
        related=() if found else tuple(course.hits[:RELATED]),
        confidence=round(revised(course.confidence, placed), 3),
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
            shown = tuple(course.shown.values())
            found = conflicts(claim, tuple(course.citations), shown, course.searched)
            for sentence, citation in islice(found, CONFLICTS):
                course.citations.append(citation)
                yield sentence
