"""What became of a citation since it was made. Reads articles; knows nothing of answers."""

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from index.archive import Archive
from index.documents import Article, Span
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.split import split_sentences

WORD = re.compile(r"\w+")
JOINED_NUMBER = re.compile(r"\d[.,]?\|[.,]?\d")  # 25|.5 and 25.|5

# Of the words of both sentences together. Below, the two have little but "the" and "of" in common,
# and the sentence was dropped, not changed.
LEAST_SHARED = 1 / 3


class Kind(StrEnum):
    """The standing of a citation on the day it is read."""

    VERIFIED = "verified"  # the current version has these words at this place
    MOVED = "moved"  # the current version has them elsewhere
    CHANGED = "changed"  # the cited version had them, the current one has not
    WITHDRAWN = "withdrawn"  # the article is withdrawn
    MISMATCH = "mismatch"  # the words never stood there


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a citation, and where its words stand now."""

    kind: Kind
    now: Span | None = None  # in the current version
    cited: Article | None = None  # None if it is withdrawn or there never was such a version
    current: Article | None = None
    nearest: Span | None = None  # if it is changed: what to show beside it, never what it rests on


def standing(
    archive: Archive, article_id: str, version: str, span: Span, quote: str | None = None
) -> Standing:
    """Tell whether the words at a place of a version stood there, and where they stand today."""
    try:
        current = archive.article(article_id)
        cited = current if current.version == version else archive.article(article_id, version)
    except ArticleWithdrawn:
        return Standing(Kind.WITHDRAWN)
    except NoSuchArticle:
        return Standing(
            Kind.WITHDRAWN if _was_here(archive, article_id, version) else Kind.MISMATCH
        )
    words = cited.slice(span)
    if span.end > len(cited.text) or not words or (quote is not None and quote != words):
        return Standing(Kind.MISMATCH, None, cited, current)
    cuts = (_joined(cited.text, span.start), _joined(cited.text, span.end))
    now = _find(words, current.text, near=span.start, cuts=cuts)
    if now == span:
        return Standing(Kind.VERIFIED, span, cited, current)
    if now is not None:
        return Standing(Kind.MOVED, now, cited, current)
    nearest = nearest_sentence(words, current, near=span.start)
    return Standing(Kind.CHANGED, None, cited, current, nearest)


def nearest_sentence(words: str, article: Article, *, near: int) -> Span | None:
    """Return the sentence that shares most words with these; None if none shares enough of them.

    For a reader to compare, and for nothing else. Of equals, the one nearest to a place.
    """
    wanted = _bag(words)
    best, key = None, (LEAST_SHARED, float("-inf"))
    for sentence in split_sentences(article):
        found = _bag(sentence.text)
        total = wanted.total() + found.total()
        share = 2 * (wanted & found).total() / total if total else 0.0
        if (share, -abs(sentence.span.start - near)) > key:
            best, key = sentence.quotable, (share, -abs(sentence.span.start - near))
    return best


def _bag(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))


def _was_here(archive: Archive, article_id: str, version: str) -> bool:
    """Whether the version was withdrawn before a later one came."""
    try:
        return any(revision.version == version for revision in archive.history(article_id))
    except NoSuchArticle:
        return False


def _find(words: str, text: str, *, near: int, cuts: tuple[bool, bool]) -> Span | None:
    """Find the words as whole words, nearest to a place; "25" is not found in "1925" or "25.5".

    `cuts` tells whether they began or ended inside a word where they were cited.
    """
    found: list[Span] = []
    start = text.find(words)
    while start >= 0:
        span = Span(start, start + len(words))
        if _joined(text, span.start) <= cuts[0] and _joined(text, span.end) <= cuts[1]:
            found.append(span)
        start = text.find(words, start + 1)
    return min(found, key=lambda span: abs(span.start - near), default=None)


def _joined(text: str, cut: int) -> bool:
    """Whether the cut goes through a word or a number."""
    before, after = text[max(0, cut - 2) : cut], text[cut : cut + 2]
    if before[-1:].isalnum() and after[:1].isalnum():
        return True
    return JOINED_NUMBER.search(before + "|" + after) is not None
