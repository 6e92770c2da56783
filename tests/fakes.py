"""Real objects that stand in for the heavy ones: quick, deterministic, with the same contract."""

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Passage
from qa_service.answers import Prompt, Usage
from qa_service.prompts import NOT_TOLD, READ_ALONE


def make_article(text: str, **fields: object) -> Article:
    """An article as a test needs it; id and version are readable, not hashed."""
    defaults: dict[str, object] = {
        "id": "a1",
        "version": hashlib.sha256(text.encode()).hexdigest(),
        "title": "A headline",
        "source": "The Daily Example",
        "published": date(2023, 9, 4),
        "language": "en",
    }
    return Article(text=text, **{**defaults, **fields})  # type: ignore[arg-type]


class ScriptedLLM:
    """Replies what it was told to, in pieces, and remembers the prompts it was given.

    Asked to read a quote again it says what it said last, and that a passage tells nothing, unless
    that is in its script, too.
    """

    name = "scripted"

    def __init__(self, *replies: str | Exception, rereads: bool = False) -> None:
        self.replies = deque(replies)
        self.prompts: list[Prompt] = []
        self.rereads = rereads
        self.said = ""

    def enqueue(self, reply: str | Exception) -> None:
        self.replies.append(reply)

    async def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        if prompt.system == READ_ALONE and not self.rereads:
            yield NOT_TOLD if prompt.sentences else self.said
            return
        self.prompts.append(prompt)
        reply = self.replies.popleft()
        if isinstance(reply, Exception):
            raise reply
        self.said = reply
        for start in range(0, len(reply), 7):  # 7: pieces that cut ids and words in two
            await asyncio.sleep(0)
            yield reply[start : start + 7]
        yield Usage(prompt_tokens=len(prompt.user) // 4, completion_tokens=len(reply) // 4)


class HashedEmbedder:
    """A bag of hashed words: texts that share words are near. No model, no download."""

    fingerprint = "hashed-words-64"
    dimension = 64

    def embed_passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        return self.embed_texts([f"{p.article.title} {p.text}" for p in passages])

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.full(self.dimension, 1e-6, dtype=np.float32)
        for word in text.casefold().split():
            digest = hashlib.blake2b(word.encode(errors="surrogatepass"), digest_size=4).digest()
            vector[int.from_bytes(digest) % self.dimension] += 1
        return vector / np.float32(np.linalg.norm(vector))

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]
