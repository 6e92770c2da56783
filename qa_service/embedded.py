"""The process of the embedded language model: started, found, started again, ended.

Knows nothing of what runs in it (`llama_child.py`) nor of what is asked (`embedded_llm.py`).
"""

import asyncio
import logging
import math
import os
import secrets
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from qa_service.errors import LLMUnavailable

log = logging.getLogger(__name__)

# Loading 1.1 GB took 1.5 s from memory and 21 s from a cold, busy disk.
START_SECONDS = 120
# After a start that failed; the reason (memory, a missing package) seldom goes away sooner.
PAUSE_SECONDS = 10
# The child has nothing to save: it ends within milliseconds of being told, or it hangs.
STOP_SECONDS = 2
# A killed process of 2 GB takes this long to be gone and noticed, with room to spare.
DEATH_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Address:
    """Where a child answers, and the key it wants to see."""

    url: str
    key: str = field(repr=False)


class EmbeddedServer:
    """A child process that serves a model, started again when it dies.

    `child` is the command; it gets the model's path, reads a key and writes its address.
    """

    def __init__(
        self,
        model: Path,
        *,
        child: Sequence[str] = (sys.executable, "-m", "qa_service.llama_child"),
        pause: float = PAUSE_SECONDS,
    ) -> None:
        self.model = model
        self._child = child
        self._pause = pause
        self._keeper: asyncio.Task[None] | None = None
        # Pending while a child loads; None if the start failed; a new one for every child.
        self._address: asyncio.Future[Address | None] | None = None
        self._last_words: deque[str] = deque(maxlen=5)

    def start(self) -> None:
        """Begin to load the model, and keep it running from then on; returns at once."""
        if self._keeper is None:
            self._address = asyncio.get_running_loop().create_future()
            self._keeper = asyncio.create_task(self._keep_running())

    def ready(self) -> bool:
        """Whether the model is loaded and can be asked."""
        return self._current() is not None

    async def ensure_alive(self) -> Address:
        """Return where the model answers, once it does; raises `LLMUnavailable` if it cannot."""
        if self._address is None:
            raise LLMUnavailable("The language model is not running.")
        try:
            async with asyncio.timeout(START_SECONDS):
                address = await asyncio.shield(self._address)
        except TimeoutError as error:
            raise LLMUnavailable("The language model is still loading; try again.") from error
        if address is None:
            raise LLMUnavailable(
                "The language model could not be started; the service's log says why.",
                retry_after=math.ceil(self._pause),
            )
        return address

    async def died(self, address: Address) -> bool:
        """Whether the child at this address is gone; waits a moment, as a death is not instant."""
        deadline = time.monotonic() + DEATH_SECONDS
        while self._current() == address and time.monotonic() < deadline:
            await asyncio.sleep(0.05)
        return self._current() != address

    async def stop(self) -> None:
        """End the child, even with a request under way, and start no other."""
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper
        if self._address and not self._address.done():
            self._address.set_result(None)  # whoever waits for it need not wait longer
        self._address = None

    def _current(self) -> Address | None:
        return self._address.result() if self._address and self._address.done() else None

    async def _keep_running(self) -> None:
        while True:
            assert self._address is not None
            try:
                await self._live_once(self._address)
            except OSError as error:
                self._last_words.append(str(error))
            if not self._address.done():
                log.error("the language model did not start: %s", "; ".join(self._last_words))
                self._address.set_result(None)
                await asyncio.sleep(self._pause)
            self._address = asyncio.get_running_loop().create_future()

    async def _live_once(self, address: asyncio.Future[Address | None]) -> None:
        """Start a child, tell its address when it is ready, return when it has ended."""
        key = secrets.token_urlsafe(32)
        began = time.monotonic()
        log.info("loading the language model %s", self.model.name)
        process = await self._spawn()
        logging_task = asyncio.create_task(self._log(process))
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{key}\n".encode())
            with suppress(TimeoutError):
                async with asyncio.timeout(START_SECONDS):
                    url = (await process.stdout.readline()).decode().strip()
                    if url:
                        log.info("the language model took %.1f s", time.monotonic() - began)
                        address.set_result(Address(f"{url}/v1", key))
            if address.done():
                code = await process.wait()
                log.warning("the language model's process ended (%d); starting it again", code)
        finally:
            await _end(process)
            await logging_task

    async def _spawn(self) -> Process:
        # How long a thread spins before it sleeps. The default is a tenth faster at writing on an
        # idle machine, but gave no answer in a minute with two busy processes beside it, such as
        # an ingest; with this it read 40 tokens/s and wrote 10 there (on two cores).
        env = {"GOMP_SPINCOUNT": "1000", **os.environ}
        env.pop("OPENAI_API_KEY", None)  # no business of the child's
        return await asyncio.create_subprocess_exec(
            *self._child,
            str(self.model),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=env,
            start_new_session=True,  # Ctrl-C is for the service, which ends the child in order
        )

    async def _log(self, process: Process) -> None:
        assert process.stderr is not None
        self._last_words.clear()
        while True:
            try:
                line = await process.stderr.readline()
            except ValueError:  # a line beyond the buffer, which is dropped; go on reading,
                continue  # or the child stops at a full pipe
            if not line:
                return
            self._last_words.append(line.decode(errors="replace").strip())
            log.debug("llama.cpp: %s", self._last_words[-1])


async def _end(process: Process) -> None:
    """Have the child end by itself at the end of its input, or kill it."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
