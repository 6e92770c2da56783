"""The service with a real archive in a folder of the test, a scripted model and a client."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from index.archive import Archive
from index.documents import Article
from qa_service.app import create_app
from qa_service.llm import LLM
from qa_service.remember import AnswerStore
from qa_service.settings import Settings
from tests.fakes import HashedEmbedder, ScriptedLLM

HERE = "http://127.0.0.1:8000"
DEFAULTS = Settings()


@dataclass(frozen=True, slots=True)
class Served:
    """A service, what it is made of, and a client on the same machine."""

    app: FastAPI
    client: TestClient
    archive: Archive
    answers: AnswerStore


@contextmanager
def serving(
    folder: Path,
    *,
    llm: LLM | None = None,
    articles: Sequence[Article] = (),
    settings: Settings = DEFAULTS,
    heartbeat: float = 10,
    kind: type[Archive] = Archive,
) -> Iterator[Served]:
    """Build the service, and close its parts in the end."""
    archive = kind.open(folder, HashedEmbedder())
    answers = AnswerStore.open(folder, retention_days=settings.retention_days)
    if articles:
        list(archive.add(articles))
    app = create_app(
        archive=archive,
        llm=llm or ScriptedLLM(),
        answers=answers,
        settings=settings,
        heartbeat=heartbeat,
    )
    try:
        with TestClient(app, base_url=HERE, client=("127.0.0.1", 50000)) as client:
            yield Served(app, client, archive, answers)
    finally:
        answers.close()
        archive.close()


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Serve the app on a free port of this machine as it is served in earnest; yields its URL."""
    config = uvicorn.Config(app, port=0, log_level="warning", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
