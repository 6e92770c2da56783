"""The ways to put a case to the service: in this process, over HTTP, or to its search alone.

All go the way that a user's question goes. Knows nothing of metrics.
"""

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from eval.cases import Case
from eval.observing import found, observe
from eval.replies import Reply
from index.archive import Archive
from index.errors import ArchiveError
from index.queries import Query
from qa_service import told, wire_answers
from qa_service.answers import Answer
from qa_service.ask import Found, ask
from qa_service.llm import LLM

TIMEOUT_SECONDS = 600  # a question behind others in a small machine's queue


@dataclass(frozen=True, slots=True)
class InProcess:
    """Asks through `qa_service.ask.ask`, the function that the HTTP interface calls too."""

    archive: Archive
    llm: LLM

    async def ask(self, case: Case) -> Reply:
        """Answer one case."""
        hits: list[told.Hit] = []
        async for event in ask(
            case.question,
            archive=self.archive,
            llm=self.llm,
            filters=case.filters,
            as_of=case.as_of,
        ):
            if isinstance(event, Found):
                hits = [wire_answers.hit(one) for one in event.hits]
            elif isinstance(event, Answer):
                return observe(wire_answers.answer(event), hits, self._stored)
        raise RuntimeError("ask() ended without an answer")

    def _stored(self, article_id: str, version: str) -> str | None:
        try:
            return self.archive.article(article_id, version).text
        except ArchiveError:
            return None


@dataclass(frozen=True, slots=True)
class SearchOnly:
    """Asks nothing of a model: only what the search finds."""

    archive: Archive
    limit: int = 20

    async def ask(self, case: Case) -> Reply:
        """Search for one case."""
        query = Query(
            case.question,
            since=case.filters.published_from,
            until=case.filters.published_to,
            as_of=case.as_of,
            sources=case.filters.sources,
            authors=case.filters.authors,
            languages=case.filters.languages,
            exclude_articles=case.filters.exclude_articles,
            limit=self.limit,
        )
        hits = await asyncio.to_thread(self.archive.search, query)
        return Reply(found=tuple(found(wire_answers.hit(hit)) for hit in hits))


class Refused(OSError):
    """A running service answered with an error; says which, and the service's own reason."""

    def __init__(self, url: str, status: int, body: bytes) -> None:
        self.status = status
        try:
            reason = json.loads(body)["detail"]
        except (ValueError, LookupError, TypeError):  # not the service itself: a proxy before it
            reason = body[:200].decode(errors="replace")
        key = "; its key is read from QA_API_KEY" if status in {401, 403} else ""
        super().__init__(f"{url} answered {status}: {str(reason).rstrip('.')}{key}")


@dataclass(frozen=True, slots=True)
class OverHttp:
    """Asks a running service by its address; a key is taken from `QA_API_KEY`."""

    url: str
    texts: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def archive(self) -> str:
        """Fingerprint what the service says of its articles; raises OSError if it refuses."""
        with self._opened("/v1/sources") as reply:
            return sha256(reply.read()).hexdigest()[:12]

    async def ask(self, case: Case) -> Reply:
        """Answer one case, reading the event stream for the passages too."""
        return await asyncio.to_thread(self._ask, case)

    def _ask(self, case: Case) -> Reply:
        asked: dict[str, object] = {"question": case.question, "stream": True}
        asked |= wire_answers.filters_told(case.filters)
        if case.as_of:
            asked["as_of"] = case.as_of.isoformat()
        hits: list[told.Hit] = []
        for event, data in self._events(asked):
            if event == "passages":
                hits = [told.Hit.model_validate(hit) for hit in json.loads(data)["hits"]]
            elif event == "answer":
                return observe(told.Answer.model_validate_json(data), hits, self._stored)
            elif event == "error":
                raise RuntimeError(f"{self.url} answered {data}")
        raise RuntimeError(f"{self.url} ended the stream without an answer")

    def _events(self, asked: dict[str, object]) -> Iterator[tuple[str, str]]:
        """Read server-sent events; comment lines are the service's heartbeat."""
        event, data = "message", ""
        with self._opened("/v1/ask", asked) as reply:
            for line in (raw.decode().rstrip("\r\n") for raw in reply):
                name, _, value = line.partition(":")
                if name == "event":
                    event = value.strip()
                elif name == "data":
                    data += value.strip()
                elif not line and data:
                    yield event, data
                    event, data = "message", ""

    def _stored(self, article_id: str, version: str) -> str | None:
        if (article_id, version) not in self.texts:
            path = f"/v1/articles/{quote(article_id, safe='')}?version={version}"
            self.texts[article_id, version] = self._text(path)
        return self.texts[article_id, version]

    def _text(self, path: str) -> str | None:
        try:
            with self._opened(path) as reply:
                return told.ArticleFull.model_validate_json(reply.read()).text
        except Refused as error:
            if error.status in {404, 410}:
                return None
            raise

    def _opened(self, path: str, asked: dict[str, object] | None = None) -> HTTPResponse:
        try:
            reply: HTTPResponse = urlopen(self._request(path, asked), timeout=TIMEOUT_SECONDS)
        except HTTPError as error:
            with error:
                raise Refused(self.url, error.code, error.read()) from error
        except URLError as error:
            raise OSError(f"{self.url} cannot be reached: {error.reason}") from error
        return reply

    def _request(self, path: str, asked: dict[str, object] | None = None) -> Request:
        headers = {"Accept": "text/event-stream" if asked else "application/json"}
        if key := os.environ.get("QA_API_KEY"):
            headers["Authorization"] = f"Bearer {key}"
        body = None
        if asked is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(asked).encode()
        return Request(self.url.rstrip("/") + path, body, headers)
