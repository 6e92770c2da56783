"""The SQLite file that is the source of truth: how it is opened, read and written.

One connection for each thread, one writer at a time. Knows nothing of what is in the tables.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ArchiveLocked, ArchiveMismatch
from index.schema import SCHEMA_VERSION, bring_up_to_date, schema_of

FILE_NAME = "archive.sqlite"
BUSY_SECONDS = 60  # a batch of an ingest holds the lock for well under a second


class Database:
    """The archive's file, with one connection for each thread that reads or writes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / FILE_NAME
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        with self.read() as connection:
            schema = schema_of(connection, self.path)
        if schema != SCHEMA_VERSION:
            with self.write() as connection:
                bring_up_to_date(connection, self.path)

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
