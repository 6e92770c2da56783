"""An answer held against the sentence that it cites and the question that it answers."""

from datetime import date
from typing import NamedTuple

from index.documents import Sentence, Span
from qa_service.answers import DraftClaim
from qa_service.verify import Verified, verify
from tests.claims import MONDAY
from tests.fakes import make_article


class Answered(NamedTuple):
    """A question, the article's headline, the sentence cited, and what stands elsewhere in it."""

    asked: str
    title: str
    cited: str
    rest: str
    claim: str


def verified(case: Answered, published: date = MONDAY) -> Verified:
    article = make_article(f"{case.cited} {case.rest}", title=case.title, published=published)
    return verify(
        DraftClaim(case.claim, ("S1",)),
        {"S1": Sentence(article, Span(0, len(case.cited)))},
        asked=case.asked,
    )


FLIGHTS = Answered(
    "Which airline cut 31,000 flights?",
    "Airlines trim schedules",
    "Norair said it would trim its schedule in November.",
    "Altogether Norair cut 31,000 flights.",
    "Norair cut 31,000 flights.",
)
