"""One question from the request to the told answer: found, verified claim by claim, kept, told.

Knows nothing of HTTP: `routes_answers.py` sends what comes out, as one JSON or as events.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from qa_service import told, wire_answers
from qa_service.answers import Answer
from qa_service.ask import Found, ask
from qa_service.asked import AskRequest
from qa_service.parts import Parts
from qa_service.recall import recall, today
from qa_service.remember import without_words
from qa_service.verify import Verified

Told = told.PassagesFound | told.ClaimMade | told.Answer


async def answering(parts: Parts, request: AskRequest) -> AsyncGenerator[Told]:
    """Yield the passages at once, each claim as it is verified, and the whole answer last."""
    outcome = "left"
    events = ask(
        request.question,
        archive=parts.archive,
        llm=parts.llm,
        filters=request.filters(),
        as_of=request.as_of,
        history=request.turns(),
        verifier=parts.verifier,
    )
    try:
        async with aclosing(events):
            async for event in events:
                match event:
                    case Found():
                        yield told.PassagesFound(hits=[wire_answers.hit(h) for h in event.hits])
                    case Verified():
                        parts.metrics.count_claim(event.claim, moved=event.moved)
                        yield await _claim_made(parts, event)
                    case Answer():
                        outcome = event.status.value
                        yield await _keep(parts, event)
    except Exception:
        outcome = "failed"
        raise
    finally:
        parts.metrics.asks.labels(outcome).inc()


async def _claim_made(parts: Parts, event: Verified) -> told.ClaimMade:
    """Tell a claim; a question `as_of` an earlier day may cite what has changed since."""
    made = wire_answers.claim_made(event.claim, event.citations)

    def stand() -> list[told.Citation]:
        return [today(citation, parts.archive) for citation in made.citations]

    return made.model_copy(update={"citations": await parts.read(stand)})


async def _keep(parts: Parts, answer: Answer) -> told.Answer:
    """Keep the answer and read it back, so that a reader gets now what a reload gives later."""
    parts.metrics.count_answer(answer)
    kept = without_words(wire_answers.answer(answer))

    def keep() -> told.Answer:
        parts.answers.save(kept)
        return recall(kept, parts.archive)

    return await parts.read(keep)
