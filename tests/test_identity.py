import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import parse_date
from index.documents import Article, Span
from index.errors import Unreadable
from index.identity import RawArticle, canonical_url, identify, iso_639_1

NOW = datetime(2024, 1, 1, 12, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
MAYBE = st.none() | TEXT

RAW = RawArticle(
    text="One.\r\nTwo.",
    title="  Taxes\nstay ",
    id="news:1",
    url="HTTPS://Example.com:443/a?utm_source=x&id=7#top",
    source="The Daily Example",
    author="Ann Lee",
    published="2023-09-04",
    language="en-GB",
)


def test_an_article_is_normalised_named_and_versioned() -> None:
    article = identify(RAW)
    assert replace(article, version="") == Article(
        id="news:1",
        version="",
        title="Taxes stay",
        text="One.\nTwo.",
        url="https://example.com/a?id=7",
        source="The Daily Example",
        author="Ann Lee",
        published=date(2023, 9, 4),
        language="en",
        published_known_by="given",
    )
    assert re.fullmatch("[0-9a-f]{64}", article.version)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "One.\n\nTwo."},
        {"title": "Taxes rise"},
        {"url": None},
        {"source": None},
        {"author": "Bob Lee"},
        {"published": "2023-09-05"},
        {"language": None},
        {"updated": "2023-09-05T10:00:00Z"},
        {"published_known_by": "guess"},
        {"notice": "Corrects the headline."},
        {"copyright": "© The Daily Example"},
        {"usable_from": "2023-09-06T10:00:00Z"},
        {"page_starts": (0, 6)},
        {"edition": "3"},
    ],
)
def test_any_change_makes_another_version_of_the_same_article(change: dict[str, Any]) -> None:
    first, second = identify(RAW), identify(replace(RAW, **change))
    assert (first.id, first.version == second.version) == (second.id, False)


def test_an_article_without_the_later_facts_keeps_the_version_it_always_had() -> None:
    version = "45eccaada298002b81f841fd2aa1fb3cdb73eeaa12c78fa50efcee70079a4264"
    assert identify(RAW).version == version
    assert identify(replace(RAW, published="2023-09-04T10:00:00+02:00")).version == (
        "b8c420b88a8c472dfb35c03a2cc3044f45fe6facd7caadf6783900e038ca3e64"
    )


@pytest.mark.parametrize(
    ("raw", "starts", "stored"),
    [
        ("One.\r\nTwo.\r\nThree.", (0, 6, 12), (0, 5, 10)),
        ("Cafe\u0301 one. Two.", (0, 11), (0, 10)),
        ("Cafe\u0301 one. Two.", (0, 4, 11), (0, 4, 10)),  # a page that begins with the accent
        ("One.\r\nTwo.", (0, 5), (0, 5)),  # and one that begins inside a line end
        ("One.", (), ()),
    ],
)
def test_pages_begin_where_they_did_once_the_text_is_normalised(
    raw: str, starts: tuple[int, ...], stored: tuple[int, ...]
) -> None:
    assert identify(RawArticle(raw, page_starts=starts)).page_starts == stored


def test_a_span_is_on_the_page_on_which_it_begins() -> None:
    article = identify(RawArticle("One. Two. Three.", page_starts=(0, 5, 10)))
    assert [article.page(Span(a, b)) for a, b in ((0, 4), (4, 9), (5, 9), (12, 15))] == [1, 1, 2, 3]
    assert identify(RawArticle("One.")).page(Span(0, 4)) is None


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


def test_a_kill_notice_needs_no_text_but_a_name() -> None:
    kill = RawArticle("", id="news:1", status="canceled")
    assert (identify(kill).id, identify(kill).status) == ("news:1", "canceled")
    assert identify(RawArticle("", url=RAW.url, status="withheld")).id.startswith("url-")
    assert identify(replace(kill, usable_from="noon")).usable_from is None  # withdrawn anyhow
    with pytest.raises(Unreadable, match="to withdraw"):
        identify(RawArticle("", status="canceled"))


def test_a_date_that_no_article_can_bear_is_left_out_with_how_it_was_known() -> None:
    raw = replace(RAW, published="2123-01-01", updated="1449-12-31", published_known_by="guess")
    article = identify(raw, now=NOW)
    assert (article.published, article.published_known_by, article.updated) == (None, None, None)


def test_line_ends_and_composition_make_no_other_version() -> None:
    composed = replace(RAW, text="Caf\u00e9.\nTwo.")
    assert identify(replace(RAW, text="Cafe\u0301.\r\nTwo.")) == identify(composed)


@given(TEXT, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
def test_whatever_a_reader_finds_has_an_id_that_fits_or_is_refused(
    text: str, given_id: str | None, title: str | None, path: str | None, day: str | None, lang: str
) -> None:
    raw = RawArticle(text, title=title, id=given_id, path=path, published=day, language=lang)
    try:
        article = identify(raw)
    except Unreadable:
        return
    assert re.fullmatch(r"[A-Za-z0-9._:-]{1,200}", article.id)
    assert article == identify(raw)
    assert article.title.strip()


def test_identity_is_the_id_else_the_url_else_the_path_else_the_text() -> None:
    raw = replace(RAW, path="a/b.txt")
    ids = [
        identify(found).id
        for found in (
            raw,
            replace(raw, id="två"),
            replace(raw, id=None),
            replace(raw, id=None, url=None),
            replace(raw, id=None, url=None, path=None),
        )
    ]
    assert [found.split("-")[0] for found in ids] == ["news:1", "id", "url", "path", "text"]


def test_one_url_in_two_spellings_is_one_article() -> None:
    other = "https://example.com/a?id=7&fbclid=abc"
    assert identify(replace(RAW, id=None)).id == identify(replace(RAW, id=None, url=other)).id


def test_an_id_that_no_client_can_ask_for_is_hashed() -> None:
    assert identify(replace(RAW, id="..")).id.startswith("id-")
    assert identify(replace(RAW, id="a" * 201)).id.startswith("id-")
    assert identify(replace(RAW, id="news\n")).id.startswith("id-")


def test_a_file_name_that_is_not_utf_8_still_names_its_article() -> None:
    raw = RawArticle("Text.", path=b"caf\xe9.txt".decode(errors="surrogateescape"))
    assert identify(raw).id.startswith("path-")


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b\ufeff\x00"])
def test_an_article_without_text_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="expected the text"):
        identify(RawArticle(text))


@pytest.mark.parametrize("where", ["text", "title", "source", "id", "url"])
def test_half_a_character_is_refused_wherever_it_stands(where: str) -> None:
    with pytest.raises(Unreadable, match="surrogate"):
        identify(replace(RAW, **cast(Any, {where: "http://a.example/\udc80"})))


def test_a_missing_title_is_the_first_line_cut_at_a_word() -> None:
    assert identify(RawArticle("\n Taxes stay \nHe said so.")).title == "Taxes stay"
    assert identify(RawArticle("word " * 100)).title == "word " * 23 + "word…"
    assert identify(RawArticle("x" * 500)).title == "x" * 119 + "…"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://Example.COM", "http://example.com/"),
        ("http://example.com:80/a", "http://example.com/a"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://example.com./a#b", "https://example.com/a"),
        (
            "https://example.com/A%2Fb?q=1&UTM_medium=x&&r=%C3%A9",
            "https://example.com/A%2Fb?q=1&r=%C3%A9",
        ),
        ("https://example.com/?utm_source=x", "https://example.com/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        (" https://bücher.example/a ", "https://bücher.example/a"),
    ],
)
def test_a_url_has_one_spelling(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.com/a",
        "//example.com/a",
        "/a",
        "https:///a",
        "https://user@example.com/",
        "https://example.com:port/",
        "https://exa mple.com/",
        "https://example.com/a\nb",
        "java\tscript:alert(1)",
        "http://[::1/",
        'https://example.com"onload=/',
        "data:text/html,x",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(Unreadable):
        canonical_url(url)


@given(TEXT.map(lambda text: f"http://{text}") | TEXT)
def test_any_url_is_refused_or_has_one_spelling(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except Unreadable:
        return
    assert canonical.startswith(("http://", "https://"))
    assert canonical_url(canonical) == canonical


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


@pytest.mark.parametrize(
    ("given_language", "code"),
    [
        ("en", "en"),
        ("EN_gb", "en"),
        ("eng", "en"),
        ("English", "en"),
        ("zh-Hant-TW", "zh"),
        ("Norwegian Bokmål", "nb"),
        ("", None),
        ("klingon?", None),
        ("xx", None),
        (None, None),
    ],
)
def test_a_language_is_two_letters_or_unknown(given_language: str | None, code: str | None) -> None:
    assert iso_639_1(given_language) == code
