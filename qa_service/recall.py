"""A kept answer as it stands today: every quote sliced anew, what is withdrawn left out."""

from collections.abc import Mapping, Sequence

from index.archive import Archive
from index.documents import Article, Span
from index.errors import ArticleWithdrawn, NoSuchArticle
from qa_service import wire_answers, wire_articles
from qa_service.answers import Status, Verdict
from qa_service.standing import Kind, Standing, standing
from qa_service.told import Answer, ArticleHead, Citation, Claim, Hit, Issue

GONE = {
    Kind.WITHDRAWN: "An article that this claim rests on has been withdrawn.",
    Kind.MISMATCH: "An article that this claim rests on is no longer stored here.",
}


def recall(kept: Answer, archive: Archive) -> Answer:
    """Put the articles' words back into an answer that was kept without them.

    Of a withdrawn article nothing comes back: neither its words nor a claim that rests on them,
    nor anything else that the model wrote and that may repeat them.
    """
    standings = {c.number: _standing(c, archive) for c in kept.citations}
    related = [found for hit in kept.related if (found := _related(hit, archive))]
    lost = len(kept.related) - len(related)
    tainted = lost > 0 or any(s.kind in GONE for s in standings.values())
    claims = [_claim(claim, standings, tainted=tainted) for claim in kept.claims]
    text, claims = _rebuild(kept, claims)
    fields: dict[str, object] = {
        "text": text,
        "claims": claims,
        "citations": [_citation(c, standings[c.number], archive) for c in kept.citations],
        "related": related,
        "related_withdrawn": lost,
    }
    if tainted:
        fields |= {"missing": None, "conflicts": [], "confidence": None}
    if not any(claim.verdict is Verdict.SUPPORTED for claim in claims):
        fields["status"] = Status.NOT_FOUND
    return kept.model_copy(update=fields)


def today(citation: Citation, archive: Archive) -> Citation:
    """Tell a citation as it stands now; one that was just made may be of an old version."""
    return _citation(citation, _standing(citation, archive), archive)


def _standing(citation: Citation, archive: Archive) -> Standing:
    article, span = citation.article, Span(citation.start, citation.end)
    return standing(archive, article.id, article.version, span)


def _citation(citation: Citation, found: Standing, archive: Archive) -> Citation:
    if found.cited is None or found.kind in GONE:
        hidden: dict[str, object] = {
            "speaker": None,
            "by_headline": False,
            "page": None,
            "notice": None,
            "also_in": [],
        }
        return citation.model_copy(update={"standing": found.kind, **hidden})
    article = found.cited
    spans = (Span(place.start, place.end) for place in citation.context)
    return citation.model_copy(
        update={
            "standing": found.kind,
            "quote": article.slice(Span(citation.start, citation.end)),
            "context": [wire_articles.place(article, span) for span in spans],
            "now": wire_answers.now(found),
            "page": article.page(Span(citation.start, citation.end)),
            "notice": found.current.notice if found.current else None,
            "also_in": [
                wire_articles.head(a) for h in citation.also_in if (a := _stored(h, archive))
            ],
            "article": wire_articles.head(article),
        }
    )


def _stored(head: ArticleHead, archive: Archive) -> Article | None:
    """The article as it was told, unless it is no longer to be told at all."""
    try:
        archive.article(head.id)  # withdrawn articles may still have old versions
        return archive.article(head.id, head.version)
    except (ArticleWithdrawn, NoSuchArticle):
        return None


def _related(hit: Hit, archive: Archive) -> Hit | None:
    article = _stored(hit.article, archive)
    if article is None:
        return None
    text = article.slice(Span(hit.start, hit.end))
    return hit.model_copy(update={"text": text, "article": wire_articles.head(article)})


def _claim(claim: Claim, standings: Mapping[int, Standing], *, tainted: bool) -> Claim:
    """Keep a claim, or take it back with the article that it rests on.

    A claim without a citation was written by a model that had the withdrawn article before it,
    and may repeat it.
    """
    kinds = [standings[number].kind for number in claim.citations if number in standings]
    gone = next((kind for kind in kinds if kind in GONE), None)
    if gone is None and tainted and not kinds:
        gone = Kind.WITHDRAWN
    if gone is None:
        return claim
    return claim.model_copy(
        update={
            "text": None,
            "verdict": Verdict.WITHDRAWN,
            "issues": [Issue(kind=gone.value, detail=GONE[gone])],
        }
    )


def _rebuild(kept: Answer, claims: Sequence[Claim]) -> tuple[str, list[Claim]]:
    """Join what is left of the answer's text, and tell where each claim stands in it now."""
    if not any(claim.verdict is Verdict.WITHDRAWN for claim in claims):
        return kept.text, list(claims)
    text, previous_end, placed = "", 0, []
    for claim in claims:
        if claim.start is None or claim.end is None:
            placed.append(claim)
            continue
        between, words = kept.text[previous_end : claim.start], kept.text[claim.start : claim.end]
        previous_end = claim.end
        if claim.verdict is Verdict.WITHDRAWN:
            placed.append(claim.model_copy(update={"start": None, "end": None}))
            continue
        text += between if text else ""
        place = {"start": len(text), "end": len(text) + len(words)}
        text += words
        placed.append(claim.model_copy(update=place))
    return text, placed
