"""What can be asked of the index, and what it gives back. Knows nothing of how it is found."""

from dataclasses import dataclass
from datetime import date

from index.documents import Passage


@dataclass(frozen=True, slots=True)
class Query:
    """Words to look for and the filters that a store can apply before the cut.

    Date bounds are half-open and UTC: `since <= published < until`. A plain date stands for its
    first instant. `as_of` is the last day (or instant) that is known: what came later is left out,
    and of an article with several versions the one current then is searched. Articles without a
    date are left out of queries with `since` or `until`.
    """

    text: str
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    exclude_articles: tuple[str, ...] = ()
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it fits; higher is better, and hits come best first."""

    passage: Passage
    score: float
    similarity: float = 0.0  # cosine of query and passage, -1 to 1; what `score` fuses is a rank
