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
class Copy:
    """An article that tells the same report; its text is fetched by id and version."""

    article_id: str
    version: str
    title: str
    url: str | None
    source: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how well it fits; higher is better, and hits come best first.

    Copies of one report are one hit: `also_in` has the other articles that tell it.
    """

    passage: Passage
    score: float
    similarity: float = 0.0  # cosine of query and passage, -1 to 1; `score` knows more than that
    also_in: tuple[Copy, ...] = ()
