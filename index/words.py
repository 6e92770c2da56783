"""Texts and queries as words: how they are cut, folded, brought to stems and numbered.

Knows nothing of where words are kept or of how they are searched.
"""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

# Scripts written without spaces: a run of characters is indexed by its characters and by each two
# that are neighbours, which needs no dictionary.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # kana, Han
)
UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
WORD = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
SPACED_WORD = re.compile(r"[^\W_]+")  # twice as quick, where there are no others

# Words that questions are asked with; one that a text shares says nothing of it.
ASKING = frozenset(
    """a about according after an and any are as at be been before by did do does for from had has
    have he her his how i in into is it its many may more most much of on one or our over she so
    some such that the their them then there these they this those to up us was we week were what
    when where which who whom whose why will with would you your""".split()
)
MOST = 64  # of a query of thousands of words, the first that differ

# BM25's usual constants (Robertson & Zaragoza 2009), and about how many words a passage has with
# its headline. It stands for the average, so that a passage's numbers never change.
SATURATION, LENGTH_SHARE, USUAL_LENGTH = 1.2, 0.75, 150

# One stem of a passage: its number, and what BM25 gives it before its rarity. Whoever changes how
# these come about has to raise the database's schema and fill the table `words` anew.
TERM = np.dtype([("code", "<u4"), ("impact", "u1")])
IMPACT = (SATURATION + 1) / 255  # of one step; they stay below SATURATION + 1


def pieces(text: str) -> list[str]:
    """Return a text's words, folded; of unspaced scripts each two neighbouring characters."""
    folded = text.casefold()
    if not UNSPACED_CHARACTER.search(folded):
        return SPACED_WORD.findall(folded)
    found: list[str] = []
    for word in WORD.findall(folded):
        if UNSPACED_CHARACTER.match(word) and len(word) > 1:
            found += [f"{a} {b}" for a, b in pairwise(word)]
        else:
            found.append(word)
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a text, folded, without the English genitive."""
    return pieces(text.replace("’", "'").replace("'s ", " "))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Take off accents, and what English plurals and tenses add."""
    if not word.isascii() and not UNSPACED_CHARACTER.match(word):
        parts = unicodedata.normalize("NFKD", word)
        word = "".join(part for part in parts if not unicodedata.combining(part))
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=200_000)
def code(found: str) -> int:
    """Return a stem's number; of a million stems about a hundred pairs have the same."""
    return crc32(found.encode())


# They make up a third of all postings, and the database has them for whoever wants them one day.
UNASKED = np.array(sorted({code(stem(word)) for word in ASKING}), dtype=np.uint32)


def telling(text: str) -> list[str]:
    """Return the stems that a query is about, each once; if it has none, those of all its words."""
    words = dict.fromkeys(words_of(text))
    stems = dict.fromkeys(stem(word) for word in words if word not in ASKING)
    return list(stems or dict.fromkeys(map(stem, words)))[:MOST]


def terms_of(title: str, text: str) -> bytes:
    """Return what is kept of a passage's words, as an array of TERM."""
    words = [stem(word) for word in words_of(f"{title}\n{text}")]
    counts = Counter(words)
    for character in UNSPACED_CHARACTER.findall(f"{title}{text}"):  # asked for alone
        counts[character] += 1
    terms = np.empty(len(counts), dtype=TERM)
    times = np.fromiter(counts.values(), np.float64, len(counts))
    length = 1 - LENGTH_SHARE + LENGTH_SHARE * len(words) / USUAL_LENGTH
    terms["code"] = [code(word) for word in counts]
    terms["impact"] = np.ceil(times * (SATURATION + 1) / (times + SATURATION * length) / IMPACT)
    return terms.tobytes()


def terms_in(kept: bytes) -> NDArray[np.void]:
    """Return the terms of one or more passages, as `terms_of` gave them."""
    return np.frombuffer(kept, dtype=TERM)
