import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier

import pytest

from index.archive import Archive
from index.database import Database
from index.errors import ArchiveMismatch
from index.queries import Query
from index.schema import APPLICATION_ID
from tests.fakes import HashedEmbedder, make_article

# The tables of schema 1, as it was.
SCHEMA_1 = """
CREATE TABLE articles (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, revision INTEGER);
CREATE TABLE versions (
    n INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles (n), version TEXT NOT NULL,
    title TEXT, text TEXT, url TEXT, source TEXT, author TEXT, published TEXT,
    published_at INTEGER, language TEXT, UNIQUE (article, version)
);
CREATE TABLE revisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (n),
    version INTEGER REFERENCES versions (n),
    arrived INTEGER NOT NULL
);
CREATE INDEX revisions_article ON revisions (article);
CREATE TABLE embedders (
    n INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL,
    key TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE passages (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    embedder INTEGER NOT NULL REFERENCES embedders (n),
    revision INTEGER NOT NULL REFERENCES revisions (number),
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX passages_revision ON passages (revision);
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);
"""
ARTICLE = make_article("The toll was eleven.", id="kept", published_known_by="given")


def archive_of_schema_1(folder: Path) -> None:
    """Write an archive as version 1 left it: one article, and one that was withdrawn."""
    embedder = HashedEmbedder()
    vector = embedder.embed_query(f"{ARTICLE.title} {ARTICLE.text}").astype("<f2").tobytes()
    with closing(sqlite3.connect(folder / "archive.sqlite")) as connection, connection:
        connection.executescript(SCHEMA_1)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("INSERT INTO articles VALUES (1, 'kept', 1), (2, 'gone', 3)")
        facts = (ARTICLE.version, ARTICLE.title, ARTICLE.text, ARTICLE.source, "2023-09-04")
        connection.execute(
            "INSERT INTO versions (n, article, version, title, text, source, published, language) "
            "VALUES (1, 1, ?, ?, ?, ?, ?, 'en')",
            facts,
        )
        connection.execute("INSERT INTO versions (n, article, version) VALUES (2, 2, 'v')")
        connection.execute(
            "INSERT INTO revisions VALUES (1, 1, 1, 5), (2, 2, 2, 6), (3, 2, NULL, 7)"
        )
        row = (embedder.fingerprint, embedder.dimension)
        connection.execute("INSERT INTO embedders VALUES (1, ?, ?, 'key', 1)", row)
        connection.execute(
            "INSERT INTO passages VALUES (1, 1, 1, 0, ?, ?)", (len(ARTICLE.text), vector)
        )
        words = (ARTICLE.title, ARTICLE.text)
        connection.execute("INSERT INTO words (rowid, title, text) VALUES (1, ?, ?)", words)


def tables(path: Path) -> list[tuple[str, list[tuple[object, ...]]]]:
    """The tables of a file, each with its columns."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_schema ORDER BY name")
            if not name.startswith("sqlite_")
        ]
        columns = [connection.execute(f"PRAGMA table_info({name})").fetchall() for name in names]
    return list(zip(names, columns, strict=True))


def test_an_archive_of_the_first_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    archive_of_schema_1(tmp_path)
    archive = Archive.open(tmp_path, HashedEmbedder())
    assert archive.article("kept") == ARTICLE
    (hit,) = archive.search(Query("toll"))
    assert (hit.passage.article, hit.similarity > 0.3) == (ARTICLE, True)
    assert [revision.status for revision in archive.history("gone")] == ["usable", "removed"]
    later = make_article("The toll was forty.", id="kept", notice="Corrected.")
    assert [stored.outcome for stored in archive.add([ARTICLE, later])] == ["unchanged", "updated"]
    archive.close()
    Archive.open(tmp_path, HashedEmbedder()).close()  # and once more, now that nothing is to do


def test_a_changed_archive_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    archive_of_schema_1(tmp_path / "old")
    for name in ("old", "new"):
        Database(tmp_path / name).close()
    assert tables(tmp_path / "old" / "archive.sqlite") == tables(
        tmp_path / "new" / "archive.sqlite"
    )


def test_a_change_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    archive_of_schema_1(tmp_path)
    path = tmp_path / "archive.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE revisions ADD COLUMN status TEXT")  # in the way
    before = tables(path)
    with pytest.raises(sqlite3.OperationalError, match="duplicate column"):
        Database(tmp_path)
    assert tables(path) == before


def test_a_file_of_a_later_schema_or_another_program_is_refused(tmp_path: Path) -> None:
    Database(tmp_path).close()
    path = tmp_path / "archive.sqlite"
    for pragma, message in (("user_version = 99", "schema 99"), ("application_id = 7", "0x7")):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"PRAGMA {pragma}")
        with pytest.raises(ArchiveMismatch, match=message):
            Database(tmp_path)


def test_every_fact_of_an_article_comes_back_as_it_was_stored(tmp_path: Path) -> None:
    article = make_article(
        "One. Two.",
        url="https://news.example/a",
        author="Ann Lee",
        published=datetime.fromisoformat("2023-09-04T10:00:00+02:00"),
        updated=date(2023, 9, 5),
        published_known_by="json-ld",
        notice="Corrected.",
        copyright="© The Daily Example",
        usable_from=datetime(2023, 9, 4, 12, tzinfo=UTC),
        page_starts=(0, 5),
        edition="3",
    )
    archive = Archive.open(tmp_path, HashedEmbedder())
    list(archive.add([article]))
    (hit,) = archive.search(Query("two"))
    assert archive.article("a1") == article == hit.passage.article
    assert archive.article("a1").published.isoformat() == "2023-09-04T10:00:00+02:00"  # type: ignore[union-attr]
    archive.close()


def test_programs_that_make_one_archive_at_the_same_instant_all_open_it(tmp_path: Path) -> None:
    def open_and_close(folder: Path) -> None:
        ready.wait()
        Database(folder).close()

    with ThreadPoolExecutor(4) as pool:
        ready = Barrier(4)
        for n in range(60):
            list(pool.map(open_and_close, [tmp_path / str(n)] * 4))


def test_an_archive_of_schema_3_keeps_its_articles_and_learns_editions(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    archive = Archive.open(tmp_path, HashedEmbedder())
    list(archive.add([ARTICLE]))
    archive.close()
    new = tables(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE versions DROP COLUMN edition")
        connection.execute("PRAGMA user_version = 3")
    archive = Archive.open(tmp_path, HashedEmbedder())
    assert (archive.article("kept"), tables(path)) == (ARTICLE, new)
    later = make_article("The toll was forty.", id="kept", edition="2")
    assert [stored.outcome for stored in archive.add([ARTICLE, later])] == ["unchanged", "updated"]
    assert archive.article("kept").edition == "2"
    archive.close()
