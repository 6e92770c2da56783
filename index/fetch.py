"""Stored articles and their history, as they are read back. Knows nothing of search."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.documents import Article
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.instants import from_instant, parse_iso

# In the order of `Article`'s fields.
COLUMNS = "a.id, v.version, v.title, v.text, v.url, v.source, v.author, v.published, v.language"


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of an article: which version became current, and when."""

    number: int
    version: str | None  # None: withdrawn
    arrived: datetime


@dataclass(frozen=True, slots=True)
class SourceCount:
    """A source and how many current articles it has; None for articles that name none."""

    source: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is searched: current articles, and their passages."""

    articles: int
    passages: int


def fetch_article(
    connection: sqlite3.Connection, article_id: str, version: str | None = None
) -> Article:
    """Return an article, by default in its current version.

    Raises NoSuchArticle and ArticleWithdrawn.
    """
    row = connection.execute(
        "SELECT a.n, r.version FROM articles a JOIN revisions r ON r.number = a.revision "
        "WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        raise NoSuchArticle(f"no article {article_id!r} is stored here")
    if row[1] is None:
        raise ArticleWithdrawn(f"article {article_id!r} was withdrawn; its text is gone")
    where, key = ("v.n = ?", row[1]) if version is None else ("v.version = ?", version)
    found = connection.execute(
        f"SELECT {COLUMNS} FROM versions v JOIN articles a ON a.n = v.article "
        f"WHERE v.article = ? AND {where}",
        (row[0], key),
    ).fetchone()
    if found is None or found[3] is None:  # no text: from before a withdrawal, and not put back
        raise NoSuchArticle(f"article {article_id!r} has no version {version!r}")
    return _article(found)


def fetch_versions(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, Article]:
    """Return versions by their row number; those that are gone are left out."""
    wanted = list(rows)
    marks = ", ".join("?" * len(wanted))
    found = connection.execute(
        f"SELECT v.n, {COLUMNS} FROM versions v JOIN articles a ON a.n = v.article "
        f"WHERE v.n IN ({marks}) AND v.text IS NOT NULL",
        wanted,
    )
    return {n: _article(row) for n, *row in found}


def fetch_articles(
    connection: sqlite3.Connection, *, after: str | None, limit: int, source: str | None
) -> list[Article]:
    """Return current articles in the order of their ids, from the first id past `after`."""
    condition = "" if source is None else "AND v.source = :source COLLATE NOCASE "
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM articles a JOIN revisions r ON r.number = a.revision "
        f"JOIN versions v ON v.n = r.version WHERE a.id > :after {condition}"
        "ORDER BY a.id LIMIT :limit",
        {"after": after or "", "limit": limit, "source": source},
    )
    return [_article(row) for row in rows]


def fetch_history(connection: sqlite3.Connection, article_id: str) -> list[Revision]:
    """Return the revisions of an article, oldest first; raises NoSuchArticle."""
    rows = connection.execute(
        "SELECT r.number, v.version, r.arrived FROM articles a "
        "JOIN revisions r ON r.article = a.n LEFT JOIN versions v ON v.n = r.version "
        "WHERE a.id = ? ORDER BY r.number",
        (article_id,),
    ).fetchall()
    if not rows:
        raise NoSuchArticle(f"no article {article_id!r} is stored here")
    return [Revision(number, version, from_instant(arrived)) for number, version, arrived in rows]


def count_sources(connection: sqlite3.Connection) -> list[SourceCount]:
    """Return the sources of the current articles, the one with most articles first."""
    rows = connection.execute(
        "SELECT v.source, count(*) FROM articles a JOIN revisions r ON r.number = a.revision "
        "JOIN versions v ON v.n = r.version GROUP BY v.source ORDER BY count(*) DESC, v.source"
    )
    return [SourceCount(source, count) for source, count in rows]


def _article(row: Iterable[Any]) -> Article:
    identity, version, title, text, url, source, author, published, language = row
    when = parse_iso(published) if published else None
    return Article(identity, version, title, text, url, source, author, when, language)
