"""Rows of (source, claim, whether it stands, why) and the one way in which tests judge them."""

from datetime import date
from typing import NamedTuple

from index.documents import Article, Sentence, Span
from index.split import split_sentences
from qa_service.answers import DraftClaim, Verdict
from qa_service.verify import Verified, verify
from tests.fakes import make_article

MONDAY = date(2023, 9, 4)  # when the articles of the rows were published


class Row(NamedTuple):
    """One claim, held against one sentence."""

    source: str
    claim: str
    stands: bool
    why: str


def shown(*articles: Article) -> dict[str, Sentence]:
    """Every sentence of some articles, by ids as a prompt gives them."""
    every = [s for a in articles for s in split_sentences(a) if s.text.strip()]
    return {f"S{n}": s for n, s in enumerate(every, 1)}


def held_against(claim: str, source: str, **fields: object) -> Verified:
    """Verify a claim that names the one sentence of an article."""
    article = make_article(source, **{"title": "", "published": MONDAY, **fields})
    sentence = Sentence(article, Span(0, len(source)))
    return verify(DraftClaim(claim, ("S1",)), {"S1": sentence})


def wrong(rows: list[Row], **fields: object) -> list[str]:
    """The rows on which the verifier says otherwise, each told in a line."""
    out = []
    for row in rows:
        claim = held_against(row.claim, row.source, **fields).claim
        if (claim.verdict is Verdict.SUPPORTED) != row.stands:
            issues = "; ".join(i.detail for i in claim.issues)
            out.append(f"{row.why}: {row.source!r} / {row.claim!r} is {claim.verdict} {issues}")
    return out
