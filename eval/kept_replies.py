"""A language model whose replies are kept in a file: the same prompt is never put to it twice.

So what is made of the replies can be compared without waiting for the model again.
"""

from collections.abc import AsyncGenerator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from eval.json_lines import append_line, whole_lines
from qa_service.answers import Prompt, Usage
from qa_service.llm import LLM


class KeptReplies:
    """Replies from a file of JSON lines; what it lacks is asked and added."""

    def __init__(self, llm: LLM, path: Path) -> None:
        self.name = llm.name
        self._llm, self._path = llm, path
        self._kept = {line["prompt"]: line for line in whole_lines(path)}

    async def complete(self, prompt: Prompt, *, max_tokens: int) -> AsyncGenerator[str | Usage]:
        """Yield the kept reply whole, or the model's own in pieces; then the usage."""
        key = sha256(f"{self.name}\0{prompt.system}\0{prompt.user}\0{max_tokens}".encode())
        if kept := self._kept.get(key.hexdigest()):
            yield kept["reply"]
            yield Usage(**kept["usage"])
            return
        pieces, usage = [], Usage()
        async for piece in self._llm.complete(prompt, max_tokens=max_tokens):
            if isinstance(piece, Usage):
                usage = piece
            else:
                pieces.append(piece)
            yield piece
        self._keep({"prompt": key.hexdigest(), "reply": "".join(pieces), "usage": asdict(usage)})

    def _keep(self, line: dict[str, object]) -> None:
        self._kept[str(line["prompt"])] = line
        append_line(self._path, line)
