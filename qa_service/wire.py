"""From the words of the domain to the JSON of the HTTP interface, the only place that maps them.

The shapes themselves are in `told.py`, and what comes in is in `asked.py`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from index.changes import changes
from index.documents import Article, Span
from index.errors import Unreadable
from index.fetch import Revision, SourceCount
from index.queries import Copy, Hit
from index.store import Stored
from qa_service import told
from qa_service.answers import Answer, Citation, Claim, Filters
from qa_service.standing import Kind, Standing


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


def hit(found: Hit) -> told.Hit:
    """A passage with the article that it is from."""
    passage = found.passage
    return told.Hit(
        score=found.score,
        similarity=found.similarity,
        text=passage.text,
        start=passage.span.start,
        end=passage.span.end,
        article=head(passage.article),
    )


def search_result(hits: Sequence[Hit], undated: int) -> told.SearchResult:
    """The reply to a search."""
    return told.SearchResult(hits=[hit(h) for h in hits], undated_left_out=undated)


def claim(made: Claim) -> told.Claim:
    """A claim with its verdict and the reasons for it."""
    return told.Claim(
        text=made.text,
        start=made.start,
        end=made.end,
        citations=list(made.citations),
        verdict=made.verdict,
        issues=[told.Issue(kind=i.kind, detail=i.detail) for i in made.issues],
        moved=made.moved,
    )


def citation(made: Citation, kind: Kind) -> told.Citation:
    """A citation with its quote, sliced from the stored article, and its standing."""
    return told.Citation(
        number=made.number,
        quote=made.quote,
        start=made.span.start,
        end=made.span.end,
        context=[place(made.article, span) for span in made.context],
        by_headline=made.by_headline,
        standing=kind,
        speaker=made.speaker,
        page=made.article.page(made.span),
        notice=made.article.notice,
        also_in=[copy_head(copy) for copy in made.also_in],
        article=head(made.article),
    )


def place(article: Article, span: Span) -> told.Place:
    """Words of an article."""
    return told.Place(quote=article.slice(span), start=span.start, end=span.end)


def now(today: Standing) -> told.Place | None:
    """Where a citation's words have moved to, or what stands nearest to them if they changed."""
    span = today.now if today.kind is Kind.MOVED else today.nearest
    return place(today.current, span) if today.current and span else None


def claim_made(made: Claim, new: Sequence[Citation]) -> told.ClaimMade:
    """A claim as it is sent the moment it is verified."""
    return told.ClaimMade(claim=claim(made), citations=[citation(c, Kind.VERIFIED) for c in new])


def answer(made: Answer) -> told.Answer:
    """A whole answer, with the quotes as they stand at the moment it is made."""
    return told.Answer(
        id=made.id,
        question=made.question,
        question_used=made.question_used,
        as_of=made.as_of.isoformat() if made.as_of else None,
        filters=filters_told(made.filters),
        status=made.status,
        confidence=made.confidence,
        missing=made.missing,
        conflicts=list(made.conflicts),
        text=made.text,
        claims=[claim(c) for c in made.claims],
        citations=[citation(c, Kind.VERIFIED) for c in made.citations],
        related=[hit(h) for h in made.related],
        related_withdrawn=0,
        model=made.model,
        usage=told.Usage(
            prompt_tokens=made.usage.prompt_tokens, completion_tokens=made.usage.completion_tokens
        ),
        timings_ms=told.Timings(
            search=made.timings.search,
            first_claim=made.timings.first_claim,
            total=made.timings.total,
        ),
        created=made.created.isoformat(),
    )


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


def standing_told(today: Standing) -> told.StandingTold:
    """A citation's standing, and its words in the current version if they are there."""
    there = place(today.current, today.now) if today.current and today.now else None
    return told.StandingTold(
        standing=today.kind,
        start=there.start if there else None,
        end=there.end if there else None,
        quote=there.quote if there else None,
        current_version=today.current.version if today.current else None,
        now=now(today),
        notice=today.current.notice if today.current else None,
    )


def filters_told(filters: Filters) -> dict[str, str | list[str]]:
    """The filters that were set, by the names of the request."""
    names_set: dict[str, str | list[str]] = {}
    for name in ("published_from", "published_to"):
        if (moment := getattr(filters, name)) is not None:
            names_set[name] = moment.isoformat()
    for name in ("sources", "authors", "languages", "exclude_articles"):
        if names := getattr(filters, name):
            names_set[name] = list(names)
    return names_set
