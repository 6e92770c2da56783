"""From stored articles to the JSON of the HTTP interface: read, listed, compared and received.

The shapes themselves are in `told.py`. Knows no question and no answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.changes import changes
from index.documents import Article, Span
from index.errors import Unreadable
from index.fetch import Revision, SourceCount
from index.queries import Copy
from index.store import Stored
from qa_service import told


def head(article: Article) -> told.ArticleHead:
    """An article as it is named beside a quote or in a list."""
    return told.ArticleHead(
        id=article.id,
        version=article.version,
        title=article.title,
        source=article.source,
        author=article.author,
        url=article.url,
        published=article.published.isoformat() if article.published else None,
        language=article.language,
        published_known_by=article.published_known_by,
        updated=article.updated.isoformat() if article.updated else None,
    )


def copy_head(copy: Copy) -> told.ArticleHead:
    """An article that carries the same report as another."""
    return told.ArticleHead(
        id=copy.article_id,
        version=copy.version,
        title=copy.title,
        source=copy.source,
        author=None,
        url=copy.url,
        published=copy.published.isoformat() if copy.published else None,
        language=None,
        published_known_by=None,
        updated=None,
    )


def full(article: Article) -> told.ArticleFull:
    """An article to be read."""
    return told.ArticleFull(
        **head(article).model_dump(),
        text=article.text,
        notice=article.notice,
        copyright=article.copyright,
        usable_from=article.usable_from.isoformat() if article.usable_from else None,
        page_starts=list(article.page_starts),
        edition=article.edition,
    )


def place(article: Article, span: Span) -> told.Place:
    """Words of an article."""
    return told.Place(quote=article.slice(span), start=span.start, end=span.end)


def page(articles: Sequence[Article], *, limit: int) -> told.ArticlePage:
    """One page of a listing, from one article more than fits on it if there is a next one."""
    shown = articles[:limit]
    return told.ArticlePage(
        articles=[head(article) for article in shown],
        next=shown[-1].id if len(articles) > limit else None,
    )


def history(
    article_id: str, revisions: Sequence[Revision], versions: Mapping[str, Article]
) -> told.History:
    """An article's revisions; `versions` are those that may be read."""
    read = [versions.get(revision.version or "") for revision in revisions]
    return told.History(
        id=article_id,
        versions=[
            told.Revision(
                revision=revision.number,
                version=revision.version,
                arrived=revision.arrived.isoformat(),
                withdrawn=revision.version is None,
                edition=later.edition if later else None,
                status=revision.status,
                changes=changed(earlier, later) if earlier and later else None,
            )
            for revision, earlier, later in zip(revisions, [None, *read], read, strict=False)
        ],
    )


def changed(earlier: Article, later: Article) -> told.Changes:
    """What a version changed of the one before it."""
    found = changes(earlier, later)
    return told.Changes(
        added=[place(later, span) for span in found.added],
        removed=[place(earlier, span) for span in found.removed],
        facts=list(found.facts),
    )


def sources(counts: Iterable[SourceCount]) -> told.Sources:
    """The sources with their counts."""
    return told.Sources(
        sources=[told.SourceCount(source=c.source, articles=c.articles) for c in counts]
    )


def added(index: int, stored: Stored) -> told.Added:
    """What became of an article that was stored."""
    return told.Added(
        index=index,
        outcome=stored.outcome.value,
        id=stored.article_id,
        version=stored.version,
        reason=stored.reason,
    )


def rejected(index: int, reason: Unreadable) -> told.Added:
    """Why an article was not stored; half a surrogate pair in the reason is told as '?'."""
    return told.Added(
        index=index,
        outcome="rejected",
        id=None,
        version=None,
        reason=str(reason).encode("utf-8", "replace").decode(),
    )


def added_all(results: Sequence[told.Added]) -> told.AddedAll:
    """What became of every article, with the counts."""
    counts = Counter(result.outcome for result in results)
    return told.AddedAll(
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        withdrawn=counts["withdrawn"],
        rejected=counts["rejected"],
        results=list(results),
    )
