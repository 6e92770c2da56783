"""The queue before the child process."""

import asyncio

import pytest

from qa_service.embedded_llm import QUEUE_LENGTH
from qa_service.errors import LLMUnavailable
from tests.child import begin, running, said, stand_in


def test_waiters_beyond_the_queue_are_refused_with_an_estimate() -> None:
    async def run() -> None:
        async with running(stand_in()) as llm:
            holding = await begin(llm)
            waiters = [asyncio.create_task(said(llm)) for _ in range(QUEUE_LENGTH)]
            await asyncio.sleep(0)
            assert llm.queue_depth == QUEUE_LENGTH
            with pytest.raises(LLMUnavailable, match="8 questions are waiting") as refused:
                await said(llm)
            assert refused.value.retry_after == 32  # half the queue at 8 s, none having been timed
            await holding.aclose()
            assert len(await asyncio.gather(*waiters)) == QUEUE_LENGTH
            assert llm.queue_depth == 0

    asyncio.run(run())


def test_the_estimate_follows_what_replies_took() -> None:
    async def run() -> int:
        async with running(stand_in()) as llm:
            for _ in range(16):
                await said(llm)
            holding = await begin(llm)
            waiters = [asyncio.create_task(said(llm)) for _ in range(QUEUE_LENGTH)]
            await asyncio.sleep(0)
            with pytest.raises(LLMUnavailable) as refused:
                await said(llm)
            await holding.aclose()
            await asyncio.gather(*waiters)
            return refused.value.retry_after

    assert asyncio.run(run()) <= 2


def test_who_waits_first_is_served_first_and_who_leaves_gives_up_the_place() -> None:
    async def run() -> list[int]:
        served: list[int] = []

        async def wait(number: int) -> None:
            await said(llm)
            served.append(number)

        async with running(stand_in()) as llm:
            holding = await begin(llm)
            waiters = [asyncio.create_task(wait(number)) for number in range(4)]
            await asyncio.sleep(0.05)
            waiters[1].cancel()
            await asyncio.sleep(0)
            assert llm.queue_depth == 3
            await holding.aclose()
            await asyncio.gather(*waiters, return_exceptions=True)
        return served

    assert asyncio.run(run()) == [0, 2, 3]
