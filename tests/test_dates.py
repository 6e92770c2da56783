"""The dates of an article: what is read as one and what would be a guess; the ends of embargoes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import parse_date
from index.errors import Unreadable
from index.identity import identify
from tests.raw import NOW, RAW, TEXT


@pytest.mark.parametrize(
    ("given_end", "end"),
    [
        ("2099-01-02T10:00:00Z", datetime(2099, 1, 2, 10, tzinfo=UTC)),
        ("2099-01-02T10:00:00+02:00", datetime(2099, 1, 2, 8, tzinfo=UTC)),
        ("Fri, 02 Jan 2099 10:00:00 +0000", datetime(2099, 1, 2, 10, tzinfo=UTC)),
        ("2099-01-02", datetime(2099, 1, 2, 12, tzinfo=UTC)),  # begun everywhere
        ("2099-01-02T10:00:00", datetime(2099, 1, 2, 22, tzinfo=UTC)),
        (date(2099, 1, 2), datetime(2099, 1, 2, 12, tzinfo=UTC)),
        (None, None),
        ("", None),
    ],
)
def test_an_embargo_ends_no_earlier_than_it_can_be_meant(
    given_end: str | date | None, end: datetime | None
) -> None:
    assert identify(replace(RAW, usable_from=given_end)).usable_from == end


@pytest.mark.parametrize("given_end", ["noon", "1/2/99", "2099", "9999-12-31T23:00:00-12:00"])
def test_an_embargo_that_cannot_be_read_keeps_the_article_out(given_end: str) -> None:
    with pytest.raises(Unreadable, match="embargo"):
        identify(replace(RAW, usable_from=given_end))


def test_a_date_that_no_article_can_bear_is_left_out_with_how_it_was_known() -> None:
    raw = replace(RAW, published="2123-01-01", updated="1449-12-31", published_known_by="guess")
    article = identify(raw, now=NOW)
    assert (article.published, article.published_known_by, article.updated) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-04",
        "2023/09/04",
        "2023/9/4",
        "2023.09.04",
        "20230904",
        "4 September 2023",
        "4. September 2023",
        "September 4, 2023",
        "Sept. 4th, 2023",
        "Monday, September 4, 2023 at 10:15 am EDT",
        "2023-09-04T23:30:00",  # whose midnight? only the day is known
        "2023-09-04 10:15 PM",
    ],
)
def test_a_day_stated_whole_is_read(text: str) -> None:
    assert parse_date(text, now=NOW) == date(2023, 9, 4)
    assert not isinstance(parse_date(text, now=NOW), datetime)


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-04T10:00:00+02:00",
        "2023-09-04T08:00Z",
        "Mon, 04 Sep 2023 04:00:00 EDT",
        "Mon, 04 Sep 2023 08:00:00 -0000",
    ],
)
def test_an_instant_is_read_with_its_zone(text: str) -> None:
    assert parse_date(text, now=NOW) == datetime(2023, 9, 4, 8, tzinfo=UTC)


def test_the_zone_stays_as_it_was_stated() -> None:
    moment = parse_date("2023-09-04T10:00:00+02:00", now=NOW)
    assert isinstance(moment, datetime)
    assert moment.tzinfo == timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    "text",
    [
        "04/09/2023",
        "04.09.2023",
        "September 2023",
        "2023",
        "4 September",
        "4 September 23",
        "yesterday",
        "10:15",
        "September 31, 2023",
        "2023-02-30",
        "",
        "1693785600",
        "2023-09-04 to 2023-09-10",
        "1449-12-31",
        "2024-01-03",
        "9" * 5_000,
    ],
)
def test_what_would_be_a_guess_is_no_date(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_a_bad_date_costs_the_date_and_not_the_article() -> None:
    assert identify(replace(RAW, published="04/09/2023")).published is None
    assert identify(replace(RAW, published=date(1066, 10, 14))).published is None


def test_tomorrow_somewhere_is_not_the_future() -> None:
    assert parse_date("2024-01-02", now=NOW) == date(2024, 1, 2)


DATELIKE = st.text("0123456789-/.:, TZ+JanSeptmbrodyMFEUTC", max_size=40)


@given(DATELIKE | TEXT)
def test_any_text_is_a_plausible_date_or_none(text: str) -> None:
    found = parse_date(text, now=NOW)
    if found is not None:
        day = found.date() if isinstance(found, datetime) else found
        assert date(1450, 1, 1) <= day <= date(2024, 1, 3)
        assert str(day.year) in text.replace(" ", "")
