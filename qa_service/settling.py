"""What becomes of one draft: verified, read again, or the article's own sentence in its place.

Keeps in the course what was refused. Knows no search, and not how the draft came about.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from index.archive import Archive
from index.documents import Sentence
from qa_service import second_reading, verbatim
from qa_service.answers import DraftClaim, Verdict
from qa_service.course import Course
from qa_service.echo import without_echo
from qa_service.llm import LLM
from qa_service.verify import Verified, verify

VERBATIM = 3  # sentences that are tried in place of a refused claim


def as_drafted(drafted: DraftClaim, course: Course) -> Verified:
    """Verify a draft, the question's own times taken out of it."""
    plain = replace(drafted, text=without_echo(drafted.text, course.searched))
    verified = _verified(plain, course.shown, course)
    if verified.claim.verdict is not Verdict.SUPPORTED:
        course.refused.append((plain, verified.claim))
    return verified


def is_due(verified: Verified, course: Course) -> bool:
    """Whether the quotes of a claim are to be read again; what follows an answer need be none."""
    quotes = course.cited_by(verified)
    if course.is_answered or not quotes:
        return False
    return second_reading.is_due(verified.claim.text, quotes, course.searched)


async def read_again(verified: Verified, course: Course, llm: LLM) -> Verified:
    """Refuse a claim whose quotes, read by themselves, answer something else or nothing.

    What they answer may be told in the article's own words.
    """
    quotes, asked = course.cited_by(verified), course.searched
    read, answer, usage = await second_reading.read_again(verified, quotes, asked, llm)
    course.usage += usage
    is_refused = read.claim.verdict is not Verdict.SUPPORTED
    if is_refused and answer:
        course.refused.append((DraftClaim(answer, ()), read.claim))
    return read


async def own_sentence(course: Course, archive: Archive, llm: LLM) -> Verified | None:
    """Return the article's own sentence in place of a refused claim, unless it answers nothing."""
    said = await asyncio.to_thread(_sentence, course, archive)
    if said and second_reading.is_possible(course.searched):
        said = await read_again(said, course, llm)
    return said if said and said.claim.verdict is Verdict.SUPPORTED else None


def _sentence(course: Course, archive: Archive) -> Verified | None:
    """Return the sentence that has what the refused claims were to say, as a claim of its own."""
    asked = course.searched
    is_read = second_reading.is_possible(asked)
    least = verbatim.TO_THE_POINT if is_read else verbatim.TO_THE_POINT_UNREAD
    found = verbatim.sentences(
        course.refused, course.shown, asked, archive.similarities, least=least
    )
    for sentence in found[:VERBATIM]:
        drafted = DraftClaim(" ".join(sentence.text.split()), ("S1",))
        verified = _verified(drafted, {"S1": sentence}, course)
        if verified.claim.verdict is Verdict.SUPPORTED:
            return replace(verified, claim=replace(verified.claim, verbatim=True))
    return None


def _verified(drafted: DraftClaim, shown: Mapping[str, Sentence], course: Course) -> Verified:
    verified = verify(
        drafted, shown, cited=course.citations, asked=course.searched, verifier=course.verifier
    )
    copies = {hit.passage.article.id: hit.also_in for hit in course.fitting}
    known = [replace(c, also_in=copies.get(c.article.id, ())) for c in verified.citations]
    return replace(verified, citations=tuple(known))
