"""The latest snapshot, which the searches of a process share: kept up to date, merged beside them.

Knows nothing of articles; what a snapshot holds is for `index.snapshot`.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np

from index import postings_file, vector_file
from index.columns import Numbers
from index.database import Database
from index.instants import instant
from index.postings import Postings
from index.reembed import EmbedderRow, active_embedder
from index.snapshot import Snapshot, load_snapshot, numbers_in, refreshed, with_merged
from index.vectors import Vectors

logger = logging.getLogger(__name__)


class Latest:
    """What searches see by now, read at the first of them: an ingest needs none."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock
        self._refreshing = threading.Lock()
        self.merger: threading.Thread | None = None
        self.snapshot: Snapshot | None = None

    def close(self) -> None:
        """Wait for what is being merged."""
        if self.merger:
            self.merger.join()

    def seen_by(self, connection: sqlite3.Connection) -> Snapshot:
        """Return a snapshot of what the connection sees."""
        active = active_embedder(connection)
        (last,) = connection.execute("SELECT max(number) FROM revisions").fetchone()
        now = instant(self._clock())
        with self._refreshing:
            snapshot = self.snapshot
            if snapshot is None or snapshot.embedder != active.n:
                snapshot = load_snapshot(connection, self._folder, active, now=now)
            elif snapshot.columns.last_revision < (last or 0) or (
                now >= snapshot.columns.next_embargo
            ):
                snapshot = refreshed(snapshot, connection, now=now)
            self.snapshot = snapshot
            if snapshot.overgrown and not (self.merger and self.merger.is_alive()):
                self.merger = threading.Thread(target=self._merge, args=[active])
                self.merger.start()
            return snapshot

    def _merge(self, active: EmbedderRow) -> None:
        """Make the bases anew, beside searches that go on, and put them on the disk.

        One after the other, so that only one of them is in memory twice.
        """
        with self._database.read() as connection:
            there = numbers_in(connection)
        try:
            gone = self._merge_vectors(active, there)
            self._merge_postings(active, gone)
        except OSError as error:  # a full disk: the next start reads the database instead
            logger.warning("what shortens a start could not be written: %s", error)
        finally:
            self._database.leave()

    def _merge_vectors(self, active: EmbedderRow, there: Numbers) -> Numbers:
        """Return the numbers of passages that are held and were deleted."""
        before = self._seen()
        held = np.union1d(before.vectors.base.numbers, before.postings.numbers)
        gone: Numbers = np.setdiff1d(held, there)
        vectors = before.vectors.merged(gone)
        if vectors.base is not before.vectors.base and self._put(active, vectors=vectors):
            del before  # the old ones, which take as much memory
            vector_file.save(vectors, self._folder, key=active.key)
        return gone

    def _merge_postings(self, active: EmbedderRow, gone: Numbers) -> None:
        before = self._seen().postings
        postings = before.merged(gone)
        if postings is not before and self._put(active, postings=postings):
            del before
            postings_file.save(postings, self._folder, key=active.key)

    def _seen(self) -> Snapshot:
        with self._refreshing:
            assert self.snapshot is not None  # whoever starts a merge has one
            return self.snapshot

    def _put(self, active: EmbedderRow, **merged: Vectors | Postings) -> bool:
        """Let searches use what was merged; False if they use another embedder by now."""
        with self._refreshing, self._database.read() as connection:
            if self.snapshot is None or self.snapshot.embedder != active.n:
                return False
            self.snapshot = with_merged(
                self.snapshot, merged, connection, now=instant(self._clock())
            )
            return True
