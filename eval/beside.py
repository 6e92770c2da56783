"""Our search beside what else one might pick: the same passages, vectors, model and questions.

Nothing is embedded but the questions, so that many passages can be afforded. Knows no made-up
archives and no ingest.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from eval.bench import HEADINGS, Row, Took, memory, percentiles, took
from eval.cases import Case
from eval.opening import every_article
from eval.peers import PEERS, TOP, Search, Vectors
from index.archive import Archive
from index.copies import bands
from index.database import Database
from index.documents import Article, Passage, Span
from index.embed import Embedder, embedded_text
from index.instants import instant
from index.queries import Query
from index.reembed import register
from index.store import Embedded, store

TIMED = 150  # questions; all of them count for quality

VECTORS = """
SELECT a.id, p.start, p."end", p.vector FROM articles a JOIN passages p ON p.revision = a.revision
JOIN embedders e ON e.n = p.embedder WHERE e.active ORDER BY a.id, p.start
"""


@dataclass(frozen=True, slots=True)
class Given:
    """What every system is given."""

    passages: list[Passage]
    vectors: Vectors
    cases: list[Case]  # those that some of the articles answer


def given(folder: Path, embedder: Embedder, cases: Sequence[Case], count: int) -> Given:
    """Read so many articles of an archive, those that answer the questions first."""
    with closing(Archive.open(folder, embedder)) as archive:
        wanted = {gold for case in cases for gold in golds(case)}
        every = sorted(every_article(archive), key=lambda article: article.id not in wanted)
    articles = {article.id: article for article in every[:count]}
    with closing(Database(folder)) as database, database.read() as connection:
        rows = [row for row in connection.execute(VECTORS) if row[0] in articles]
    passages = [Passage(articles[name], Span(start, end)) for name, start, end, _ in rows]
    vectors = np.frombuffer(b"".join([blob for *_, blob in rows]), dtype="<f2")
    asked = [case for case in cases if golds(case) & articles.keys()]
    if not asked:
        raise ValueError(f"{folder} has none of the articles that answer the questions")
    return Given(passages, vectors.reshape(len(rows), -1).astype(np.float32), asked)


def ours(folder: Path, of: Given, embedder: Embedder) -> list[Row]:
    """Measure our own search, without the questions' dates as the others, and with them."""
    archives: list[Archive] = []
    built = took(lambda: archives.append(_stored(folder, of, embedder)))
    (archive,) = archives
    dates = {case.question: case.as_of for case in of.cases}

    def names(query: Query) -> list[str]:
        return list(dict.fromkeys(hit.passage.article.id for hit in archive.search(query)))

    with closing(archive):
        return [
            _measured("ours", lambda q: names(Query(q, limit=TOP)), of, built),
            _measured(
                "ours, each question asked on its day",
                lambda q: names(Query(q, limit=TOP, as_of=dates[q])), of, built,
            ),
        ]  # fmt: skip


def peer(number: int, of: Given, model: SentenceTransformer) -> list[Row]:
    """Measure one of the others."""
    made: list[Search] = []
    texts = [embedded_text(passage) for passage in of.passages]
    try:
        built = took(lambda: made.append(PEERS[number].build(texts, of.vectors, model)))
    except ImportError as error:
        why = f"left out, not installed ({error}); pip install '.[bench]'"
        return [Row(PEERS[number].name, why)]

    def names(question: str) -> list[str]:
        return list(dict.fromkeys(of.passages[place].article.id for place in made[0](question)))

    return [_measured(PEERS[number].name, names, of, built)]


def golds(case: Case) -> set[str]:
    """Return the articles that answer a question."""
    return {gold.article_id for gold in case.gold if gold.article_id}


def _stored(folder: Path, of: Given, embedder: Embedder) -> Archive:
    """Make an archive of what is given, as an ingest does when all is embedded."""
    database, now = Database(folder), instant(datetime.now(UTC))
    with closing(database), database.write() as connection:
        row = register(connection, embedder.fingerprint, embedder.dimension)
        for article, start, end in _articles(of.passages):
            vectors = of.vectors[start:end].astype("<f2")
            item = Embedded(article, of.passages[start:end], vectors, bands(article.text))
            store(connection, row, item, now=now)
    archive = Archive.open(folder, embedder)
    archive.search(Query("first"))
    return archive


def _articles(passages: Sequence[Passage]) -> Iterator[tuple[Article, int, int]]:
    """Yield each article with the places of its passages, which follow each other."""
    start = 0
    for end in range(1, len(passages) + 1):
        if end == len(passages) or passages[end].article.id != passages[start].article.id:
            yield passages[start].article, start, end
            start = end


def _measured(name: str, search: Callable[[str], list[str]], of: Given, built: Took) -> Row:
    found: list[list[str]] = []
    times = [took(lambda q=case.question: found.append(search(q))) for case in of.cases[:TIMED]]  # type: ignore[misc]
    found += [search(case.question) for case in of.cases[TIMED:]]
    ranks = [_reciprocal(order, golds(case)) for order, case in zip(found, of.cases, strict=True)]
    cells = (
        f"{np.mean([rank == 1 for rank in ranks]):.3f}",
        f"{np.mean(ranks):.3f}",
        percentiles([time.wall for time in times]),
        percentiles([time.cpu for time in times]),
        f"{built.wall:.1f} s",
        memory(),
    )
    assert len(cells) == len(HEADINGS["beside"])
    return Row(name, " | ".join(cells))


def _reciprocal(order: Sequence[str], gold: set[str]) -> float:
    """Return the reciprocal of the first gold article's rank, 0 beyond the tenth."""
    return next((1 / rank for rank, name in enumerate(order[:10], start=1) if name in gold), 0.0)
