"""The SQLite file that is the source of truth: its tables, and how it is opened.

Every article is there in every version, with its passages, their vectors and their words, all
changed in one transaction. Knows nothing of FAISS or of what is done with the rows.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveLocked, ArchiveMismatch
from index.words import terms_of

FILE_NAME = "archive.sqlite"
APPLICATION_ID = 0x4E515341  # "NQSA": tells our file from any other SQLite file
SCHEMA_VERSION = 5
BUSY_SECONDS = 60  # a batch of an ingest holds the lock for well under a second

SCHEMA = """
CREATE TABLE articles (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    revision INTEGER             -- the current one
);
CREATE TABLE versions (          -- what is stored under (article, version) never changes
    n INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (n),
    version TEXT NOT NULL,
    title TEXT,                  -- NULL, like the text, once the article is withdrawn
    text TEXT,
    url TEXT,
    source TEXT,
    author TEXT,
    published TEXT,              -- ISO 8601: a date, or a date and time with its zone
    published_at INTEGER,        -- the same in microseconds since 1970, UTC
    language TEXT,
    updated TEXT,                -- as `published`
    published_known_by TEXT,
    notice TEXT,
    copyright TEXT,
    usable_from INTEGER,         -- an embargo's end; until then no reader is told of this version
    page_starts TEXT,            -- JSON
    edition TEXT,                -- the sender's own name for this version
    UNIQUE (article, version)
);
-- Nearly always empty, so that every reader can ask what is still embargoed.
CREATE INDEX versions_embargoed ON versions (usable_from) WHERE usable_from IS NOT NULL;
CREATE TABLE revisions (         -- what was current when; the running number orders all changes
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (n),
    version INTEGER REFERENCES versions (n),  -- NULL: withdrawn
    arrived INTEGER NOT NULL,    -- microseconds since 1970, UTC
    status TEXT NOT NULL DEFAULT 'usable'  -- of a withdrawal: 'removed', 'canceled', 'withheld'
);
CREATE INDEX revisions_article ON revisions (article);
CREATE TABLE embedders (
    n INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    dimension INTEGER NOT NULL,
    key TEXT NOT NULL,           -- random: tells this archive's vectors from any other's
    active INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE passages (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    embedder INTEGER NOT NULL REFERENCES embedders (n),
    revision INTEGER NOT NULL REFERENCES revisions (number),
    start INTEGER NOT NULL,      -- code points of the version's text
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL         -- float16, little-endian, unit length
);
-- Both, so that the passages can be listed without reading past their vectors.
CREATE INDEX passages_revision ON passages (revision, embedder);
CREATE TABLE bands (             -- of the texts' MinHash signatures: copies share some
    number INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (n),
    PRIMARY KEY (number, article)
) WITHOUT ROWID;
CREATE TABLE stories (           -- only of revisions that are copies of what was there before
    revision INTEGER PRIMARY KEY REFERENCES revisions (number),
    story INTEGER NOT NULL REFERENCES articles (n)  -- that told it first
);
CREATE TABLE words (             -- of each passage and its headline, as numbers
    passage INTEGER PRIMARY KEY REFERENCES passages (n) ON DELETE CASCADE,
    terms BLOB NOT NULL          -- `index.words.terms_of`
);
"""

# What makes a file of an earlier schema one of the next; the texts and vectors stay as they are.
MIGRATIONS = {
    1: """
ALTER TABLE versions ADD COLUMN updated TEXT;
ALTER TABLE versions ADD COLUMN published_known_by TEXT;
ALTER TABLE versions ADD COLUMN notice TEXT;
ALTER TABLE versions ADD COLUMN copyright TEXT;
ALTER TABLE versions ADD COLUMN usable_from INTEGER;
ALTER TABLE versions ADD COLUMN page_starts TEXT;
UPDATE versions SET published_known_by = 'given' WHERE published IS NOT NULL;
CREATE INDEX versions_embargoed ON versions (usable_from) WHERE usable_from IS NOT NULL;
ALTER TABLE revisions ADD COLUMN status TEXT NOT NULL DEFAULT 'usable';
UPDATE revisions SET status = 'removed' WHERE version IS NULL;
""",
    # What is stored already gets no bands: copies are recognised among what comes from now on.
    2: """
DROP INDEX passages_revision;
CREATE INDEX passages_revision ON passages (revision, embedder);
CREATE TABLE bands (
    number INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (n),
    PRIMARY KEY (number, article)
) WITHOUT ROWID;
CREATE TABLE stories (
    revision INTEGER PRIMARY KEY REFERENCES revisions (number),
    story INTEGER NOT NULL REFERENCES articles (n)
);
""",
    3: "ALTER TABLE versions ADD COLUMN edition TEXT;\n",
    # From words in FTS5 to words that are turned round in memory: a tenth of a millisecond each.
    4: """
DROP TABLE words;
CREATE TABLE words (
    passage INTEGER PRIMARY KEY REFERENCES passages (n) ON DELETE CASCADE,
    terms BLOB NOT NULL
);
INSERT INTO words SELECT p.n, terms_of(v.title, substr(v.text, p.start + 1, p."end" - p.start))
FROM passages p JOIN revisions r ON r.number = p.revision JOIN versions v ON v.n = r.version
WHERE v.text IS NOT NULL ORDER BY p.n;
""",
}


class Database:
    """The archive's file, with one connection for each thread that reads or writes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / FILE_NAME
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        with self.read() as connection:
            schema = self._schema(connection)
        if schema != SCHEMA_VERSION:
            with self.write() as connection:
                self._bring_up_to_date(connection)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give a connection whose statements all see the same state of the file."""
        connection = self._connection()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("COMMIT")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the one connection that may write; committed to disk at the end, or undone."""
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise ArchiveLocked(
                f"another process has been writing to {self.path} for {BUSY_SECONDS} seconds; "
                "wait until it is done and try again"
            ) from error
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def leave(self) -> None:
        """Close the connection of a thread that ends."""
        connection = self._connection()
        with self._lock:
            self._connections.remove(connection)
        self._local.connection = None
        connection.close()

    def close(self) -> None:
        """Close every thread's connection; no thread may be using one."""
        with self._lock:
            while self._connections:
                self._connections.pop().close()
            self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._connect()
            with self._lock:
                self._connections.append(connection)
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _keep_a_log(connection)
            connection.execute("PRAGMA synchronous = FULL")  # acknowledged means on the disk
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")  # a withdrawn text leaves no traces
        except sqlite3.DatabaseError as error:
            connection.close()
            raise ArchiveMismatch(
                f"{self.path} cannot be opened as an archive ({error}); "
                "restore it from a copy, or choose another folder with --data"
            ) from error
        return connection

    def _schema(self, connection: sqlite3.Connection) -> int:
        """Return the schema of the file, 0 if it is empty; refuse what cannot become ours."""
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if not tables:
            return 0
        if application != APPLICATION_ID or schema not in {SCHEMA_VERSION, *MIGRATIONS}:
            raise ArchiveMismatch(
                f"{self.path} has schema {schema} of application {application:#x}, and this "
                f"program reads schema {SCHEMA_VERSION} of {APPLICATION_ID:#x}; use the program "
                "that made it, or choose another folder with --data"
            )
        return int(schema)

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        """Make the tables, or change those of an earlier schema, in the one transaction."""
        schema = self._schema(connection)  # another process may have been quicker
        connection.create_function("terms_of", 2, terms_of)
        steps = [SCHEMA] if schema == 0 else [MIGRATIONS[n] for n in range(schema, SCHEMA_VERSION)]
        if schema == SCHEMA_VERSION:
            return
        for statement in (part for step in steps for part in step.split(";\n")):
            connection.execute(statement)  # executescript would commit by itself
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _keep_a_log(connection: sqlite3.Connection) -> None:
    """Let readers and the writer go on beside each other.

    SQLite does not wait for the lock that this needs once, when the file is new: of two processes
    that make an archive together, one would be refused at once.
    """
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
