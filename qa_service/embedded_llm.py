"""The embedded language model as the service asks it: one request at a time, a bounded queue."""

import asyncio
import logging
import math
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from statistics import mean

from qa_service.answers import Prompt, Usage
from qa_service.embedded import Address, EmbeddedServer
from qa_service.errors import LLMUnavailable, QAError
from qa_service.openai_llm import OpenAILLM

log = logging.getLogger(__name__)

# With an answer in about 7 s on two cores, the last of eight waits for about a minute.
QUEUE_LENGTH = 8
# What an answer takes, until the first ones have been timed.
FIRST_GUESS_SECONDS = 8.0


class EmbeddedLLM:
    """Completes prompts with the model of a child process that it starts and stops."""

    def __init__(self, server: EmbeddedServer) -> None:
        self.name = server.model.stem
        self._server = server
        self._llm: OpenAILLM | None = None
        self._address: Address | None = None
        self._slot = asyncio.Semaphore(1)  # fair: who came first is served first
        self._waiting = 0
        self._seconds: deque[float] = deque([FIRST_GUESS_SECONDS], maxlen=16)
        self._warming: asyncio.Task[None] | None = None

    @property
    def queue_depth(self) -> int:
        """Requests that wait for the model."""
        return self._waiting

    def not_ready(self) -> str | None:
        """Return a sentence that says why a question could not be taken now, or None."""
        return None if self._server.ready() else "The language model is loading."

    def start(self, *systems: str) -> None:
        """Begin to load the model, then have it read these system prompts; returns at once."""
        self._server.start()
        if systems and self._warming is None:
            self._warming = asyncio.create_task(self._warm_or_say_why(systems))

    async def stop(self) -> None:
        """End the child process, also with a request under way."""
        if self._warming:
            self._warming.cancel()
            with suppress(asyncio.CancelledError):
                await self._warming
            self._warming = None
        await self._server.stop()
        if self._llm:
            await self._llm.close()
            self._llm = self._address = None

    async def warm(self, system: str) -> None:
        """Have the model read a system prompt now, so that no question waits for that."""
        async with aclosing(self.complete(Prompt(system, "", {}), max_tokens=1)) as pieces:
            async for _ in pieces:
                pass

    async def complete(
        self, prompt: Prompt, *, max_tokens: int, grammar: str | None = None
    ) -> AsyncGenerator[str | Usage]:
        """Yield the reply in pieces, then one `Usage`; waits for its turn.

        Raises `LLMUnavailable` at once when the queue is full. If the child process is found dead
        before it said anything, the request goes to the next one.
        """
        async with self._turn():
            for last_try in (False, True):
                address = await self._server.ensure_alive()
                llm, began = await self._at(address), False
                try:
                    reply = llm.complete(prompt, max_tokens=max_tokens, grammar=grammar)
                    async with aclosing(reply):
                        async for piece in reply:
                            began = True
                            yield piece
                    return
                except LLMUnavailable:
                    if began or last_try or not await self._server.died(address):
                        raise

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        if self._waiting >= QUEUE_LENGTH:
            raise LLMUnavailable(
                f"{self._waiting} questions are waiting for the language model; try again.",
                # Half the queue: whoever comes back then finds room, if others do the same.
                retry_after=math.ceil(mean(self._seconds) * QUEUE_LENGTH / 2),
            )
        self._waiting += 1
        try:
            await self._slot.acquire()
        finally:
            self._waiting -= 1
        began = time.monotonic()
        try:
            yield
            self._seconds.append(time.monotonic() - began)  # of whole replies only
        finally:
            self._slot.release()

    async def _at(self, address: Address) -> OpenAILLM:
        if self._llm is None or self._address != address:
            if self._llm:
                await self._llm.close()
            self._address = address
            # No proxies: one that is set for the outside cannot reach this machine's loopback.
            self._llm = OpenAILLM(address.url, self.name, api_key=address.key, proxies=False)
        return self._llm

    async def _warm_or_say_why(self, systems: Sequence[str]) -> None:
        try:
            for system in systems:
                await self.warm(system)
        except QAError as error:  # nobody waits for it; the questions will say the same
            log.warning("the language model could not be warmed up: %s", error)
