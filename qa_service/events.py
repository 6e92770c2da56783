"""Server-sent events: what is told, piece by piece, with a heartbeat while nothing happens."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing

from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel
from starlette.types import Receive, Scope, Send

from qa_service import told
from qa_service.answering import Told
from qa_service.problems import problem_of

# Proxies give a silent connection up after 30 to 60 seconds; a page shows at 10 that all is well.
HEARTBEAT_SECONDS = 10.0
HEARTBEAT = format_sse_event(comment="still working")
NAMES: Mapping[type[BaseModel], str] = {
    told.PassagesFound: "passages",
    told.ClaimMade: "claim",
    told.Answer: "answer",
}


class Running:
    """An answer in a task of its own, so that whoever waits for its next piece may stop waiting."""

    def __init__(self, pieces: AsyncGenerator[Told]) -> None:
        self._queue: asyncio.Queue[Told | Exception] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(pieces))

    async def _run(self, pieces: AsyncGenerator[Told]) -> None:
        try:
            async with aclosing(pieces):
                async for piece in pieces:
                    self._queue.put_nowait(piece)
        except Exception as error:
            self._queue.put_nowait(error)

    async def next(self) -> Told:
        """Wait for the next piece; raises what the answer raised. The last piece is the answer."""
        piece = await self._queue.get()
        if isinstance(piece, Exception):
            raise piece
        return piece

    async def answer(self) -> told.Answer:
        """Wait for the whole answer."""
        while not isinstance(piece := await self.next(), told.Answer):
            pass
        return piece

    async def stop(self) -> None:
        """Give the answer up, if it is not done; on return the model works on it no more."""
        self._task.cancel()
        await asyncio.wait({self._task})


class EventStream(StreamingResponse):
    """A stream of events that closes its source however it ends."""

    media_type = "text/event-stream"

    def __init__(self, first: Told, running: Running, *, heartbeat: float) -> None:
        self._running = running
        super().__init__(
            frames(first, running, heartbeat=heartbeat),
            headers={"X-Accel-Buffering": "no"},  # nginx would keep events back otherwise
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; when the reader leaves, or all are sent, stop the answer."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._running.stop()


async def frames(first: Told, running: Running, *, heartbeat: float) -> AsyncGenerator[bytes]:
    """Write each piece as an event, and an error as the last one."""
    piece = first
    yield frame(NAMES[type(piece)], piece)
    while not isinstance(piece, told.Answer):
        waiting = asyncio.ensure_future(running.next())
        try:
            while not (await asyncio.wait({waiting}, timeout=heartbeat))[0]:
                yield HEARTBEAT
            piece = waiting.result()
        except Exception as error:
            yield frame("error", problem_of(error))
            return
        finally:
            waiting.cancel()
        yield frame(NAMES[type(piece)], piece)


def frame(name: str, body: BaseModel) -> bytes:
    """Write one event."""
    return format_sse_event(event=name, data_str=body.model_dump_json())
