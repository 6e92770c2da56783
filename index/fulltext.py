"""Full-text search in SQLite's FTS5: the words that go in, the query that comes out.

Knows nothing of vectors, and of filters only a test on a passage's number.
"""

import re
import sqlite3
from collections.abc import Callable
from itertools import pairwise

# Scripts written without spaces: each character is indexed as a word of its own, and a query's
# run of characters becomes phrases of two, which needs neither a dictionary nor a second table.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Han
)
UNSPACED_CHARACTER = re.compile(f"([{UNSPACED}])")
WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")

# A word that occurs in more than a fifth of the passages tells little and costs nearly all of the
# time: left out, a query over 50,000 passages took 2.6 ms instead of 86.
COMMON_SHARE = 5
SMALL_CORPUS = 1000  # passages; below, a fifth is too few to call a word common
MAX_WORDS = 48  # of a query of thousands of words, the first that differ
TITLE_WEIGHT, TEXT_WEIGHT = 1.0, 1.0


def indexed(text: str) -> str:
    """Return the text as it is given to FTS5: characters of unspaced scripts stand apart."""
    return UNSPACED_CHARACTER.sub(r" \1 ", text)


def terms(text: str) -> list[str]:
    """Return a query's distinct words as FTS5 terms, in order; nothing in them is an operator."""
    found: dict[str, None] = {}
    for word in WORD.findall(text.casefold()):
        if UNSPACED_CHARACTER.match(word) and len(word) > 1:
            found |= dict.fromkeys(f'"{a} {b}"' for a, b in pairwise(word))
        else:
            found[f'"{word}"'] = None
    return list(found)[:MAX_WORDS]


class CommonWords:
    """Remembers which terms occur in too many passages to be worth looking for."""

    def __init__(self) -> None:
        self._common: dict[tuple[str, int], bool] = {}

    def leave_out(
        self, connection: sqlite3.Connection, words: list[str], passages: int
    ) -> list[str]:
        """Return the telling ones of the words; all of them if the corpus is small or none is."""
        if passages < SMALL_CORPUS:
            return words
        if len(self._common) > 50_000:
            self._common.clear()
        return [word for word in words if not self._is_common(connection, word, passages)] or words

    def _is_common(self, connection: sqlite3.Connection, word: str, passages: int) -> bool:
        key = (word, passages.bit_length())  # counted anew whenever the corpus has doubled
        if key not in self._common:
            limit = passages // COMMON_SHARE
            (count,) = connection.execute(
                "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
                (word, limit + 1),
            ).fetchone()
            self._common[key] = count > limit
        return self._common[key]


def search_words(
    connection: sqlite3.Connection,
    words: list[str],
    *,
    limit: int,
    allowed: Callable[[int], bool],
) -> list[int]:
    """Return the numbers of the allowed passages that BM25 ranks best, best first.

    `allowed` is asked in order of rank, and only until `limit` is filled.
    """
    if not words:
        return []
    connection.create_function("allowed", 1, allowed)
    rows = connection.execute(
        "SELECT rowid FROM words WHERE words MATCH ? AND rank MATCH ? AND allowed(rowid) "
        "ORDER BY rank LIMIT ?",
        (" OR ".join(words), f"bm25({TITLE_WEIGHT}, {TEXT_WEIGHT})", limit),
    )
    return [number for (number,) in rows]


def add_words(connection: sqlite3.Connection, number: int, title: str, text: str) -> None:
    """Index the words of a passage."""
    connection.execute(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)",
        (number, indexed(title), indexed(text)),
    )


def remove_words(connection: sqlite3.Connection, number: int, title: str, text: str) -> None:
    """Take a passage's words out; a contentless table has to be told what they were."""
    connection.execute(
        "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        (number, indexed(title), indexed(text)),
    )
