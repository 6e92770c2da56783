"""The front door to everything stored: add, remove, search, read.

Several threads may use one `Archive`, and several processes one folder: each sees what the others
have committed at its next call.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.copies import bands
from index.database import Database
from index.documents import Article
from index.fetch import (
    Counts,
    Revision,
    SourceCount,
    count_sources,
    fetch_article,
    fetch_articles,
    fetch_history,
)
from index.instants import instant
from index.latest import Latest
from index.queries import Hit, Query
from index.rank import Recipe
from index.reembed import active_embedder, drop_inactive, fill, register, switch
from index.search import RECIPE, Reranker, Sight, article_rows, search
from index.split import split
from index.store import Embedded, Stored, settled, store, withdraw

if TYPE_CHECKING:  # it loads PyTorch, which only an embedder that is one of its models needs
    from index.embed import Embedder

# Embedded and committed together: enough for the embedder to sort them by length, few enough that
# a crash costs seconds of work and that another writer never waits for long.
BATCH_PASSAGES = 256
BATCH_ARTICLES = 512

NOTHING = np.empty((0, 0), dtype=np.float16)  # the vectors of a kill notice


def _utc() -> datetime:
    return datetime.now(UTC)


class Archive:
    """Articles in every version, and the means to find passages in the current ones."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        embedder: "Embedder",
        clock: Callable[[], datetime],
        reranker: Reranker | None,
    ) -> None:
        self._clock = clock
        self._reranker = reranker
        self._database = database
        self._embedder = embedder
        self._latest = Latest(database, folder, clock)
        with database.write() as connection:
            self._own = register(connection, embedder.fingerprint, embedder.dimension)

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: "Embedder",
        *,
        clock: Callable[[], datetime] = _utc,
        reranker: Reranker | None = None,
    ) -> "Archive":
        """Open the archive in the folder, or make an empty one; embargoes end by the clock.

        A reranker puts the best that every search finds in its own order. Raises
        ArchiveMismatch if the folder holds something else or another schema made it.
        """
        return cls(Database(folder), folder, embedder, clock, reranker)

    def close(self) -> None:
        """Let go of the files; everything stored is already on the disk."""
        self._latest.close()
        self._database.close()

    def add(self, articles: Iterable[Article]) -> Iterator[Stored]:
        """Store articles and yield what became of each, in order, once that is on the disk.

        A kill notice (a status other than "usable") withdraws the article that it names. One that
        is already current costs one look-up. Raises ArchiveLocked.
        """
        batch: dict[str, Article | Stored] = {}  # by article id, in the order they came
        passages = 0
        for article in articles:
            if article.id in batch or len(batch) == BATCH_ARTICLES or passages >= BATCH_PASSAGES:
                yield from self._commit(batch)
                batch, passages = {}, 0
            batch[article.id] = self._settled(article) or article
            if isinstance(batch[article.id], Article):
                passages += 1 + len(article.text) // 1000
        yield from self._commit(batch)

    def remove(self, article_id: str) -> None:
        """Withdraw an article: its texts are erased in every version, a tombstone stays.

        Raises NoSuchArticle, and ArticleWithdrawn when it already was.
        """
        with self._database.write() as connection:
            withdraw(connection, article_id, now=self._now())

    def search(self, query: Query, *, recipe: Recipe = RECIPE) -> list[Hit]:
        """Return the passages that fit best, best first; what was committed before is found."""
        vector = self._embedder.embed_query(query.text)
        with self._database.read() as connection:
            snapshot = self._latest.seen_by(connection)
            sight = Sight(snapshot, connection, self._clock().date(), recipe, self._reranker)
            # Vectors of another embedder are of another space.
            return search(query, vector if snapshot.embedder == self._own else None, sight)

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the cosine between a question and each of some texts, such as sentences."""
        if not texts:
            return []
        cosines = self._embedder.embed_texts(texts) @ self._embedder.embed_query(question)
        return [float(cosine) for cosine in cosines]

    def count_undated(self, query: Query) -> int:
        """Return how many articles a dated query leaves out because they have no date."""
        with self._database.read() as connection:
            excluded = article_rows(connection, query.exclude_articles)
            return self._latest.seen_by(connection).columns.count_undated(query, excluded)

    def article(self, article_id: str, version: str | None = None) -> Article:
        """Return an article, by default in its current version.

        Raises NoSuchArticle and ArticleWithdrawn.
        """
        with self._database.read() as connection:
            return fetch_article(connection, article_id, version, now=self._now())

    def history(self, article_id: str) -> list[Revision]:
        """Return the revisions of an article, oldest first; raises NoSuchArticle."""
        with self._database.read() as connection:
            return fetch_history(connection, article_id, now=self._now())

    def articles(
        self, *, after: str | None = None, limit: int = 50, source: str | None = None
    ) -> list[Article]:
        """Return current articles in the order of their ids, from the first id past `after`."""
        with self._database.read() as connection:
            return fetch_articles(
                connection, after=after, limit=limit, source=source, now=self._now()
            )

    def sources(self) -> list[SourceCount]:
        """Return the sources of the current articles, the one with most articles first."""
        with self._database.read() as connection:
            return count_sources(connection, now=self._now())

    def counts(self) -> Counts:
        """Return how many current articles and passages are searched."""
        with self._database.read() as connection:
            return self._latest.seen_by(connection).columns.counts()

    def is_stale(self) -> bool:
        """Whether the vectors are another embedder's, so that `reembed` has to be called."""
        with self._database.read() as connection:
            return active_embedder(connection).n != self._own

    def reembed(self) -> Iterator[int]:
        """Embed every article anew and switch to the new vectors at once at the end.

        Yields how many articles are still to do. Until the switch search goes by words alone, and
        articles that are added wait for it. Stopped half-way, it goes on where it stopped.
        """
        yield from fill(self._database, self._own, self._prepare)
        with self._database.write() as connection:
            switch(connection, self._own)
        drop_inactive(self._database)

    def _now(self) -> int:
        return instant(self._clock())

    def _settled(self, article: Article) -> Stored | None:
        with self._database.read() as connection:
            return settled(connection, article)

    def _commit(self, batch: dict[str, Article | Stored]) -> list[Stored]:
        new = [article for article in batch.values() if isinstance(article, Article)]
        kills = [Embedded(kill, (), NOTHING) for kill in new if kill.status != "usable"]
        usable = [article for article in new if article.status == "usable"]
        prepared = {item.article.id: item for item in (*self._prepare(usable), *kills)}
        if not prepared:
            return [done for done in batch.values() if isinstance(done, Stored)]
        with self._database.write() as connection:
            now = self._now()
            return [
                done
                if isinstance(done, Stored)
                else store(connection, self._own, prepared[key], now=now)
                for key, done in batch.items()
            ]

    def _prepare(self, articles: list[Article]) -> list[Embedded]:
        """Split and embed articles, all their passages in one call of the embedder."""
        cut = [split(article, count_tokens=self._embedder.count_tokens) for article in articles]
        passages = [passage for run in cut for passage in run]
        if not passages:
            return []
        vectors = self._embedder.embed_passages(passages).astype("<f2")
        ends = np.cumsum([len(run) for run in cut])[:-1]
        return [
            Embedded(article, run, rows, bands(article.text))
            for article, run, rows in zip(articles, cut, np.split(vectors, ends), strict=True)
        ]
