"""The write path's last step: articles, passages, vectors and words in one transaction.

Knows nothing of how passages are cut or embedded, and nothing of search.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from index.documents import Article, Passage
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.fulltext import add_words, remove_words
from index.instants import instant


class Outcome(StrEnum):
    """What storing an article came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """An article that is on the disk."""

    article_id: str
    version: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article with its passages and one float16 vector for each, ready to be stored."""

    article: Article
    passages: Sequence[Passage]
    vectors: NDArray[np.float16]  # (passages, dimension)


def current_version(connection: sqlite3.Connection, article_id: str) -> str | None:
    """Return the version that is current; None if there is none, or it is withdrawn."""
    row = connection.execute(
        "SELECT v.version FROM articles a JOIN revisions r ON r.number = a.revision "
        "JOIN versions v ON v.n = r.version WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return row[0] if row else None


def store(connection: sqlite3.Connection, embedder: int, item: Embedded) -> Stored:
    """Make the article the current revision of its id, unless it already is."""
    article = item.article
    if current_version(connection, article.id) == article.version:
        return Stored(article.id, article.version, Outcome.UNCHANGED)
    (n, previous) = _article_row(connection, article.id)
    revision = _add_revision(connection, n, _version_row(connection, n, article))
    add_passages(connection, embedder, revision, item)
    outcome = Outcome.CREATED if previous is None else Outcome.UPDATED
    return Stored(article.id, article.version, outcome)


def add_passages(
    connection: sqlite3.Connection, embedder: int, revision: int, item: Embedded
) -> None:
    """Store the passages of one revision, their vectors and their words."""
    for passage, vector in zip(item.passages, item.vectors, strict=True):
        cursor = connection.execute(
            'INSERT INTO passages (embedder, revision, start, "end", vector) '
            "VALUES (?, ?, ?, ?, ?)",
            (embedder, revision, passage.span.start, passage.span.end, vector.tobytes()),
        )
        add_words(connection, int(cursor.lastrowid or 0), item.article.title, passage.text)


def remove_passages(
    connection: sqlite3.Connection, passages: Iterable[tuple[int, str, str]]
) -> None:
    """Delete passages, given as number, headline and text."""
    for number, title, text in passages:
        remove_words(connection, number, title, text)
        connection.execute("DELETE FROM passages WHERE n = ?", (number,))


def withdraw(connection: sqlite3.Connection, article_id: str) -> None:
    """Erase the texts and passages of every version; a tombstone stays.

    Raises NoSuchArticle, and ArticleWithdrawn when it already was.
    """
    row = connection.execute("SELECT n FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is None:
        raise NoSuchArticle(f"no article {article_id!r} is stored here")
    if current_version(connection, article_id) is None:
        raise ArticleWithdrawn(f"article {article_id!r} is already withdrawn")
    passages = connection.execute(
        'SELECT p.n, v.title, substr(v.text, p.start + 1, p."end" - p.start) FROM passages p '
        "JOIN revisions r ON r.number = p.revision JOIN versions v ON v.n = r.version "
        "WHERE r.article = ?",
        row,
    ).fetchall()
    remove_passages(connection, passages)
    connection.execute(
        "UPDATE versions SET title = NULL, text = NULL, url = NULL, author = NULL "
        "WHERE article = ?",
        row,
    )
    _add_revision(connection, row[0], None)


def _article_row(connection: sqlite3.Connection, article_id: str) -> tuple[int, int | None]:
    connection.execute("INSERT OR IGNORE INTO articles (id) VALUES (?)", (article_id,))
    row: tuple[int, int | None] = connection.execute(
        "SELECT n, revision FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    return row


def _version_row(connection: sqlite3.Connection, n: int, article: Article) -> int:
    published = article.published
    row = connection.execute(
        "INSERT INTO versions (article, version, title, text, url, source, author, published, "
        "published_at, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        # The same version again: nothing differs, except where a withdrawal had erased the text.
        "ON CONFLICT (article, version) DO UPDATE SET title = excluded.title, "
        "text = excluded.text, url = excluded.url, author = excluded.author RETURNING n",
        (
            n,
            article.version,
            article.title,
            article.text,
            article.url,
            article.source,
            article.author,
            published and published.isoformat(),
            instant(published) if published else None,
            article.language,
        ),
    ).fetchone()
    return int(row[0])


def _add_revision(connection: sqlite3.Connection, n: int, version: int | None) -> int:
    cursor = connection.execute(
        "INSERT INTO revisions (article, version, arrived) VALUES (?, ?, ?)",
        (n, version, instant(datetime.now(UTC))),
    )
    connection.execute("UPDATE articles SET revision = ? WHERE n = ?", (cursor.lastrowid, n))
    return int(cursor.lastrowid or 0)
