"""What the model says to one question, held against its sources: at first, and passage by passage.

At first it is shown sentences and writes claims, which are verified as they come. Where none of
them is supported, the passages are read one at a time, for nothing but the answer. Knows no search.
"""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from datetime import date

from index.archive import Archive
from index.documents import Passage
from qa_service import second_reading
from qa_service.answers import DraftClaim, Prompt, Usage
from qa_service.checks import overlap
from qa_service.course import Course
from qa_service.draft import parse
from qa_service.evidence import select, sentences_of
from qa_service.llm import LLM
from qa_service.prompts import render, render_passage
from qa_service.settling import as_drafted, is_due, own_sentence, read_again
from qa_service.verify import Verified

MAX_TOKENS = 160  # one to three short sentences; a small model that goes on repeats itself
# Before "not found". Of 81 questions with an answer that came so far, 12 were answered rightly with
# two passages and 4 wrongly, and none of 57 others; a third had two right ones more, and two false.
PASSAGES_READ = 2


async def claims(
    course: Course, archive: Archive, llm: LLM, as_of: date | None
) -> AsyncGenerator[Verified]:
    """Verify each claim as soon as it is written; read on before "not found" is said.

    Before that, a sentence of the articles may stand in for a claim that was refused.
    """
    async with aclosing(_written(course, llm, as_of)) as claims:
        async for verified in claims:
            yield verified
    if not course.is_answered and (said := await own_sentence(course, archive, llm)):
        yield said
    for hit in course.fitting[:PASSAGES_READ]:
        if not course.is_answered and (read := await _read_alone(hit.passage, course, llm)):
            yield read


async def _written(course: Course, llm: LLM, as_of: date | None) -> AsyncGenerator[Verified]:
    """Show sentences of the passages, and yield what is claimed of them, as it is written."""
    prompt = render(course.searched, select(course.searched, course.fitting), today=as_of)
    course.shown, course.refused = prompt.sentences, []
    if not prompt.sentences:  # a quiz, say, in which nothing is stated
        return
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
                verified = None if held else await asyncio.to_thread(as_drafted, drafted, course)
                if verified is None or is_due(verified, course):
                    held.append(drafted)
                elif course.is_news(verified.claim):
                    yield verified
    # Not before the reply has ended: the embedded model takes one at a time.
    for drafted in held:
        verified = await asyncio.to_thread(as_drafted, drafted, course)
        if is_due(verified, course):
            verified = await read_again(verified, course, llm)
        if course.is_news(verified.claim):
            yield verified


async def _read_alone(passage: Passage, course: Course, llm: LLM) -> Verified | None:
    """Ask of one passage alone; return its bare answer, read again in the sentence that has it."""
    if not (sentences := sentences_of(passage)):
        return None
    prompt = render_passage(course.searched, sentences)
    course.shown, course.refused = prompt.sentences, []
    answer, usage = await second_reading.answer(prompt, llm)
    course.usage += usage
    if second_reading.is_none(answer, course.searched):
        return None
    drafted = DraftClaim(answer, tuple(_places(answer, prompt, course.searched)))
    verified = await asyncio.to_thread(as_drafted, drafted, course)
    if course.cited_by(verified) and second_reading.is_possible(course.searched):
        verified = await read_again(verified, course, llm)
    return verified if course.is_news(verified.claim) else None


def _places(answer: str, prompt: Prompt, asked: str) -> Iterator[str]:
    """Yield the ids of the sentences that have all of an answer that the question has not."""
    words = second_reading.news(answer, asked)
    for name, sentence in prompt.sentences.items():
        if all(overlap.written(word, sentence.text) for word in words):
            yield name
