import re
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Article, Span
from index.errors import Unreadable
from index.identity import RawArticle, identify, iso_639_1
from tests.raw import RAW, TEXT

MAYBE = st.none() | TEXT


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


def test_a_kill_notice_needs_no_text_but_a_name() -> None:
    kill = RawArticle("", id="news:1", status="canceled")
    assert (identify(kill).id, identify(kill).status) == ("news:1", "canceled")
    assert identify(RawArticle("", url=RAW.url, status="withheld")).id.startswith("url-")
    assert identify(replace(kill, usable_from="noon")).usable_from is None  # withdrawn anyhow
    with pytest.raises(Unreadable, match="to withdraw"):
        identify(RawArticle("", status="canceled"))


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
