"""What became of a citation since it was made. Reads articles; knows nothing of answers."""

from dataclasses import dataclass
from enum import StrEnum

from index.archive import Archive
from index.documents import Article, Span
from index.errors import ArticleWithdrawn, NoSuchArticle


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
    if current.slice(span) == words:
        return Standing(Kind.VERIFIED, span, cited, current)
    now = _find(words, current.text, near=span.start)
    return Standing(Kind.CHANGED if now is None else Kind.MOVED, now, cited, current)


def _was_here(archive: Archive, article_id: str, version: str) -> bool:
    """Whether the version was withdrawn before a later one came."""
    try:
        return any(revision.version == version for revision in archive.history(article_id))
    except NoSuchArticle:
        return False


def _find(words: str, text: str, *, near: int) -> Span | None:
    """Find the words as whole words, nearest to a place; "25" is not found in "1925"."""
    found: list[Span] = []
    start = text.find(words)
    while start >= 0:
        span = Span(start, start + len(words))
        if not (_joined(text, span.start) or _joined(text, span.end)):
            found.append(span)
        start = text.find(words, start + 1)
    return min(found, key=lambda span: abs(span.start - near), default=None)


def _joined(text: str, cut: int) -> bool:
    """Whether the cut goes through a word or a number."""
    return 0 < cut < len(text) and text[cut - 1].isalnum() and text[cut].isalnum()
