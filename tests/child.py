"""A small stand-in for the child process, and the embedded model that asks a child."""

import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from qa_service.answers import Prompt, Usage
from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import EmbeddedLLM

PROMPT = Prompt("You answer in one sentence.", "Which city is the capital of France?", {})

# Keeps to the child's side of the agreement and streams "I am <its process id>". Asked to "hang"
# it says one word and stops there.
STAND_IN = """
import http.server, json, os, sys, threading, time

key = sys.stdin.readline().strip()

class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.headers["authorization"] != "Bearer " + key:
            return self.send_error(401)
        self.send_response(200)
        self.end_headers()
        self.say("I am ", None)
        if "hang" in body["messages"][-1]["content"]:
            time.sleep(60)
        self.say(str(os.getpid()), "stop")
    def say(self, text, finish):
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": finish}
        self.wfile.write(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\\n\\n")

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("http://127.0.0.1:%d" % server.server_port, flush=True)
print("x" * 200_000, file=sys.stderr)
sys.stdin.read()
os._exit(0)
"""


def stand_in(code: str = STAND_IN, *, pause: float = 0.3) -> EmbeddedServer:
    return EmbeddedServer(Path("stand-in.gguf"), child=(sys.executable, "-c", code), pause=pause)


@asynccontextmanager
async def running(server: EmbeddedServer) -> AsyncIterator[EmbeddedLLM]:
    llm = EmbeddedLLM(server)
    llm.start()
    try:
        yield llm
    finally:
        await llm.stop()


async def said(llm: EmbeddedLLM, prompt: Prompt = PROMPT, *, max_tokens: int = 20) -> str:
    pieces = [part async for part in llm.complete(prompt, max_tokens=max_tokens)]
    assert isinstance(pieces[-1], Usage)
    return "".join(part for part in pieces if isinstance(part, str))


HANG = Prompt("", "hang", {})


async def begin(llm: EmbeddedLLM, prompt: Prompt = HANG) -> AsyncGenerator[str | Usage]:
    """A request that has got its first piece and holds the slot until it is closed."""
    pieces = llm.complete(prompt, max_tokens=200)
    await anext(pieces)
    return pieces


PARENT = """
import asyncio, sys
from pathlib import Path
from qa_service.embedded import EmbeddedServer
from qa_service.embedded_llm import EmbeddedLLM

async def main():
    child = sys.argv[2:] and {"child": (sys.executable, "-c", sys.argv[2])} or {}
    server = EmbeddedServer(Path(sys.argv[1]), **child)
    server.start()
    await server.ensure_alive()
    print('ready', flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


def kill_the_parent(*arguments: str) -> set[int]:
    """Start a parent with these arguments, kill it, and return the children that it had."""
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *arguments], stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"ready\n"
        path = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
        grandchildren = {int(pid) for pid in path.read_text().split()}
        parent.kill()
    return grandchildren
