"""How fast, how much memory, and how near to exact: the parts that `python -m eval bench` measures.

Times are wall clock; where it says so the processor's own time stands beside them, since a machine
may be shared. Knows nothing of answers.
"""

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer

from index.archive import Archive
from index.columns import Numbers
from index.documents import Article
from index.embed import BATCH_SIZE, Embedder, embedded_text
from index.queries import Query
from index.split import split
from index.vectors import Vectors

# The columns of each kind of part, after what was measured.
HEADINGS = {
    "beside": ("Hits@1", "MRR@10", "a search", "processor", "indexed in", "memory"),
    "ingest": ("",),
    "made": ("",),
    "search": ("",),
}
CLIENTS = 32
TOP = 10
RECALLED = 50  # questions
# Of ten made-up years: half of the passages, and one in twelve hundred of them.
FILTERS = {
    "no filter": Query(""),
    "five years": Query("", since=date(2018, 1, 1), until=date(2023, 1, 1)),
    "three days": Query("", since=date(2020, 5, 1), until=date(2020, 5, 4)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured, in words."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds, by the clock and of the processor."""

    wall: float
    cpu: float


def took(work: Callable[[], object]) -> Took:
    """Time a piece of work."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - cpu)


def memory() -> str:
    """What the process takes now, and took at most, in GB."""
    now = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return f"{now / 1e9:.2f} GB now, {most / 1e9:.2f} GB at most"


def ingest(
    folder: Path, articles: Sequence[Article], embedder: Embedder, model: SentenceTransformer
) -> list[Row]:
    """Compare an ingest with the model alone on the same texts, one after the other."""
    passages = [p for a in articles for p in split(a, count_tokens=embedder.count_tokens)]
    texts = [embedded_text(passage) for passage in passages]
    model.encode(texts[:BATCH_SIZE], batch_size=BATCH_SIZE)
    with closing(Archive.open(folder, embedder)) as archive:
        raw = took(lambda: model.encode(texts, batch_size=BATCH_SIZE, normalize_embeddings=True))
        whole = took(lambda: list(archive.add(articles)))
        again = took(lambda: list(archive.add(articles)))
    return [
        Row("SentenceTransformer.encode alone", f"{len(texts) / raw.wall:.1f} passages/s"),
        Row("ingest, end to end", f"{len(texts) / whole.wall:.1f} passages/s"),
        Row(
            "of the raw throughput",
            f"{raw.wall / whole.wall:.0%}; by processor time {raw.cpu / whole.cpu:.0%}",
        ),
        Row("unchanged articles", f"{len(articles) / again.wall:,.0f} articles/s"),
    ]


def searching(folder: Path, questions: Sequence[str], embedder: Embedder) -> list[Row]:
    """Restart, search with one client and with many, add an article."""
    rows: list[Row] = []
    embedder.embed_query(questions[0])
    with closing(Archive.open(folder, embedder)) as archive:
        ready = took(lambda: archive.search(Query(questions[0])))
        rows.append(
            Row("restart to first hits", f"{ready.wall:.2f} s; processor {ready.cpu:.2f} s")
        )
        took(lambda: [archive.search(Query(question)) for question in questions])
        rows.append(Row("embedding the question alone", latency(embedder.embed_query, questions)))
        for name, dates in FILTERS.items():
            rows.append(
                Row(f"search, 1 client, {name}", latency(_search(archive, dates), questions))
            )
        rows.append(Row(f"search, {CLIENTS} clients, no filter", _crowd(archive, questions)))
        rows.append(Row("one article added: stored, then found", _added(archive)))
        for name, filters in FILTERS.items():
            rows.append(Row(f"recall@{TOP}, {name}", _recall(archive, filters, questions)))
        rows.append(Row("memory, model and libraries included", memory()))
    return rows


def settle(folder: Path, embedder: Embedder) -> list[Row]:
    """Let the vectors be put in their lasting form, as the service does on the side."""
    archive = Archive.open(folder, embedder)
    first = took(lambda: archive.search(Query("first")))
    grown = took(archive.close)
    return [
        Row("first start, without a vector file", f"{first.wall:.1f} s to first hits"),
        Row("building it, while searches go on", f"{grown.wall:.0f} s; {memory()}"),
    ]


def _search(archive: Archive, filters: Query) -> Callable[[str], object]:
    return lambda question: archive.search(replace(filters, text=question, limit=12))


def latency(ask: Callable[[str], object], questions: Sequence[str]) -> str:
    """Return the times of one question after another."""
    times = [took(lambda q=question: ask(q)) for question in questions]  # type: ignore[misc]
    return (
        f"{percentiles([t.wall for t in times])}; processor {percentiles([t.cpu for t in times])}"
    )


def _crowd(archive: Archive, questions: Sequence[str]) -> str:
    search = _search(archive, Query(""))
    with ThreadPoolExecutor(CLIENTS) as pool:
        times: list[Took] = []
        found: list[object] = []

        def client(question: str) -> None:
            times.append(took(lambda: found.append(search(question))))

        whole = took(lambda: list(pool.map(client, questions)))
    served = len(questions) / whole.wall
    return (
        f"{percentiles([t.wall for t in times])}; {served:.0f} a second, "
        f"{len(found)} of {len(questions)} answered"
    )


def _added(archive: Archive) -> str:
    article = Article("bench-new", "f" * 64, "Zugzwang in Quillhaven", "The zugzwang came at noon.")
    stored = took(lambda: list(archive.add([article])))
    hits: list[str] = []
    found = took(
        lambda: hits.extend(h.passage.article.id for h in archive.search(Query("zugzwang")))
    )
    archive.remove(article.id)
    gone = took(lambda: archive.search(Query("zugzwang")))
    assert hits[0] == article.id
    times = [f"{t.wall * 1e3:.0f} ms" for t in (stored, found, gone)]
    return f"{times[0]}, then {times[1]}; next search after it was removed {times[2]}"


def _recall(archive: Archive, filters: Query, questions: Sequence[str]) -> str:
    """Compare the nearest vectors that a search reads with those of a scan of all."""
    snapshot = archive._latest.snapshot
    assert snapshot is not None
    allowed = snapshot.columns.matching(filters)
    asked = [archive._embedder.embed_query(question) for question in questions[:RECALLED]]
    exact = _exact(snapshot.vectors, np.stack(asked), snapshot.columns.passage[allowed])
    shares = [
        len({n for n, _ in snapshot.search_vectors(vector, TOP, allowed)} & nearest) / len(nearest)
        for vector, nearest in zip(asked, exact, strict=True)
    ]
    return f"{np.mean(shares):.3f} over {len(shares)} questions, {int(allowed.sum()):,} passages"


def _exact(vectors: Vectors, asked: NDArray[np.float32], numbers: Numbers) -> list[set[int]]:
    """Return the nearest passages of each question, by scoring every one of those admitted."""
    best: list[list[tuple[float, int]]] = [[] for _ in asked]
    for some, rows in (part for run in (vectors.base, vectors.tail) for part in run.rows()):
        chosen = np.isin(some, numbers, assume_unique=True)
        cosines, places = rows[chosen].astype(np.float32) @ asked.T, some[chosen]
        for question in range(len(asked)):
            top = np.argsort(-cosines[:, question])[:TOP]
            found = zip(cosines[top, question].tolist(), places[top].tolist(), strict=True)
            best[question] = sorted([*best[question], *found], reverse=True)[:TOP]
    return [{number for _, number in pairs} for pairs in best]


def percentiles(seconds: Sequence[float]) -> str:
    """Return the median and the 95th percentile."""
    middle, late = np.percentile(np.array(seconds) * 1e3, [50, 95])
    return f"p50 {middle:.1f} ms, p95 {late:.1f} ms"
