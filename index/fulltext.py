"""Full-text search in SQLite's FTS5: the words that go in, the query that comes out.

Knows nothing of vectors, and of filters only which passages they admit.
"""

import re
import sqlite3
from dataclasses import dataclass
from itertools import pairwise

# Scripts written without spaces: each character is indexed as a word of its own, and a query's
# run of characters becomes phrases of two, which needs neither a dictionary nor a second table.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Han
)
UNSPACED_CHARACTER = re.compile(f"([{UNSPACED}])")
WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")

# FTS5 scores every passage that holds any of the words, at 0.8 µs each: 300 ms for the words of a
# question that occur in up to a fifth of 300,000 passages. So the rarest words come first, until
# they occur so often together; the others count where the best are ranked by their texts. With a
# tenth of all the passages the search finds next to what it finds with all (`docs/search.md`).
POSTINGS_SHARE = 10
FEWEST_POSTINGS, MOST_POSTINGS = 3_000, 15_000
COMMON_SHARE = 5  # a word that occurs in more than a fifth of the passages tells next to nothing
TOGETHER = 3  # words, where each alone is too common; FTS5 leaps from one to the other's next
SMALL_CORPUS = 1000  # passages; below, a fifth is too few to call a word common
# A filter that leaves less than this share is asked before BM25 is, not after.
SELECTIVE_SHARE = 1 / 4
MAX_WORDS = 48  # of a query of thousands of words, the first that differ


def indexed(text: str) -> str:
    """Return the text as it is given to FTS5: characters of unspaced scripts stand apart."""
    return UNSPACED_CHARACTER.sub(r" \1 ", text)


def pieces(text: str) -> list[str]:
    """Return a text's words, folded; of unspaced scripts each two characters that are neighbours.

    Those stand apart as they do in the index: "北京市" is "北 京" and "京 市".
    """
    words: list[str] = WORD.findall(text.casefold())
    if not UNSPACED_CHARACTER.search(text):
        return words
    found: list[str] = []
    for word in words:
        if UNSPACED_CHARACTER.match(word) and len(word) > 1:
            found += [f"{a} {b}" for a, b in pairwise(word)]
        else:
            found.append(word)
    return found


def terms(text: str) -> list[str]:
    """Return a query's distinct words as FTS5 terms, in order; nothing in them is an operator."""
    return [term(piece) for piece in list(dict.fromkeys(pieces(text)))[:MAX_WORDS]]


def term(piece: str) -> str:
    """Return a piece of a query as an FTS5 term."""
    return f'"{piece}"'


@dataclass(frozen=True, slots=True)
class Admitted:
    """Which passages a search may find."""

    first: int  # the lowest and the highest number among them
    last: int
    flags: bytes  # by passage number, up to `last`: 1 for those that it may
    count: int
    total: int  # of the passages there are


class Frequencies:
    """Remembers in how many passages a term occurs, so that a query can do without common ones."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, int], int] = {}

    def telling(self, connection: sqlite3.Connection, words: list[str], passages: int) -> list[str]:
        """Return the rarest of the words, as many as can be looked for in time.

        Where each of them is too common to be looked for alone, some together as one expression.
        """
        counts = {word: self.count(connection, word, passages) for word in words}
        common = passages if passages < SMALL_CORPUS else passages // COMMON_SHARE
        most = min(max(FEWEST_POSTINGS, passages // POSTINGS_SHARE), MOST_POSTINGS)
        # Of words that were not counted to their end the longer ones tell more, as a rule.
        rarest = sorted(counts, key=lambda word: (counts[word], -len(word)))
        kept: list[str] = []
        postings = 0
        for word in rarest:
            postings += counts[word]
            if counts[word] > common or postings > most:
                break
            kept.append(word)
        if kept or passages < SMALL_CORPUS:
            return kept or words
        return [f"({' AND '.join(rarest[:TOGETHER])})"] if rarest else []

    def count(self, connection: sqlite3.Connection, word: str, passages: int) -> int:
        """Return in how many passages a term occurs; never more than is looked for."""
        key = (word, passages.bit_length())  # counted anew whenever the corpus has doubled
        if key not in self._counts:
            if len(self._counts) > 50_000:
                self._counts.clear()
            (self._counts[key],) = connection.execute(
                "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
                (word, MOST_POSTINGS + 1),
            ).fetchone()
        return self._counts[key]


def search_words(
    connection: sqlite3.Connection, words: list[str], *, limit: int, admitted: Admitted
) -> list[tuple[int, float]]:
    """Return the admitted passages that BM25 ranks best, with their scores, best first."""
    if not words or not admitted.count:
        return []
    matched: dict[str, str | int] = {"words": " OR ".join(words), "limit": limit}
    if admitted.count > admitted.total * SELECTIVE_SHARE:
        # In order of rank, and only until `limit` is filled.
        flags, last = admitted.flags, admitted.last
        connection.create_function("allowed", 1, lambda number: number <= last and flags[number])
        score, condition = "rank", "allowed(rowid)"
    else:
        connection.create_function("allowed", 1, admitted.flags.__getitem__)
        matched |= {"first": admitted.first, "last": admitted.last}
        score = "bm25(words)"
        condition = "rowid BETWEEN :first AND :last AND allowed(rowid)"
    rows = connection.execute(
        f"SELECT rowid, {score} AS score FROM words WHERE words MATCH :words AND {condition} "
        "ORDER BY score LIMIT :limit",
        matched,
    )
    return [(number, -score) for number, score in rows]  # FTS5 says lower where others say higher


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
