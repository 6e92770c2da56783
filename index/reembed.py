"""From one embedder to another: fill the new vectors beside the old ones, then switch at once.

Which embedder made a vector is known by its fingerprint. Knows nothing of how texts are embedded.
"""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.database import Database
from index.documents import Article
from index.fetch import fetch_versions
from index.store import Embedded, add_passages

ARTICLES_AT_ONCE = 64  # embedded between two commits
PASSAGES_AT_ONCE = 1000  # dropped between two commits

MISSING = """
SELECT r.number, r.version FROM revisions r JOIN versions v ON v.n = r.version
WHERE v.text IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.revision = r.number AND p.embedder = :embedder)
"""


@dataclass(frozen=True, slots=True)
class EmbedderRow:
    """An embedder as the archive knows it."""

    n: int
    dimension: int
    key: str  # differs between any two archives and embedders


def register(connection: sqlite3.Connection, fingerprint: str, dimension: int) -> int:
    """Return the row number of an embedder; the first one is active from the start."""
    connection.execute(
        "INSERT OR IGNORE INTO embedders (fingerprint, dimension, key, active) "
        "VALUES (?, ?, hex(randomblob(16)), NOT EXISTS (SELECT 1 FROM embedders WHERE active))",
        (fingerprint, dimension),
    )
    row = connection.execute("SELECT n FROM embedders WHERE fingerprint = ?", (fingerprint,))
    return int(row.fetchone()[0])


def active_embedder(connection: sqlite3.Connection) -> EmbedderRow:
    """Return the embedder whose vectors are searched."""
    row = connection.execute("SELECT n, dimension, key FROM embedders WHERE active").fetchone()
    return EmbedderRow(*row)


def fill(
    database: Database, embedder: int, prepare: Callable[[list[Article]], list[Embedded]]
) -> Iterator[int]:
    """Embed what the embedder has no vectors of, yielding how many articles are still to do."""
    while True:
        with database.read() as connection:
            (todo,) = connection.execute(
                f"SELECT count(*) FROM ({MISSING})", {"embedder": embedder}
            ).fetchone()
            rows = connection.execute(
                f"{MISSING} LIMIT {ARTICLES_AT_ONCE}", {"embedder": embedder}
            ).fetchall()
            versions = fetch_versions(connection, {version for _, version in rows})
        if not rows:
            return
        yield todo
        done = prepare(list(versions.values()))
        by_row = dict(zip(versions, done, strict=True))
        with database.write() as connection:
            for revision, version in connection.execute(MISSING, {"embedder": embedder}).fetchall():
                if version in by_row:  # neither withdrawn nor filled by another process meanwhile
                    add_passages(connection, embedder, revision, by_row[version])


def switch(connection: sqlite3.Connection, embedder: int) -> None:
    """Make an embedder the active one; searches see it at their next call."""
    connection.execute("UPDATE embedders SET active = (n = ?)", (embedder,))


def drop_inactive(database: Database) -> None:
    """Delete the passages of embedders that are no longer active; they are not seen any more."""
    while True:
        with database.write() as connection:
            gone = connection.execute(
                "DELETE FROM passages WHERE n IN (SELECT p.n FROM passages p "
                "JOIN embedders e ON e.n = p.embedder WHERE NOT e.active LIMIT ?)",
                (PASSAGES_AT_ONCE,),
            ).rowcount
        if not gone:
            return
