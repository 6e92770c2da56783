"""Stored answers, without a word of any article: places are stored, words are looked up.

So a quote is always sliced from the stored article when an answer is read again, and deleting an
article needs no change here. `recall.py` puts the words back in.
"""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from index.errors import ArchiveMismatch
from index.instants import instant, parse_iso
from qa_service.errors import NotStored
from qa_service.told import Answer, ArticleHead, Citation

FILE_NAME = "answers.sqlite"
SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE answers (id TEXT PRIMARY KEY, created INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE INDEX answers_by_age ON answers (created);
"""
LOCK_TIMEOUT = 10  # seconds that one write waits for another


def without_words(answer: Answer) -> Answer:
    """Leave out of an answer whatever is an article's, and keep where it stands."""
    return answer.model_copy(
        update={
            "citations": [_citation(citation) for citation in answer.citations],
            "related": [
                hit.model_copy(update={"text": "", "article": _head(hit.article)})
                for hit in answer.related
            ],
        }
    )


class AnswerStore:
    """Answers by id, for as long as they are kept; may be used from several threads."""

    def __init__(self, connection: sqlite3.Connection, *, retention_days: int) -> None:
        self._connection = connection
        self._lock = Lock()
        self.retention_days = retention_days

    @classmethod
    def open(cls, folder: Path, *, retention_days: int) -> "AnswerStore":
        """Open or make the file in the folder and delete what is too old."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE_NAME
        path.touch(mode=0o600)  # questions are for the service's own user to read
        connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, check_same_thread=False)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
        store = cls(connection, retention_days=retention_days)
        store.purge()
        return store

    def save(self, answer: Answer) -> None:
        """Keep an answer without an article's words; on return it is on the disk.

        At 0 days of retention nothing is kept.
        """
        if self.retention_days == 0:
            return
        created = instant(parse_iso(answer.created))
        row = (answer.id, created, without_words(answer).model_dump_json())
        with self._lock, self._connection as connection:
            connection.execute("INSERT INTO answers VALUES (?, ?, ?)", row)

    def load(self, answer_id: str) -> Answer:
        """Return an answer as it was kept; raises `NotStored` when it is unknown or too old."""
        with self._lock:
            row = self._connection.execute(
                "SELECT body FROM answers WHERE id = ? AND created > ?",
                (answer_id, self._oldest()),
            ).fetchone()
        if row is None:
            kept = f"kept for {self.retention_days} days" if self.retention_days else "not stored"
            raise NotStored(
                f"No answer {answer_id!r} is stored: answers are {kept} (QA_RETENTION_DAYS). "
                "Ask the question again."
            )
        return Answer.model_validate_json(row[0])

    def purge(self) -> int:
        """Delete the answers that are too old, and tell how many they were."""
        with self._lock, self._connection as connection:
            deleted = connection.execute(
                "DELETE FROM answers WHERE created <= ?", (self._oldest(),)
            ).rowcount
        if deleted:  # what is deleted shall not live on in the write-ahead log
            with self._lock:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return deleted

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _oldest(self) -> int:
        now = datetime.now(UTC)
        return instant(now - timedelta(days=self.retention_days))


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in _statements(SCHEMA):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif version != SCHEMA_VERSION:
            raise ArchiveMismatch(
                f"{path} has schema {version}, this service writes {SCHEMA_VERSION}: start the "
                "version of the service that made it, or move the file away"
            )


def _statements(script: str) -> Iterable[str]:
    return (s for s in script.split(";") if s.strip())


def _citation(citation: Citation) -> Citation:
    return citation.model_copy(
        update={
            "quote": None,
            "context": [place.model_copy(update={"quote": None}) for place in citation.context],
            "now": None,
            "notice": None,
            "also_in": [_head(article) for article in citation.also_in],
            "article": _head(citation.article),
        }
    )


def _head(article: ArticleHead) -> ArticleHead:
    nothing = dict.fromkeys(ArticleHead.model_fields)
    return ArticleHead.model_validate(nothing | {"id": article.id, "version": article.version})
