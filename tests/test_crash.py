"""Promise 8: a crash at any instant loses nothing that was acknowledged."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.archive import Archive
from index.queries import Query
from tests.fakes import HashedEmbedder

KILLS = 20
INGEST = """
import sys, ingest
from tests.fakes import HashedEmbedder
import index.archive
index.archive.BATCH_ARTICLES = 5  # many commits, so that a kill often falls into one
sys.exit(ingest.main(sys.argv[1:], load=HashedEmbedder))
"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    lines = (
        {"id": f"a{i}", "title": f"Storm {i}", "text": f"Storm number {i} came.\n\nIt went." * 9}
        for i in range(3000)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def ingest_and_kill(corpus: Path, data: Path, *, seconds: float) -> list[tuple[str, str]]:
    """Return what the ingest had acknowledged when it was killed."""
    command = [sys.executable, "-c", INGEST, str(corpus), "--data", str(data), "--acknowledge"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    first = process.stdout.readline()  # the clock starts once it is under way
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    lines = (
        (first + rest).decode().split("\n")[:-1]
    )  # what follows the last line end is half a line
    return [(words[1], words[2]) for words in map(str.split, lines) if words[:1] == ["stored"]]


def test_a_killed_ingest_loses_nothing_acknowledged(corpus: Path, tmp_path: Path) -> None:
    clock = random.Random(11)
    acknowledged: dict[str, str] = {}
    for _ in range(KILLS):
        done = ingest_and_kill(corpus, tmp_path, seconds=clock.uniform(0, 0.15))
        assert done, "the ingest was killed before it stored anything"
        acknowledged |= dict(done)
        archive = Archive.open(tmp_path, HashedEmbedder())
        for article_id, version in acknowledged.items():
            assert archive.article(article_id).version == version
        (hit, *_) = archive.search(Query(f"Storm {next(iter(acknowledged))[1:]}"))
        assert hit.passage.text
        stored = archive.counts()
        archive.close()
        assert stored.articles >= len(acknowledged)
        assert stored.passages >= stored.articles
    assert len(acknowledged) > 100
