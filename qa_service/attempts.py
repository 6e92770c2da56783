"""What the model says to one question, held against its sources: at first, and once more.

Each attempt shows sentences and verifies claims as they are written; some are read again. Before
"not found" the article's own sentence may be told, and other sentences are shown. Knows no search.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from functools import partial

from index.archive import Archive
from index.documents import Sentence
from qa_service import second_reading, verbatim
from qa_service.answers import DraftClaim, Prompt, Usage, Verdict
from qa_service.course import Course
from qa_service.draft import parse
from qa_service.echo import without_echo
from qa_service.evidence import EVIDENCE_CHARS, PASSAGES, select
from qa_service.llm import LLM
from qa_service.prompts import render
from qa_service.verify import Verified, verify

VERBATIM = 3  # sentences that are tried in place of a refused claim
# Characters of evidence. The second look is at other sentences, before "not found" is said. With
# the refused claim and the reasons in the prompt, and twice the evidence, 11 of 57 questions were
# answered then, 8 rightly, and 4 of 70 without an answer; like this, 27, 18 and 7.
LOOKS = (EVIDENCE_CHARS, 1600)
MAX_TOKENS = 160  # one to three short sentences; a small model that goes on repeats itself


async def claims(
    course: Course, archive: Archive, llm: LLM, as_of: date | None
) -> AsyncGenerator[Verified]:
    """Verify each claim as soon as it is written; look once more if none of them is supported.

    Before that, a sentence of the articles may stand in for a claim that was refused.
    """
    for room in LOOKS:
        prompt = _prompt(course, as_of, room)
        if not prompt.sentences:  # a quiz, say, in which nothing is stated
            return
        async with aclosing(_attempt(prompt, course, llm)) as claims:
            async for verified in claims:
                yield verified
        if not course.is_answered and (said := await _verbatim(course, archive, llm)):
            yield said
        if course.is_answered:
            return


def _prompt(course: Course, as_of: date | None, room: int) -> Prompt:
    """Show the evidence and ask; the second time show what was not shown, of twice the passages.

    What was refused is not told: a small model that reads its claim again repeats it.
    """
    again = bool(course.shown)
    choose = partial(
        select, course.searched, course.fitting, room=room, passages=PASSAGES * (1 + again)
    )
    evidence = choose(besides=frozenset(course.shown.values())) or choose()
    return render(course.searched, evidence, today=as_of, briefly=again)


async def _attempt(prompt: Prompt, course: Course, llm: LLM) -> AsyncGenerator[Verified]:
    course.shown, course.refused = prompt.sentences, []
    said: set[str] = set()
    held: list[DraftClaim] = []  # the first that is to be read again, and what comes after it
    async with (
        aclosing(llm.complete(prompt, max_tokens=MAX_TOKENS)) as reply,
        aclosing(parse(reply)) as drafts,
    ):
        async for drafted in drafts:
            if isinstance(drafted, Usage):
                course.usage += drafted
            elif drafted.text not in said:  # a model that repeats itself has said all it has to say
                said.add(drafted.text)
                verified = None if held else await asyncio.to_thread(_as_drafted, drafted, course)
                if verified is None or _is_due(verified, course):
                    held.append(drafted)
                elif course.is_news(verified.claim):
                    yield verified
    # Not before the reply has ended: the embedded model takes one at a time.
    for drafted in held:
        verified = await asyncio.to_thread(_as_drafted, drafted, course)
        if _is_due(verified, course):
            verified = await _read_again(verified, course, llm)
        if course.is_news(verified.claim):
            yield verified


def _as_drafted(drafted: DraftClaim, course: Course) -> Verified:
    plain = replace(drafted, text=without_echo(drafted.text, course.searched))
    verified = _verified(plain, course.shown, course)
    if verified.claim.verdict is not Verdict.SUPPORTED:
        course.refused.append((plain, verified.claim))
    return verified


def _is_due(verified: Verified, course: Course) -> bool:
    """Whether the quotes of a claim are to be read again; what follows an answer need be none."""
    quotes = course.cited_by(verified)
    if course.is_answered or not quotes:
        return False
    return second_reading.is_due(verified.claim.text, quotes, course.searched)


async def _read_again(verified: Verified, course: Course, llm: LLM) -> Verified:
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


async def _verbatim(course: Course, archive: Archive, llm: LLM) -> Verified | None:
    """Return the article's own sentence in place of a refused claim, unless it answers nothing."""
    said = await asyncio.to_thread(_own_sentence, course, archive)
    if said and second_reading.is_possible(course.searched):
        said = await _read_again(said, course, llm)
    return said if said and said.claim.verdict is Verdict.SUPPORTED else None


def _own_sentence(course: Course, archive: Archive) -> Verified | None:
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
