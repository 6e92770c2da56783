"""The seam to the language model: one method. Knows nothing of articles or of HTTP to readers."""

from collections.abc import AsyncGenerator
from typing import Protocol

from qa_service.answers import Prompt, Usage


class LLM(Protocol):
    """Anything that completes a prompt."""

    name: str  # goes into `Answer.model`

    def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        """Yield the reply in pieces as it is written, then one `Usage`; temperature 0.

        Closing the iterator early cancels the request. Raises `LLMUnavailable` (down, slow, or
        its queue is full) and `LLMBadReply` from `qa_service.errors`.
        """
        ...
