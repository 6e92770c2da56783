"""It never breaks: full disks, everything deleted, two processes, growth while searches go on."""

import json
import resource
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

import index.vectors
from index.archive import Archive
from index.fetch import Counts
from index.queries import Query
from index.vector_file import load, save
from index.vectors import lists_for, no_vectors
from tests.fakes import HashedEmbedder, make_article

FULL = """
import resource, sys
from pathlib import Path
import sqlite3
from index.archive import Archive
from tests.fakes import HashedEmbedder, make_article

archive = Archive.open(Path(sys.argv[1]), HashedEmbedder())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    list(archive.add(make_article(f"Storm {n} " * 90, id=f"b{n}") for n in range(500)))
except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
    print("full:", error)
"""
INGEST = """
import json, sys
from pathlib import Path
from index.archive import Archive
from tests.fakes import HashedEmbedder, make_article

archive = Archive.open(Path(sys.argv[1]), HashedEmbedder())
for n in range(40):
    article = make_article(f"Storm number {n} of {sys.argv[2]}.", id=f"{sys.argv[2]}{n}")
    for stored in archive.add([article]):
        print(json.dumps([stored.article_id, stored.version]), flush=True)
"""


def add(archive: Archive, count: int, prefix: str = "a") -> None:
    list(archive.add(make_article(f"Storm {n} came.", id=f"{prefix}{n}") for n in range(count)))


def run(code: str, *arguments: object) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path, HashedEmbedder())
    add(archive, 5)
    archive.close()
    size = (tmp_path / "archive.sqlite").stat().st_size
    said, _ = run(FULL, tmp_path, size + 60_000).communicate(timeout=60)
    assert said.startswith(b"full:"), said
    archive = Archive.open(tmp_path, HashedEmbedder())
    stored = archive.counts().articles
    assert stored >= 5
    assert len(archive.articles(limit=1000)) == stored
    assert archive.search(Query("Storm 3"))[0].passage.article.id == "a3"
    add(archive, 5, "later")  # and with room again it goes on
    assert archive.counts().articles == stored + 5
    archive.close()


def test_a_vector_file_that_finds_no_room_leaves_the_old_one(tmp_path: Path) -> None:
    random = np.random.default_rng(1).normal(size=(2000, 64)).astype("<f2")
    numbers = np.arange(1, 2001, dtype=np.int64)
    small = no_vectors(64).extended([(numbers[:10], random[:10])]).merged()
    large = no_vectors(64).extended([(numbers, random)]).merged()
    save(small, tmp_path, key="k")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(OSError, match=r"large|space"):
            save(large, tmp_path, key="k")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]
    assert load(tmp_path, key="k", dimension=64).vectors.last_number == 10


def test_everything_can_be_deleted_and_put_back(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path, HashedEmbedder())
    add(archive, 30)
    assert archive.search(Query("Storm 7"))
    for n in range(30):
        archive.remove(f"a{n}")
    assert (archive.search(Query("Storm 7")), archive.counts()) == ([], Counts(0, 0))
    archive.close()
    archive = Archive.open(tmp_path, HashedEmbedder())
    assert (archive.search(Query("Storm 7")), archive.counts()) == ([], Counts(0, 0))
    add(archive, 1)
    assert len(archive.search(Query("Storm"))) == 1
    archive.close()


def test_two_processes_write_while_this_one_searches(tmp_path: Path) -> None:
    archive = Archive.open(tmp_path, HashedEmbedder())
    add(archive, 3)
    writers = [run(INGEST, tmp_path, name) for name in ("x", "y")]
    searches = 0
    while any(writer.poll() is None for writer in writers):
        hits = archive.search(Query("Storm number", limit=200))
        assert len({hit.passage.article.id for hit in hits}) == len(hits)
        searches += 1
    acknowledged = []
    for writer in writers:
        said, failed = writer.communicate()
        assert writer.returncode == 0, failed
        acknowledged += [json.loads(line) for line in said.splitlines()]
    assert (len(acknowledged), searches > 0) == (80, True)
    for article_id, version in acknowledged:
        assert archive.article(article_id).version == version
    found = {hit.passage.article.id for hit in archive.search(Query("Storm number", limit=200))}
    assert {article_id for article_id, _ in acknowledged} <= found
    archive.close()


def test_the_index_grows_into_lists_while_searches_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.vectors, "EXACT_LIMIT", 300)
    monkeypatch.setattr(index.vectors, "EXACT_ADMITTED", 20)
    monkeypatch.setattr(index.vectors, "TAIL_LENGTH", 200)
    archive = Archive.open(tmp_path, HashedEmbedder())
    failed: list[BaseException] = []

    def search() -> None:
        try:
            for n in range(60):
                archive.search(Query(f"Storm {n}"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for start in range(0, 900, 100):
        list(archive.add(
            make_article(f"Storm {n} at {n * 7}.", id=f"a{n}") for n in range(start, start + 100)
        ))  # fmt: skip
    for thread in threads:
        thread.join()
    archive.search(Query("Storm"))
    archive.close()  # waits for what grows
    assert failed == []
    again = Archive.open(tmp_path, HashedEmbedder())
    (hit, *_) = again.search(Query("Storm 512 at 3584."))
    assert hit.passage.article.id == "a512"
    assert again._latest.snapshot is not None
    assert index.vectors._lists(again._latest.snapshot.vectors.base.index) > 1
    only = again.search(Query("Storm", exclude_articles=tuple(f"a{n}" for n in range(899))))
    assert [hit.passage.article.id for hit in only] == ["a899"]
    again.close()


@pytest.mark.parametrize(("count", "lists"), [(0, 1), (200_000, 1), (200_001, 1024), (10**6, 2048)])
def test_the_kind_of_index_follows_from_its_size(count: int, lists: int) -> None:
    assert lists_for(count) == lists
