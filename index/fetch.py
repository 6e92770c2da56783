"""Stored articles and their history, as they are read back. Knows nothing of search."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.documents import Article
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.instants import from_instant, parse_iso

COLUMNS = (
    "a.id, v.version, v.title, v.text, v.url, v.source, v.author, v.published, v.language, "
    "v.updated, v.published_known_by, v.notice, v.copyright, v.usable_from, v.page_starts, "
    "v.edition"
)

# The revision that is current at `:now`: the last one whose embargo, if it has one, is over. No
# reader is told of any other; what is still embargoed has no current revision at all.
CURRENT = """revisions r ON r.number = (
    SELECT max(number) FROM revisions WHERE article = a.n AND (
        version IS NULL OR version NOT IN (SELECT n FROM versions WHERE usable_from > :now)
    )
)"""


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of an article: which version became current, and when."""

    number: int
    version: str | None  # None: withdrawn
    arrived: datetime
    status: str = "usable"  # of a withdrawal: "removed", "canceled" or "withheld"


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
    connection: sqlite3.Connection, article_id: str, version: str | None = None, *, now: int
) -> Article:
    """Return an article as it may be read now, by default in its current version.

    Raises NoSuchArticle and ArticleWithdrawn.
    """
    row = connection.execute(
        f"SELECT a.n, r.version FROM articles a JOIN {CURRENT} WHERE a.id = :id",
        {"id": article_id, "now": now},
    ).fetchone()
    if row is None:
        raise NoSuchArticle(f"no article {article_id!r} is stored here")
    if row[1] is None:
        raise ArticleWithdrawn(f"article {article_id!r} was withdrawn; its text is gone")
    where, key = ("v.n = ?", row[1]) if version is None else ("v.version = ?", version)
    found = connection.execute(
        f"SELECT {COLUMNS} FROM versions v JOIN articles a ON a.n = v.article "
        f"WHERE v.article = ? AND {where} AND coalesce(v.usable_from, ?) <= ?",
        (row[0], key, now, now),
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
    connection: sqlite3.Connection,
    *,
    after: str | None,
    limit: int,
    source: str | None,
    now: int,
) -> list[Article]:
    """Return current articles in the order of their ids, from the first id past `after`."""
    condition = "" if source is None else "AND v.source = :source COLLATE NOCASE "
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM articles a JOIN {CURRENT} "
        f"JOIN versions v ON v.n = r.version WHERE a.id > :after {condition}"
        "ORDER BY a.id LIMIT :limit",
        {"after": after or "", "limit": limit, "source": source, "now": now},
    )
    return [_article(row) for row in rows]


def fetch_history(connection: sqlite3.Connection, article_id: str, *, now: int) -> list[Revision]:
    """Return the revisions of an article, oldest first; raises NoSuchArticle."""
    rows = connection.execute(
        "SELECT r.number, v.version, r.arrived, r.status FROM articles a "
        "JOIN revisions r ON r.article = a.n LEFT JOIN versions v ON v.n = r.version "
        "WHERE a.id = ? AND coalesce(v.usable_from, ?) <= ? ORDER BY r.number",
        (article_id, now, now),
    ).fetchall()
    if not rows:
        raise NoSuchArticle(f"no article {article_id!r} is stored here")
    return [
        Revision(number, version, from_instant(arrived), status)
        for number, version, arrived, status in rows
    ]


def count_sources(connection: sqlite3.Connection, *, now: int) -> list[SourceCount]:
    """Return the sources of the current articles, the one with most articles first."""
    rows = connection.execute(
        f"SELECT v.source, count(*) FROM articles a JOIN {CURRENT} "
        "JOIN versions v ON v.n = r.version GROUP BY v.source ORDER BY count(*) DESC, v.source",
        {"now": now},
    )
    return [SourceCount(source, count) for source, count in rows]


def _article(row: Iterable[Any]) -> Article:
    (
        identity, version, title, text, url, source, author, published, language,
        updated, known_by, notice, copyright_line, usable_from, page_starts,
        edition,
    ) = row  # fmt: skip
    return Article(
        id=identity,
        version=version,
        title=title,
        text=text,
        url=url,
        source=source,
        author=author,
        published=parse_iso(published) if published else None,
        language=language,
        updated=parse_iso(updated) if updated else None,
        published_known_by=known_by,
        notice=notice,
        copyright=copyright_line,
        usable_from=None if usable_from is None else from_instant(usable_from),
        page_starts=tuple(json.loads(page_starts)) if page_starts else (),
        edition=edition,
    )
