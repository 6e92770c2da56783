"""Promise 8: a crash at any instant loses nothing that was acknowledged."""

import hashlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.archive import Archive
from index.database import FILE_NAME
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


def story_lines() -> Iterator[dict[str, object]]:
    """Articles, some of them corrected later on, some of those killed, and kills of nothing."""
    for i in range(400):
        text = f"Storm number {i} came.\n\nIt went." * 5
        yield {
            "id": f"a{i}",
            "title": "Storm",
            "text": text,
            "updated": f"2023-09-04T10:{i % 60:02}Z",
        }
        if i % 7 == 3:
            later = {"text": f"{text} It came back.", "updated": f"2023-09-05T10:{i % 60:02}Z"}
            yield {"id": f"a{i - 2}", "title": "Storm", **later}
        if i % 11 == 5:
            yield {"id": f"a{i - 3}", "status": "canceled", "updated": "2023-09-06T10:00Z"}
        if i % 50 == 9:
            yield {"id": f"nobody{i}", "status": "canceled"}


OF_PASSAGES = "JOIN revisions r ON r.number = p.revision JOIN articles a ON a.n = r.article"
# All that an archive holds, but for when it came and under which numbers it is kept.
EVERYTHING = {
    "articles": "SELECT a.id, r.status FROM articles a JOIN revisions r ON r.number = a.revision",
    "versions": "SELECT a.id, v.version, v.title, v.text, v.source, v.published, v.updated, "
    "v.notice, v.edition FROM versions v JOIN articles a ON a.n = v.article",
    "revisions": "SELECT a.id, r.status, v.version FROM revisions r "
    "JOIN articles a ON a.n = r.article LEFT JOIN versions v ON v.n = r.version",
    "passages": f'SELECT a.id, p.start, p."end", p.vector FROM passages p {OF_PASSAGES}',
    "words": "SELECT a.id, p.start, w.terms FROM words w JOIN passages p ON p.n = w.passage "
    f"{OF_PASSAGES}",
    "bands": "SELECT b.number, a.id FROM bands b JOIN articles a ON a.n = b.article",
    "stories": "SELECT a.id, first.id FROM stories s JOIN revisions r ON r.number = s.revision "
    "JOIN articles a ON a.n = r.article JOIN articles first ON first.n = s.story",
}


def everything(folder: Path) -> dict[str, tuple[int, str]]:
    """How many rows of each kind there are, and a digest of what stands in them."""
    found = {}
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        for name, sql in EVERYTHING.items():
            columns = len(connection.execute(f"{sql} LIMIT 0").description)
            order = ", ".join(str(n + 1) for n in range(columns))
            count, digest = 0, hashlib.sha256()
            for row in connection.execute(f"{sql} ORDER BY {order}"):
                count += 1
                digest.update(repr(row).encode())
            found[name] = (count, digest.hexdigest())
    return found


def test_a_killed_and_restarted_ingest_ends_with_what_an_uninterrupted_one_gives(
    tmp_path: Path,
) -> None:
    corpus = tmp_path / "stories.jsonl"
    corpus.write_text("".join(json.dumps(line) + "\n" for line in story_lines()))
    clock = random.Random(13)
    stored = []
    for _ in range(5):
        ingest_and_kill(corpus, tmp_path / "killed", seconds=clock.uniform(0, 0.15))
        stored.append(everything(tmp_path / "killed")["versions"][0])
    assert 0 < stored[0] < stored[-1]  # it was in the middle
    command = [sys.executable, "-c", INGEST, str(corpus), "--data"]
    for name in ("killed", "whole"):
        done = subprocess.run([*command, str(tmp_path / name)], capture_output=True, text=True)
        assert done.returncode == 1  # for the kills of nothing
        assert "rejected 8" in done.stdout
    killed, whole = everything(tmp_path / "killed"), everything(tmp_path / "whole")
    assert (whole["articles"][0], whole["versions"][0]) == (400, 457)
    assert killed == whole


def test_two_ingests_at_once_wait_for_each_other_and_lose_nothing(tmp_path: Path) -> None:
    halves = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    lines = [json.dumps(line) for line in story_lines() if "text" in line]
    for n, path in enumerate(halves):
        path.write_text("\n".join(lines[n::2]))
    command = [sys.executable, "-c", INGEST]
    running = [
        subprocess.Popen(
            [*command, str(path), "--data", str(tmp_path / "data")],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for path in halves
    ]
    told = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    archive = Archive.open(tmp_path / "data", HashedEmbedder())
    assert archive.counts().articles == 400
    archive.close()


def test_an_ingest_that_waits_too_long_says_why_not(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("The toll was eleven.")
    data = tmp_path / "data"
    Archive.open(data, HashedEmbedder()).close()
    impatient = f"import index.database\nindex.database.BUSY_SECONDS = 0.2\n{INGEST}"
    with closing(sqlite3.connect(data / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # another process, in the middle of a batch
        done = subprocess.run(
            [sys.executable, "-c", impatient, str(article), "--data", str(data)],
            capture_output=True,
            text=True,
        )
        other.execute("ROLLBACK")
    assert done.returncode == 2
    assert "another process has been writing to" in done.stderr
    assert "wait until it is done and try again" in done.stderr
