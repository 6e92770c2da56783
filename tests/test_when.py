from datetime import UTC, date, datetime

import pytest

from index.when import HALF_LIFE, Period, calendar_period, period

THURSDAY = date(2023, 9, 14)


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What happened this week?", days("2023-09-08", "2023-09-14")),
        ("What did the minister say last week?", days("2023-09-04", "2023-09-10")),
        ("Who won on Sunday?", days("2023-09-10", "2023-09-10")),
        ("Who won on Thursday?", days("2023-09-14", "2023-09-14")),
        ("Who won last Thursday?", days("2023-09-07", "2023-09-07")),
        ("What was last month's inflation?", days("2023-08-01", "2023-08-31")),
        ("How many have joined since late June?", days("2023-06-21", "2023-09-14")),
        ("What did he announce in July 2022?", days("2022-07-01", "2022-07-31")),
        ("What happened on 4 September?", days("2023-09-04", "2023-09-04")),
        ("What happened on December 25?", days("2022-12-25", "2022-12-25")),
        ("What was said on Sept. 4, 2021?", days("2021-09-04", "2021-09-04")),
        ("What was said on 2021-09-04?", days("2021-09-04", "2021-09-04")),
        ("Who resigned in May?", days("2023-05-01", "2023-05-31")),
        ("Who resigned in November?", days("2022-11-01", "2022-11-30")),
        ("How many died in the past three weeks?", days("2023-08-24", "2023-09-14")),
        ("What was decided in 2021?", days("2021-01-01", "2021-12-31")),
        ("Which show leads the 2021 Emmys?", days("2021-01-01", "2021-12-31")),
        ("Who won the Euro 2020 final?", days("2020-01-01", "2020-12-31")),
        ("How did 2000 people vote?", None),
        ("What opens in June 2031?", None),  # not last June
        ("What opens in March 2031?", None),
        ("What did she say yesterday?", days("2023-09-13", "2023-09-13")),
        ("What is the latest toll?", days("2023-09-14", "2023-09-14")),
        ("How many people have been found?", days("2023-09-14", "2023-09-14")),
        ("Who may win the March of the Penguins?", None),
        ("Which bank raised its key rate?", None),
        ("What happened on 31 February?", days("2023-02-01", "2023-02-28")),
        ("What will happen in 2031?", None),
        ("Was geschah diese Woche?", None),
    ],
)
def test_a_question_is_resolved_against_its_day(question: str, found: Period | None) -> None:
    assert period(question, THURSDAY) == found


def test_an_article_counts_less_the_further_it_is_from_the_period() -> None:
    week = days("2023-09-08", "2023-09-14")
    assert week.preference(date(2023, 9, 8)) == 1
    assert (
        week.preference(datetime(2023, 9, 16, 23, tzinfo=UTC)) == 1
    )  # reported a day or two later
    assert week.preference(date(2023, 9, 7)) < 1
    halved = date.fromordinal(date(2023, 9, 8).toordinal() - HALF_LIFE)
    assert week.preference(halved) == pytest.approx(0.5)
    assert 0 < week.preference(date(1990, 1, 1)) < 1e-9


@pytest.mark.parametrize(
    "text", ["", "in 0000", "99 September 2023", "past 999 years", "9999-99-99"]
)
def test_no_question_and_no_day_is_too_odd(text: str) -> None:
    for today in (date.min, date.max):
        found = period(text, today)
        assert found is None or found.first <= found.last


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did he announce in July 2022?", days("2022-07-01", "2022-07-31")),
        ("What did he announce on 4 July 2022, in Rome?", days("2022-07-04", "2022-07-04")),
        ("Which airport was closed in January?", days("2023-01-01", "2023-01-31")),
        ("Was it in June or in July 2022?", None),  # which of the two is asked about is not known
        ("What will open on 12 June?", None),  # the next June
        ("What is banned from June 2025?", None),
        ("What happened this week?", None),
        ("What happened in 2022?", None),
    ],
)
def test_only_one_past_day_or_month_of_the_calendar_is_taken_as_meant(
    question: str, found: Period | None
) -> None:
    assert calendar_period(question, THURSDAY) == found
