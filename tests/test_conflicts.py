from collections.abc import Sequence
from datetime import date

import pytest

from index.documents import Article, Sentence
from index.split import split_sentences
from qa_service.answers import DraftClaim
from qa_service.conflicts import conflicts
from qa_service.verify import verify
from tests.fakes import make_article

FIRST = make_article(
    "The flood killed 27 people in the Sarn Valley.", id="a", title="Sarn flood",
    source="The Harbour Post", published=date(2023, 9, 10),
)  # fmt: skip


def told(*others: Article) -> list[tuple[str, str]]:
    shown: Sequence[Sentence] = [s for a in (FIRST, *others) for s in split_sentences(a)]
    claim = verify(DraftClaim(FIRST.text, ("S1",)), {"S1": shown[0]})
    return [(text, c.quote) for text, c in conflicts(claim.claim, claim.citations, shown)]


def another(text: str, **fields: object) -> Article:
    given = {
        "id": "b",
        "title": "Sarn flood",
        "source": "City Ledger",
        "published": date(2023, 9, 12),
    }
    return make_article(text, **{**given, **fields})


def test_a_later_figure_is_told_with_its_day_and_its_quote() -> None:
    later = another("The flood killed 38 people in the Sarn Valley, the ministry said.")
    assert told(later) == [
        ("Later, on 12 September 2023, City Ledger gave another number [2].", later.text)
    ]


@pytest.mark.parametrize(
    ("published", "begins"),
    [
        (date(2023, 9, 9), "Earlier, on 9 September 2023, "),
        (date(2023, 9, 10), "On the same day, on 10 September 2023, "),
        (None, "City Ledger gives another number"),
    ],
)
def test_when_the_other_figure_was_given_is_said(published: date | None, begins: str) -> None:
    ((text, _),) = told(
        another("The flood killed 31 people in the Sarn Valley.", published=published)
    )
    assert text.startswith(begins)


@pytest.mark.parametrize(
    "text",
    [
        "The flood killed 27 people in the Sarn Valley.",  # the same number
        "The flood killed people in the Sarn Valley.",  # none
        "The flood in the Karsia Valley killed 38 people.",  # another place
        "The flood cost 38 million crowns in the Sarn Valley.",  # another matter
        "Thirty-eight schools reopened.",
    ],
)
def test_what_speaks_of_something_else_is_no_conflict(text: str) -> None:
    assert told(another(text)) == []


def test_one_article_is_told_once() -> None:
    twice = "The flood killed 38 people in the Sarn Valley. The Sarn Valley flood killed 38 people."
    assert len(told(another(twice))) == 1


LONG = make_article(
    "At least 11 people died and about 40 were missing on Sunday after the river Sarn burst its "
    "banks and swept through the town of Ostmere, the interior ministry said.",
    id="a", title="Sarn flood", published=date(2023, 9, 10),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "published", "is_told"),
    [
        ("The people known to have died on the Sarn are now 27.", date(2023, 9, 12), True),
        ("The people known to have died on the Sarn are now 11.", date(2023, 9, 12), False),
        ("Some 58 people died on the Sarn.", date(2019, 9, 12), False),
        ("Some 58 people were housed on the Sarn.", date(2023, 9, 12), False),
    ],
)
def test_of_a_long_claim_what_was_asked_is_compared(
    text: str, published: date, is_told: bool
) -> None:
    sentences = [s for a in (LONG, another(text, title="", published=published))
                 for s in split_sentences(a)]  # fmt: skip
    asked = "how many people died on the Sarn"
    claim = verify(DraftClaim(LONG.text, ("S1",)), {"S1": sentences[0]}, asked=asked)
    found = list(conflicts(claim.claim, claim.citations, sentences, asked))
    assert bool(found) is is_told
