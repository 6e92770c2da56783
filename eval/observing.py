"""From an answer in the words of the HTTP interface to the `Reply` that is scored.

The answer is taken as a reader gets it, after `wire_answers`, and each quote is put beside what the
archive holds at its place: exactness is measured on the surface and not assumed of it.
"""

from collections.abc import Callable, Sequence

from eval.replies import Found, Quoted, Reply
from qa_service import told
from qa_service.answers import Claim, Issue

Stored = Callable[[str, str], str | None]  # article id, version -> text; None: there is none


def observe(answer: told.Answer, hits: Sequence[told.Hit], stored: Stored) -> Reply:
    """Keep of an answer what is scored."""
    return Reply(
        status=answer.status,
        text=answer.text or "",
        claims=tuple(_claim(claim) for claim in answer.claims),
        quotes=tuple(_quoted(citation, stored) for citation in answer.citations),
        found=tuple(found(hit) for hit in hits),
        confidence=answer.confidence,
        model=answer.model,
        prompt_tokens=answer.usage.prompt_tokens,
        completion_tokens=answer.usage.completion_tokens,
        first_claim_ms=answer.timings_ms.first_claim,
        total_ms=answer.timings_ms.total,
    )


def found(hit: told.Hit) -> Found:
    """Keep of a hit what is scored."""
    return Found(hit.article.id, hit.text, hit.score, hit.article.url)


def _claim(claim: told.Claim) -> Claim:
    issues = tuple(Issue(issue.kind, issue.detail) for issue in claim.issues)
    text, citations = claim.text or "", tuple(claim.citations)
    place = claim.start, claim.end
    return Claim(text, citations, claim.verdict, issues, *place, claim.moved, claim.verbatim)


def _quoted(citation: told.Citation, stored: Stored) -> Quoted:
    article = citation.article
    text = stored(article.id, article.version)
    words = None if text is None else text[citation.start : citation.end]
    return Quoted(
        number=citation.number,
        quote=citation.quote or "",
        article_id=article.id,
        version=article.version,
        start=citation.start,
        end=citation.end,
        stored=words or None,
        title=article.title or "",
        url=article.url,
        published=article.published,
        context=tuple((place.start, place.end) for place in citation.context),
    )
