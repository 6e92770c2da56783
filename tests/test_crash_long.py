"""The promise at its full size: 100,000 articles, killed again and again, then read to the end.

`python -m pytest -m slow -s` runs it and prints its figures. `QA_CRASH_ARTICLES` takes fewer, at
least 5,000: below that nothing is stored when it is killed.
"""

import json
import os
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
from index.vector_file import FILE_NAME as VECTORS
from tests.fakes import HashedEmbedder
from tests.test_crash import everything

pytestmark = pytest.mark.slow

ARTICLES = int(os.environ.get("QA_CRASH_ARTICLES") or 100_000)
KILLS = 12
INGEST = """
import sys, ingest
from tests.fakes import HashedEmbedder
sys.exit(ingest.main(sys.argv[1:], load=HashedEmbedder))
"""
WORDS = [f"{first}{second}" for first in "ba de fi go lu me no pa ri so tu ve".split()
         for second in "ban del fin gor lum mes nol par ris sot tum ven".split()]  # fmt: skip


def lines(count: int) -> Iterator[dict[str, object]]:
    """Articles; some are corrected or killed later on, some copied by another source."""
    chance = random.Random(17)
    told: dict[int, str] = {}
    for n in range(count):
        text = ". ".join(" ".join(chance.choices(WORDS, k=9)).capitalize() for _ in range(5)) + "."
        minute = f"T{n // 60 % 24:02}:{n % 60:02}:00Z"
        told[n % 100] = text
        record = {"id": f"a{n}", "title": text[:40], "source": "Sarn Gazette", "edition": 1}
        yield {**record, "text": text, "published": f"2023-09-04{minute}"}
        if n % 9 == 8:
            later = {"text": f"{told[n % 100 - 5]} Corrected." if n % 100 > 5 else "Corrected."}
            yield {**record, **later, "id": f"a{n - 5}", "edition": 2, "updated": "2023-09-06"}
        if n % 31 == 30:
            yield {"id": f"a{n - 20}", "status": "canceled", "updated": "2023-09-07"}
        if n % 100 == 99:
            copy = {"id": f"copy{n}", "source": "The Lantern", "text": told[90]}
            yield {**record, **copy, "title": told[90][:40], "published": f"2023-09-05{minute}"}
        if n % 1000 == 7:
            yield {"id": f"nobody{n}", "status": "withheld"}


def ingest(corpus: Path, data: Path, *, kill_after: float | None = None) -> tuple[int, float]:
    """Run the command; returns its exit status (or minus the signal) and its seconds."""
    command = [sys.executable, "-c", INGEST, str(corpus), "--data", str(data)]
    begun = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            process.communicate(timeout=kill_after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
    return process.returncode, time.monotonic() - begun


def stored(data: Path) -> int:
    if not (data / FILE_NAME).exists():
        return 0
    with closing(sqlite3.connect(data / FILE_NAME)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM revisions").fetchone()[0])
        except sqlite3.OperationalError:  # killed before the tables were there
            return 0


def rejected(data: Path) -> list[tuple[str, str]]:
    listed = map(json.loads, (data / "rejected.jsonl").read_text().splitlines())
    return sorted((line["position"], line["reason"]) for line in listed)


def hits(data: Path) -> list[list[tuple[str, float]]]:
    """What searches find, through a vector index made anew from what was stored."""
    (data / VECTORS).unlink(missing_ok=True)
    archive = Archive.open(data, HashedEmbedder())
    chance = random.Random(19)
    found = []
    for _ in range(20):
        query = Query(" ".join(chance.choices(WORDS, k=6)), limit=10)
        ranked = [(hit.passage.article.id, round(hit.score, 6)) for hit in archive.search(query)]
        found.append(sorted(ranked))
    archive.close()
    return found


def test_100_000_articles_killed_at_any_moment_end_as_if_nothing_had_happened(
    tmp_path: Path,
) -> None:
    corpus = tmp_path / "stories.jsonl"
    with corpus.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines(ARTICLES))
    status, seconds = ingest(corpus, tmp_path / "whole")
    assert status == 1  # for the kills of nothing
    whole = everything(tmp_path / "whole")
    _, again = ingest(corpus, tmp_path / "whole")  # what passing over everything takes
    assert everything(tmp_path / "whole") == whole
    clock = random.Random(23)
    after, killed = [0], tmp_path / "killed"
    for _ in range(KILLS):
        there = after[-1] / whole["revisions"][0]
        wait = there * again + clock.uniform(0, 0.12) * seconds
        status, _ = ingest(corpus, killed, kill_after=wait)
        assert status == -signal.SIGKILL, "it was done before it was killed"
        after.append(stored(killed))
    assert after == sorted(after)
    status, rest = ingest(corpus, killed)
    assert status == 1
    sys.stdout.write(
        f"\n{ARTICLES} articles in {seconds:.0f} s, read again in {again:.0f} s; "
        f"killed with {after[1:]} revisions stored; "
        f"the last run took {rest:.0f} s; rows: "
        + ", ".join(f"{name} {rows}" for name, (rows, _) in whole.items())
        + "\n"
    )
    assert everything(killed) == whole
    assert rejected(killed) == rejected(tmp_path / "whole")
    assert hits(killed) == hits(tmp_path / "whole")
    assert 0 < after[-1] < whole["revisions"][0]
