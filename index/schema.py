"""The tables of the SQLite file that is the source of truth, and what earlier ones become.

Every article is there in every version, with its passages, their vectors and their words. Knows
nothing of FAISS or of what is done with the rows.
"""

import sqlite3
from pathlib import Path

from index.errors import ArchiveMismatch
from index.words import terms_of

APPLICATION_ID = 0x4E515341  # "NQSA": tells our file from any other SQLite file
SCHEMA_VERSION = 5
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


def schema_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema of the file, 0 if it is empty; refuse what cannot become ours."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (schema,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if not tables:
        return 0
    if application != APPLICATION_ID or schema not in {SCHEMA_VERSION, *MIGRATIONS}:
        raise ArchiveMismatch(
            f"{path} has schema {schema} of application {application:#x}, and this "
            f"program reads schema {SCHEMA_VERSION} of {APPLICATION_ID:#x}; use the program "
            "that made it, or choose another folder with --data"
        )
    return int(schema)


def bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or change those of an earlier schema, in the one transaction."""
    schema = schema_of(connection, path)  # another process may have been quicker
    connection.create_function("terms_of", 2, terms_of)
    steps = [SCHEMA] if schema == 0 else [MIGRATIONS[n] for n in range(schema, SCHEMA_VERSION)]
    if schema == SCHEMA_VERSION:
        return
    for statement in (part for step in steps for part in step.split(";\n")):
        connection.execute(statement)  # executescript would commit by itself
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
