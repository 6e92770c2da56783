"""What can go wrong in the index.

ArchiveError
├── NoSuchArticle      no article of that id, or no such version of it
├── ArticleWithdrawn   it was here; only its tombstone is left
├── ArchiveLocked      another process is writing, and went on longer than we waited
└── ArchiveMismatch    the folder was made by another schema or another embedder
Unreadable             one input that is no article; the others go on
"""


class ArchiveError(Exception):
    """Something about the archive, in a sentence that says what to do."""


class NoSuchArticle(ArchiveError):
    """No article of that id, or no such version of it."""


class ArticleWithdrawn(ArchiveError):
    """It was here; only its tombstone is left."""


class ArchiveLocked(ArchiveError):
    """Another process is writing, and went on longer than we waited."""


class ArchiveMismatch(ArchiveError):
    """The folder was made by another schema or another embedder."""


class Unreadable(ValueError):
    """One input that is no article: what was expected and what came."""
