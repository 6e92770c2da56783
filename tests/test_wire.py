import json
import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from index.documents import Article, Passage, Span
from index.errors import Unreadable
from index.queries import Hit, Query
from qa_service import told, wire_answers, wire_articles
from qa_service.answers import Citation, Claim, Filters, Issue, Turn, Verdict
from qa_service.asked import AskRequest, SearchRequest, VerifyRequest
from qa_service.standing import Kind, Standing
from tests.fakes import make_article

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@st.composite
def places(draw: st.DrawFn) -> tuple[Article, Span]:
    article = make_article(draw(texts), title=draw(texts))
    start = draw(st.integers(0, len(article.text) - 1))
    return article, Span(start, draw(st.integers(start + 1, len(article.text))))


@given(places())
def test_a_quote_is_a_slice_on_the_wire_too(place: tuple[Article, Span]) -> None:
    article, span = place
    cited = wire_answers.citation(Citation(1, article, span, context=(span,)), Kind.VERIFIED)
    found = wire_answers.hit(Hit(Passage(article, span), 1.0))
    full = json.loads(wire_articles.full(article).model_dump_json().encode())
    for said in (cited.model_dump_json(), cited.context[0].model_dump_json()):
        body = json.loads(said.encode())
        assert full["text"][body["start"] : body["end"]] == body["quote"]
    assert full["text"][found.start : found.end] == found.text


@given(places())
def test_an_article_in_a_hit_never_brings_its_whole_text(place: tuple[Article, Span]) -> None:
    article, span = place
    told_hit = wire_answers.hit(Hit(Passage(article, span), 1.0)).model_dump()
    assert set(told_hit["article"]) == {
        "id",
        "version",
        "title",
        "source",
        "author",
        "url",
        "published",
        "language",
        "published_known_by",
        "updated",
    }


def test_a_claim_tells_its_verdict_and_why() -> None:
    made = Claim("Taxes fell.", (), Verdict.UNSUPPORTED, (Issue("number", "25 is not 75."),))
    assert wire_answers.claim_made(made, ()).model_dump(mode="json") == {
        "claim": {
            "text": "Taxes fell.",
            "start": None,
            "end": None,
            "citations": [],
            "verdict": "unsupported",
            "issues": [{"kind": "number", "detail": "25 is not 75."}],
            "moved": False,
            "verbatim": False,
        },
        "citations": [],
    }


def test_a_time_of_publication_is_told_with_its_zone() -> None:
    hour = datetime(2023, 9, 4, 18, 30, tzinfo=UTC)
    assert (
        wire_articles.head(make_article("x", published=hour)).published
        == "2023-09-04T18:30:00+00:00"
    )
    assert wire_articles.head(make_article("x", published=None)).published is None


def test_only_filters_that_were_set_are_told() -> None:
    assert wire_answers.filters_told(Filters()) == {}
    assert wire_answers.filters_told(
        Filters(published_to=date(2023, 9, 4), languages=("en", "de"))
    ) == {
        "published_to": "2023-09-04",
        "languages": ["en", "de"],
    }


def test_a_page_tells_the_next_one_only_if_there_is_one() -> None:
    articles = [make_article("x", id=name) for name in "abc"]
    assert wire_articles.page(articles, limit=2).next == "b"
    assert wire_articles.page(articles, limit=3).next is None
    assert wire_articles.page([], limit=3) == told.ArticlePage(articles=[], next=None)


def test_a_standing_tells_the_words_where_they_are_now() -> None:
    current = make_article("So: taxes stay.")
    assert wire_answers.standing_told(
        Standing(Kind.MOVED, Span(4, 14), None, current)
    ) == told.StandingTold(
        standing=Kind.MOVED,
        start=4,
        end=14,
        quote="taxes stay",
        current_version=current.version,
        now=told.Place(quote="taxes stay", start=4, end=14),
        notice=None,
    )
    assert wire_answers.standing_told(Standing(Kind.WITHDRAWN)).quote is None


def test_a_reason_that_no_utf8_can_carry_is_told_all_the_same() -> None:
    assert wire_articles.rejected(3, Unreadable("got 'x\ud800'")).reason == "got 'x?'"


def test_a_question_comes_in_with_all_that_restricts_it() -> None:
    asked = AskRequest.model_validate(
        {
            "question": "  why  ",
            "published_from": "2023-09-04",
            "published_to": "2023-09-05T02:00:00+02:00",
            "as_of": "2023-09-30",
            "sources": ["A"],
            "authors": ["B"],
            "languages": ["en"],
            "exclude_articles": ["a1"],
            "history": [{"question": "who", "answer": "They."}],
        }
    )
    assert asked.question == "why"
    assert asked.as_of == date(2023, 9, 30)
    assert asked.turns() == (Turn("who", "They."),)
    assert asked.filters() == Filters(
        published_from=date(2023, 9, 4),
        published_to=datetime(2023, 9, 5, tzinfo=UTC),
        sources=("A",),
        authors=("B",),
        languages=("en",),
        exclude_articles=("a1",),
    )


def test_a_search_has_the_same_filters_as_a_question() -> None:
    filters = {"published_from": "2023-09-04", "as_of": "2023-09-30", "sources": ["A"]}
    search = SearchRequest.model_validate({"query": "taxes", "limit": 3, **filters})
    assert search.to_query() == Query(
        "taxes", since=date(2023, 9, 4), as_of=date(2023, 9, 30), sources=("A",), limit=3
    )
    shared = set(AskRequest.model_fields) & set(SearchRequest.model_fields)
    assert shared == {
        "published_from",
        "published_to",
        "as_of",
        "sources",
        "authors",
        "languages",
        "exclude_articles",
    }


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=zones))
def test_every_moment_comes_in_as_itself_in_utc(moment: datetime) -> None:
    asked = AskRequest.model_validate({"question": "why", "as_of": moment.isoformat()})
    assert isinstance(asked.as_of, datetime)
    assert asked.as_of == moment
    assert asked.as_of.tzinfo is UTC


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_outside_of_time_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="outside the years 1 to 9999"):
        AskRequest.model_validate({"question": "why", "as_of": written})


@pytest.mark.parametrize(
    "written", ["2023-9-4", "04.09.2023", "2023-02-30", "now", "", "2023-09-04T10:00", "20230904"]
)
def test_a_date_of_another_spelling_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ValidationError, match="2023-09-04"):
        AskRequest.model_validate({"question": "why", "as_of": written})


@pytest.mark.parametrize("article_id", ["a", "...", "..a", ".a", "x" * 200, "A-b_c.d:e"])
def test_every_id_that_an_article_can_have_is_taken(article_id: str) -> None:
    asked = VerifyRequest(article_id=article_id, version="0" * 64, start=0, end=1)
    assert asked.article_id == article_id


@pytest.mark.parametrize("article_id", ["", ".", "..", "x" * 201, "a b", "a/b", "a\n", "é"])
def test_what_no_article_can_be_called_is_refused(article_id: str) -> None:
    with pytest.raises(ValidationError):
        VerifyRequest(article_id=article_id, version="0" * 64, start=0, end=1)


@pytest.mark.parametrize("blank", ["", " \t", "\u0085"])
def test_a_blank_question_is_refused_by_the_document_as_by_the_service(blank: str) -> None:
    """White space of the document is ECMAScript's, which U+0085 is not, nor is it ASCII's."""
    stated = AskRequest.model_json_schema()["properties"]["question"]
    assert not re.search(stated["pattern"], blank, re.ASCII)
    with pytest.raises(ValidationError):
        AskRequest(question=blank)
