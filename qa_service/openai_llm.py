"""A language model behind any OpenAI-compatible server.

The only module that imports the `openai` client. Knows how such servers fail; knows nothing of
articles, and nothing of how the server came to run.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import openai
from openai.types import CompletionUsage

from qa_service.answers import Prompt, Usage
from qa_service.errors import LLMBadReply, LLMUnavailable, QAError

log = logging.getLogger(__name__)

DEFAULT_RETRY_SECONDS = 5
# A server's Retry-After beyond an hour is a quota, not a delay; nobody waits for it with a request.
MAX_RETRY_SECONDS = 3600
# Of a server's own words, enough to recognise the fault; they may go on for pages of HTML.
MAX_WORDS_CHARS = 300


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds are waited, and for what."""

    connect: float = 5  # a server in reach accepts within milliseconds; a loading one refuses
    piece: float = 90  # 4,096 tokens of prompt at 50 a second pass before the first piece comes
    overall: float = 180  # longer than any answer worth waiting for, even on two slow cores


class OpenAILLM:
    """Completes prompts with a model of an OpenAI-compatible server.

    `api_key` is sent to `base_url` and nowhere else: redirects are not followed. Without a model
    name the server is asked once which one it has.
    """

    def __init__(
        self,
        base_url: str,
        model: str = "",
        *,
        api_key: str | None = None,
        patience: Patience = Patience(),
        proxies: bool = True,
    ) -> None:
        self.name = model
        # Left empty, the client would look for one by itself.
        self._key = (api_key or "").strip() or "none"
        self._patience = patience
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=self._key,
            max_retries=0,
            # A kept one may be closed by the server in the moment in which a question is sent.
            default_headers={"Connection": "close"},
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False, trust_env=proxies),
            timeout=openai.Timeout(patience.piece, connect=patience.connect),
        )
        # What not every server accepts. One that is refused is left out from then on.
        self._optional: dict[str, Any] = {
            "stream_options": {"include_usage": True},
            "seed": 0,
            "temperature": 0,
        }
        self._limit = "max_tokens"

    async def complete(
        self, prompt: Prompt, *, max_tokens: int, grammar: str | None = None
    ) -> AsyncGenerator[str | Usage]:
        """Yield the reply in pieces as it is written, then one `Usage`.

        The usage is zero where the server keeps it to itself. `grammar` (GBNF) binds the reply on
        llama.cpp servers. Closing the iterator closes the connection, which cancels the request.
        """
        deadline = asyncio.get_running_loop().time() + self._patience.overall
        with self._translated():
            async with asyncio.timeout_at(deadline):
                stream = await self._begin(prompt, max_tokens, grammar)
        async with stream:
            reply = _Reply()
            while True:
                with self._translated():
                    async with asyncio.timeout_at(deadline):
                        chunk = await anext(stream, None)
                    if chunk is None:
                        break
                    piece = reply.take(chunk)
                if piece:
                    yield piece
            yield reply.end()

    async def close(self) -> None:
        """Close the connections that are kept open for the next request."""
        await self._client.close()

    async def _begin(
        self, prompt: Prompt, max_tokens: int, grammar: str | None
    ) -> openai.AsyncStream[Any]:
        self.name = self.name or await self._only_model()
        create: Any = self._client.chat.completions.create  # no overload takes what is optional
        while True:
            try:
                stream: openai.AsyncStream[Any] = await create(
                    model=self.name,
                    messages=_messages(prompt),
                    stream=True,
                    extra_body={"grammar": grammar} if grammar else None,
                    **self._optional,
                    **{self._limit: max_tokens},
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if not self._give_way(error):
                    raise
            else:
                return stream

    def _give_way(self, error: openai.APIStatusError) -> bool:
        """Do from now on without what the server refuses; False if it refuses something else."""
        words = f"{error.param} {error.message}"
        if self._limit == "max_tokens" and "max_completion_tokens" in words:
            self._limit = "max_completion_tokens"
            log.info("the language model's server wants max_completion_tokens for max_tokens")
            return True
        for name in self._optional:
            if name in words:
                del self._optional[name]
                log.info("the language model's server refuses %s; going on without", name)
                return True
        return False

    async def _only_model(self) -> str:
        models = [model.id async for model in self._client.models.list()]
        if len(models) == 1:
            return models[0]
        raise LLMBadReply(
            f"The server at QA_LLM_BASE_URL offers {len(models)} models ({', '.join(models[:10])}),"
            " expected one: say which with QA_LLM_MODEL."
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn what the client raises into what the service says."""
        try:
            yield
        except (TimeoutError, openai.APITimeoutError) as error:
            raise LLMUnavailable("The language model took too long; try again.") from error
        except openai.APIConnectionError as error:
            raise LLMUnavailable(
                "The language model's server is not reachable or broke off; try again, and if it "
                "stays so check QA_LLM_BASE_URL."
            ) from error
        except openai.APIStatusError as error:
            raise self._refusal(error) from error
        except openai.APIError as error:  # an error event inside the stream
            raise self._broken_off(error) from error
        except (ValueError, AttributeError, TypeError, LookupError) as error:
            # ValueError: not JSON, not UTF-8; the others: JSON of another shape.
            log.warning("the language model's server sent nonsense", exc_info=True)
            raise LLMBadReply(
                "The language model's server sent something that is no chat completion; check "
                "that QA_LLM_BASE_URL ends where /chat/completions begins, usually in /v1."
            ) from error

    def _refusal(self, error: openai.APIStatusError) -> QAError:
        status, words = error.status_code, self._words(error)
        log.warning("the language model's server answered %d: %s", status, words)
        if status in (408, 429) or status >= 500:
            return LLMUnavailable(
                f"The language model's server is busy or down (it answered {status}); try again.",
                retry_after=_retry_after(error),
            )
        # The provider's words about a key can hold part of it: they stay in the log.
        advice = {
            401: "it refuses the key; check OPENAI_API_KEY.",
            403: "it refuses the key; check OPENAI_API_KEY.",
            404: f"check QA_LLM_MODEL (now {self.name!r}) and QA_LLM_BASE_URL. It says: {words}",
        }.get(status, f"it says: {words}")
        if status < 400:
            advice = "a redirect, which is not followed; set QA_LLM_BASE_URL to where it leads."
        return LLMBadReply(f"The language model's server answered {status}: {advice}")

    def _broken_off(self, error: openai.APIError) -> QAError:
        words = self._words(error)
        log.warning("the language model's server sent an error in its stream: %s", words)
        if error.code and (error.code == "429" or error.code.startswith("5")):
            return LLMUnavailable("The language model's server broke off; try again.")
        return LLMBadReply(f"The language model's server broke off and says: {words}")

    def _words(self, error: openai.APIError) -> str:
        return error.message.replace(self._key, "…")[:MAX_WORDS_CHARS]


class _Reply:
    """What has come of one reply so far."""

    def __init__(self) -> None:
        self.usage: CompletionUsage | None = None
        self.finished = False
        self.began = False

    def take(self, chunk: Any) -> str:
        """Return the text in a chunk; the client does not check its shape, so anything may come."""
        self.began = True
        self.usage = chunk.usage or self.usage
        if not chunk.choices:  # the chunk that tells the usage, or one that says nothing
            return ""
        choice = chunk.choices[0]
        self.finished = self.finished or choice.finish_reason is not None
        piece = choice.delta.content or ""
        if not isinstance(piece, str):
            raise TypeError(f"expected text, got {json.dumps(piece, default=str)[:80]}")
        return piece

    def end(self) -> Usage:
        """Return what the reply took; raises if it was not one, or is not whole."""
        if self.finished:
            used = self.usage
            return Usage(used.prompt_tokens, used.completion_tokens) if used else Usage()
        if self.began:
            raise LLMUnavailable("The language model's server broke off its reply; try again.")
        raise LLMBadReply(
            "The language model's server sent an empty reply; check that QA_LLM_BASE_URL ends "
            "where /chat/completions begins, usually in /v1."
        )


def _messages(prompt: Prompt) -> Any:
    messages = [{"role": "system", "content": prompt.system}] if prompt.system else []
    return [*messages, {"role": "user", "content": prompt.user}]


def _retry_after(error: openai.APIStatusError) -> int:
    told = error.response.headers.get("retry-after", "")
    try:
        seconds = float(told)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            seconds = DEFAULT_RETRY_SECONDS
    return int(min(max(seconds, 1), MAX_RETRY_SECONDS))
