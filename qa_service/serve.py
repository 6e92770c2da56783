"""The running service: parts made from the settings, one server, all of it ended in order."""

import asyncio
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from functools import partial
from typing import TypeVar

import uvicorn

from index.archive import Archive
from index.embed import load_cross_encoder, load_embedder, load_reranker
from qa_service.app import create_app
from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import EmbeddedLLM
from qa_service.llm import LLM
from qa_service.model_file import ensure_model
from qa_service.nli import NliVerifier
from qa_service.openai_llm import OpenAILLM
from qa_service.prompts import READ_ALONE, SYSTEM
from qa_service.remember import AnswerStore
from qa_service.settings import Settings

T = TypeVar("T")

log = logging.getLogger(__name__)

# An answer under way may finish after Ctrl-C; longer than this nobody waits for a service to end.
GRACE_SECONDS = 10


async def serve(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Make the parts, serve until told to stop, and close the parts."""
    embedder = await asyncio.to_thread(load_embedder, settings.embedder or None)
    reranker = await _loaded(load_reranker, settings.reranker)
    infer = await _loaded(load_cross_encoder, settings.verifier)
    opened = partial(Archive.open, settings.data_dir, embedder, reranker=reranker)
    archive = await asyncio.to_thread(opened)
    with closing(archive):
        answers = AnswerStore.open(settings.data_dir, retention_days=settings.retention_days)
        with closing(answers):
            reembed_in_background(archive)
            async with running_llm(settings) as llm:
                app = create_app(
                    archive=archive,
                    llm=llm,
                    answers=answers,
                    settings=settings,
                    verifier=NliVerifier(infer) if infer else None,
                )
                await Announced(config_of(app, settings), announce).serve()


async def _loaded(load: Callable[[str], T], name: str) -> T | None:
    """Load the model that a setting names, if it names one."""
    return await asyncio.to_thread(load, name) if name else None


@asynccontextmanager
async def running_llm(settings: Settings) -> AsyncIterator[LLM]:
    """The language model that the settings name; the embedded one loads in the background."""
    if settings.llm_base_url:
        remote = OpenAILLM(
            settings.llm_base_url, settings.llm_model, api_key=os.environ.get("OPENAI_API_KEY")
        )
        try:
            yield remote
        finally:
            await remote.close()
        return
    embedded = EmbeddedLLM(EmbeddedServer(await asyncio.to_thread(ensure_model)))
    embedded.start(READ_ALONE, SYSTEM)  # what is asked first is read last
    try:
        yield embedded
    finally:
        await embedded.stop()


def reembed_in_background(archive: Archive) -> None:
    """Where the vectors are another embedder's, make new ones while the service goes on."""
    if archive.is_stale():
        log.warning(
            "the vectors are another embedder's; until they are made anew, words alone count"
        )
        threading.Thread(target=_reembed, args=[archive], daemon=True).start()


def config_of(app: object, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves: one process, and no header from outside says who the caller is."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=settings.host,
        port=settings.port,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


class Announced(uvicorn.Server):
    """A server that says where it is, once it is there."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End in order at Ctrl-C and at a polite kill.

        uvicorn's own way sends itself the signal once more when it has ended, which would cut off
        the closing of the parts.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening and tell the address and a line to try."""
        await super().startup(sockets=sockets)
        if self.should_exit:
            return
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        self._announce(announcement(host, port))


def announcement(host: str, port: int) -> str:
    """The address of the service and a `curl` line to try it with."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    url = f"http://{host}:{port}"
    return (
        f"\nAsk in a browser: {url}/\nor try:\n"
        f"  curl {url}/v1/ask -H 'Content-Type: application/json' "
        """-d '{"question": "how many recruits did Medvedev cite"}'\n"""
    )


def _reembed(archive: Archive) -> None:
    try:
        for left in archive.reembed():
            log.info("%d articles are still to be embedded anew", left)
    except Exception:
        log.exception("embedding anew stopped; it goes on at the next start")
