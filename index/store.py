"""The write path's last step: articles, passages, vectors and words in one transaction.

Knows nothing of how passages are cut or embedded, and nothing of search.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from index.copies import join_story, leave_story
from index.documents import Article, Passage
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.instants import after, instant, parse_iso
from index.words import terms_of

KILLED = ("canceled", "withheld")  # said by the publisher; "removed" is what we are told ourselves
# What a withdrawal erases of every version: the words, and what tells whose they were.
ERASED = ("title", "text", "url", "author", "notice", "copyright", "page_starts")


class Outcome(StrEnum):
    """What storing an article came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"  # by a kill notice: this one, or one that came earlier
    REJECTED = "rejected"  # a kill notice for an article that is not here


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an article; it is on the disk."""

    article_id: str
    version: str | None  # None: withdrawn or rejected
    outcome: Outcome
    reason: str | None = None  # in a sentence, where it is withdrawn or rejected


@dataclass(frozen=True, slots=True)
class Latest:
    """The last revision of an article, whether or not it is embargoed."""

    article: int  # row number
    version: str | None  # None: withdrawn
    status: str
    updated: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Embedded:
    """An article with its passages and one float16 vector for each, ready to be stored."""

    article: Article
    passages: Sequence[Passage]
    vectors: NDArray[np.float16]  # (passages, dimension)
    bands: tuple[int, ...] = ()  # by which copies of the article are recognised


def settled(connection: sqlite3.Connection, article: Article) -> Stored | None:
    """Return what becomes of an article for which nothing has to be written; else None."""
    latest = _latest(connection, article.id)
    if latest is None and article.status == "usable":
        return None
    if latest is None:
        reason = f"it says that {article.id!r} is {article.status}: no such article is stored here"
        return Stored(article.id, None, Outcome.REJECTED, reason)
    if article.status == "usable" and latest.version == article.version:
        return Stored(article.id, article.version, Outcome.UNCHANGED)
    if _is_replayed(connection, article, latest):
        reason = "it is older than the version that is current"
        return Stored(article.id, latest.version, Outcome.UNCHANGED, reason)
    if latest.status in KILLED and (article.status != "usable" or _was_here(connection, article)):
        reason = f"a notice of its publisher has withdrawn it ({latest.status})"
        return Stored(article.id, None, Outcome.WITHDRAWN, reason)
    return None


def store(connection: sqlite3.Connection, embedder: int, item: Embedded, *, now: int) -> Stored:
    """Make the article the current revision of its id, or withdraw it, unless that is so."""
    article = item.article
    if done := settled(connection, article):
        return done
    if article.status != "usable":
        withdraw(connection, article.id, article.status, now=now)
        return Stored(article.id, None, Outcome.WITHDRAWN, f"its publisher says: {article.status}")
    (n, previous) = _article_row(connection, article.id)
    version = _version_row(connection, n, article)
    revision = _add_revision(connection, (n, version, now, article.status))
    add_passages(connection, embedder, revision, item)
    join_story(connection, revision, n, (article, item.bands))
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
        connection.execute(
            "INSERT INTO words (passage, terms) VALUES (?, ?)",
            (cursor.lastrowid, terms_of(item.article.title, passage.text)),
        )


def withdraw(
    connection: sqlite3.Connection, article_id: str, status: str = "removed", *, now: int
) -> None:
    """Erase the texts and passages of every version; a tombstone stays, with the reason for it.

    Raises NoSuchArticle, and ArticleWithdrawn when it is to be removed and already was.
    """
    latest = _latest(connection, article_id)
    if latest is None:
        raise NoSuchArticle(f"no article {article_id!r} is stored here")
    if latest.version is None and status not in KILLED:
        raise ArticleWithdrawn(f"article {article_id!r} is already withdrawn")
    connection.execute(  # and with them their words
        "DELETE FROM passages WHERE revision IN (SELECT number FROM revisions WHERE article = ?)",
        (latest.article,),
    )
    leave_story(connection, latest.article)
    erased = ", ".join(f"{column} = NULL" for column in ERASED)
    connection.execute(f"UPDATE versions SET {erased} WHERE article = ?", (latest.article,))
    _add_revision(connection, (latest.article, None, now, status))


def _latest(connection: sqlite3.Connection, article_id: str) -> Latest | None:
    row = connection.execute(
        "SELECT a.n, v.version, r.status, v.updated, v.published FROM articles a "
        "JOIN revisions r ON r.number = a.revision LEFT JOIN versions v ON v.n = r.version "
        "WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    return Latest(*row) if row else None


def _is_replayed(connection: sqlite3.Connection, article: Article, latest: Latest) -> bool:
    """Whether an archive is read again that holds this and, later in it, what is current now.

    Only their own dates can tell that from a publisher who takes a change back. Of a kill notice
    nothing counts but when it was issued, and one that does not say so is heeded.
    """
    stamp = article.updated or (article.published if article.status == "usable" else None)
    current = latest.updated or latest.published
    if latest.version is None or stamp is None or current is None:
        return False
    earlier = after(stamp) <= instant(parse_iso(current))
    return earlier and (article.status != "usable" or _was_here(connection, article))


def _was_here(connection: sqlite3.Connection, article: Article) -> bool:
    """Whether this very version was stored at any time."""
    row = connection.execute(
        "SELECT 1 FROM versions v JOIN articles a ON a.n = v.article "
        "WHERE a.id = ? AND v.version = ?",
        (article.id, article.version),
    ).fetchone()
    return row is not None


def _article_row(connection: sqlite3.Connection, article_id: str) -> tuple[int, int | None]:
    connection.execute("INSERT OR IGNORE INTO articles (id) VALUES (?)", (article_id,))
    row: tuple[int, int | None] = connection.execute(
        "SELECT n, revision FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    return row


def _version_row(connection: sqlite3.Connection, n: int, article: Article) -> int:
    published, updated, embargo = article.published, article.updated, article.usable_from
    values = {
        "article": n,
        "version": article.version,
        "title": article.title,
        "text": article.text,
        "url": article.url,
        "source": article.source,
        "author": article.author,
        "published": published and published.isoformat(),
        "published_at": instant(published) if published else None,
        "language": article.language,
        "updated": updated and updated.isoformat(),
        "published_known_by": article.published_known_by,
        "notice": article.notice,
        "copyright": article.copyright,
        "usable_from": instant(embargo) if embargo else None,
        "page_starts": json.dumps(article.page_starts) if article.page_starts else None,
        "edition": article.edition,
    }
    row = connection.execute(
        f"INSERT INTO versions ({', '.join(values)}) VALUES (:{', :'.join(values)}) "
        # The same version again: nothing differs, except where a withdrawal had erased it.
        "ON CONFLICT (article, version) DO UPDATE SET "
        f"{', '.join(f'{column} = excluded.{column}' for column in ERASED)} RETURNING n",
        values,
    ).fetchone()
    return int(row[0])


def _add_revision(
    connection: sqlite3.Connection, revision: tuple[int, int | None, int, str]
) -> int:
    """Make the latest revision of an article: its row, the version's, when it came, its status."""
    cursor = connection.execute(
        "INSERT INTO revisions (article, version, arrived, status) VALUES (?, ?, ?, ?)", revision
    )
    connection.execute(
        "UPDATE articles SET revision = ? WHERE n = ?", (cursor.lastrowid, revision[0])
    )
    return int(cursor.lastrowid or 0)
