from datetime import date

import pytest

from qa_service.answers import DraftClaim, Verdict
from qa_service.checks.dates import mentions
from qa_service.verify import verify
from tests.claims import MONDAY, Row, shown, wrong
from tests.fakes import make_article

ROWS = [
    Row("He spoke on Sunday.", "He spoke on 3 September 2023.", True, "a weekday is resolved"),
    Row("He spoke on Sunday.", "He spoke on September 3.", True, "without the year"),
    Row("He spoke on Sunday.", "He spoke on 10 September 2023.", False, "the wrong Sunday"),
    Row("He spoke on Sunday.", "He spoke on Saturday.", False, "another weekday"),
    Row("He spoke on 3 September 2023.", "He spoke on Sunday.", True, "the other way round"),
    Row("He spoke on 3 September 2023.", "He spoke in September 2023.", True, "wider"),
    Row("He spoke in September 2023.", "He spoke on 3 September 2023.", False, "narrower"),
    Row("He spoke in 2021.", "He spoke in 2022.", False, "another year"),
    Row("He spoke in 2021.", "He spoke in May 2021.", False, "a month that nobody gave"),
    Row("He spoke in May 2021.", "He spoke in 2021.", True, "a year for a month"),
    Row("He spoke yesterday.", "He spoke on Sunday.", True, "yesterday"),
    Row("He spoke today.", "He spoke on 4 September 2023.", True, "today"),
    Row("He spoke today.", "He spoke yesterday.", False, "today for yesterday"),
    Row("He spoke last month.", "He spoke in August.", True, "last month"),
    Row("He spoke last month.", "He spoke in July.", False, "not last month"),
    Row("He spoke last year.", "He spoke in 2022.", True, "last year"),
    Row("He spoke last year.", "He spoke this year.", False, "this for last"),
    Row("He will speak on Friday.", "He will speak on 8 September.", True, "ahead"),
    Row("He said on Friday that he would stay.", "He said on 1 September that he would stay.", True,
        "said before, whatever is to come"),
    Row("He said on Friday that he would stay.", "He said on 8 September that he would stay.",
        False, "nothing is said in the future"),
    Row("He will speak next week.", "He will speak last week.", False, "next for last"),
    Row("He spoke on Sept. 3, 2023.", "He spoke on 3 September 2023.", True, "order, abbreviation"),
    Row("He spoke on the 3rd of September.", "He spoke on 2023-09-03.", True, "ISO"),
    Row("He spoke.", "He spoke on Sunday.", False, "no date in the source"),
    Row("The firm was founded in 1999 and sold in 2015.", "It was sold in 2015.", True, "own"),
    Row("The firm was founded in 1999 and sold in 2015.", "The firm was sold in 1999.", False,
        "dates exchanged"),
    Row("Prices rose in the 1990s.", "Prices rose in the 1980s.", False, "a decade"),
    Row("He told USA TODAY that it was over.", "He told the paper today that it was over.", False,
        "a name that is spelt like a day"),
]  # fmt: skip


def test_dates_are_resolved_against_the_day_of_publication() -> None:
    assert wrong(ROWS) == []


def test_without_a_publication_date_only_the_same_words_agree() -> None:
    rows = [
        Row("He spoke on Sunday.", "On Sunday he spoke.", True, "same words"),
        Row("He spoke on Sunday.", "He spoke on 3 September 2023.", False, "unknown Sunday"),
        Row("He spoke on 3 September 2023.", "He spoke in September 2023.", True, "absolute"),
    ]
    assert wrong(rows, published=None) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "am 3. September 2023"),
        ("fr", "le 3 septembre 2023"),
        ("es", "el 3 de septiembre de 2023"),
        ("ru", "3 сентября 2023 года"),
        ("zh", "2023年9月3日"),
        ("ar", "3 سبتمبر 2023"),
        ("de", "gestern"),
        ("ru", "в воскресенье"),
    ],
)
def test_a_day_is_read_in_several_languages(language: str, text: str) -> None:
    (found,) = mentions(text, MONDAY, language)
    assert found.days == ((date(2023, 9, 3), date(2023, 9, 3)),)


def test_may_and_march_are_words_unless_a_date_is_expected() -> None:
    assert [m.words for m in mentions("They may march on May Street in May.", MONDAY, "en")] == [
        "may"
    ]


@pytest.mark.parametrize(
    ("day", "verdict"), [("Sunday", Verdict.SUPPORTED), ("Monday", Verdict.UNSUPPORTED)]
)
def test_a_second_sentence_lends_no_other_day_to_what_the_first_one_tells(
    day: str, verdict: Verdict
) -> None:
    told = "Ruan Vale has won the season, organisers announced Monday. "
    sentences = shown(make_article(f"{told}On Sunday, Vale, 38, finished 16th in Ostrel."))
    claim = f"Ruan Vale finished 16th in Ostrel on {day}."
    assert verify(DraftClaim(claim, ("S1", "S2")), sentences).claim.verdict is verdict
