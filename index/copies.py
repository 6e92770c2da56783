"""Copies of one report: the same wire story in several papers, edited lightly or cut.

Candidates come from MinHash signatures, kept in bands (Broder 1997; Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, ch. 3), and are then compared word for word. Knows nothing of
passages, vectors or search.
"""

import re
import sqlite3
from datetime import date, datetime, timedelta
from hashlib import blake2b

from datasketch import MinHash  # type: ignore[import-untyped]

from index.documents import Article
from index.fetch import fetch_versions

SHINGLE_WORDS = 4
# 64 bands of 2: a pair that shares a fifth of its shingles meets with .93, one that shares a
# twentieth with .15.
BANDS, ROWS = 64, 2
CANDIDATES = 8  # compared word for word

# Over all 7 million pairs of 3,733 articles of three sources, no two of different sources shared
# more than .25 of the shorter one's shingles, and the edited wire copies in examples/ share .65.
COPIED = 0.45
LEAST_COMMON = 0.2  # of both together: a long live page holds many a short report
# One source's own pairs above that are follow-ups with the old background; from here on they were
# the same report under two addresses.
REPUBLISHED, REPUBLISHED_COMMON = 0.9, 0.7
DAYS = 7  # between a report and its copies; later, the same words are a series or boilerplate
SHORTEST = 40  # shingles; below, two texts are as likely both a cookie notice as both a report

WORD = re.compile(r"\w+")


def bands(text: str) -> tuple[int, ...]:
    """Return the numbers of which two texts share some if they share many of their shingles."""
    found = _shingles(text)
    if len(found) < SHORTEST:
        return ()
    signature = MinHash(BANDS * ROWS, seed=1, scheme="affine32")
    signature.update_batch([shingle.encode() for shingle in found])
    rows = signature.hashvalues.astype("<u4").reshape(BANDS, ROWS)
    return tuple(_number(bytes([band]) + row.tobytes()) for band, row in enumerate(rows))


def is_copy(one: Article, other: Article) -> bool:
    """Whether two articles are the same report, in different papers or published twice."""
    if _apart(one.published, other.published) > timedelta(days=DAYS):
        return False
    mine, theirs = _shingles(one.text), _shingles(other.text)
    shorter = min(len(mine), len(theirs))
    if shorter < SHORTEST or not _title_words(one) & _title_words(other):
        return False
    shared = len(mine & theirs)
    held, common = shared / shorter, shared / len(mine | theirs)
    if one.source == other.source:
        return held >= REPUBLISHED and common >= REPUBLISHED_COMMON
    return held >= COPIED and common >= LEAST_COMMON


def join_story(
    connection: sqlite3.Connection, revision: int, row: int, item: tuple[Article, tuple[int, ...]]
) -> None:
    """Note of a new revision whose story it tells, if an article of before tells it too.

    `row` is its article's row number; the item is the article with its bands.
    """
    article, numbers = item
    for candidate, version in _candidates(connection, row, numbers):
        known = fetch_versions(connection, [version])
        if known and is_copy(article, known[version]):
            connection.execute(
                "INSERT INTO stories (revision, story) SELECT ?, coalesce(s.story, a.n) "
                "FROM articles a LEFT JOIN stories s ON s.revision = a.revision WHERE a.n = ?",
                (revision, candidate),
            )
            break
    connection.executemany(
        "INSERT OR IGNORE INTO bands (number, article) VALUES (?, ?)",
        [(number, row) for number in numbers],
    )


def leave_story(connection: sqlite3.Connection, row: int) -> None:
    """Forget the bands of an article's texts; has to be done while the texts are still there."""
    texts = connection.execute(
        "SELECT DISTINCT text FROM versions WHERE article = ? AND text IS NOT NULL", (row,)
    ).fetchall()
    connection.executemany(
        "DELETE FROM bands WHERE number = ? AND article = ?",
        [(number, row) for (text,) in texts for number in bands(text)],
    )


def _candidates(
    connection: sqlite3.Connection, row: int, numbers: tuple[int, ...]
) -> list[tuple[int, int]]:
    """Return other articles and their current versions, by row, most bands in common first."""
    marks = ", ".join("?" * len(numbers))
    return connection.execute(
        f"SELECT b.article, r.version FROM bands b JOIN articles a ON a.n = b.article "
        f"JOIN revisions r ON r.number = a.revision WHERE b.number IN ({marks}) "
        "AND b.article != ? AND r.version IS NOT NULL "
        "GROUP BY b.article ORDER BY count(*) DESC, b.article LIMIT ?",
        (*numbers, row, CANDIDATES),
    ).fetchall()


def _shingles(text: str) -> set[str]:
    words = WORD.findall(text.casefold())
    return {
        " ".join(words[start : start + SHINGLE_WORDS])
        for start in range(len(words) - SHINGLE_WORDS + 1)
    }


def _title_words(article: Article) -> set[str]:
    """The words of a headline; a copy's own headline keeps a name or a number of the other's."""
    return {word for word in WORD.findall(article.title.casefold()) if len(word) > 3}


def _number(band: bytes) -> int:
    return int.from_bytes(blake2b(band, digest_size=8).digest(), "big", signed=True)


def _apart(one: date | None, other: date | None) -> timedelta:
    if one is None or other is None:
        return timedelta(0)  # nothing says that it is another day's
    return abs(_day(one) - _day(other))


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
