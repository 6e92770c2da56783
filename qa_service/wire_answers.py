"""From answers and hits to the JSON of the HTTP interface.

The shapes themselves are in `told.py`, and what comes in is in `asked.py`; the articles that
answers rest on are mapped in `wire_articles.py`.
"""

from collections.abc import Sequence

from index.queries import Hit
from qa_service import told
from qa_service.answers import Answer, Citation, Claim, Filters
from qa_service.standing import Kind, Standing
from qa_service.wire_articles import copy_head, head, place


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
        verbatim=made.verbatim,
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
