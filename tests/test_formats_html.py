from io import BytesIO

import pytest

from index.errors import Unreadable
from index.formats.html import raw_from_html, read_html
from index.identity import RawArticle

BODY = (
    "<p>The council of the town met on Monday evening and agreed to keep all taxes as they are for "
    "one more year.</p>\n<p>Ann Lee, who leads it, said that <b>nobody</b> had asked for it &amp; "
    "that the roads would be mended in spring, when the frost is over.</p>"
)
PAGE = (
    '<!doctype html><html lang="en-GB"><head><title>Taxes stay - The Example</title>'
    '<meta property="og:title" content="Taxes stay"><meta name="author" content="Bo Berg">'
    '<meta property="og:site_name" content="The Example">'
    '<meta property="article:published_time" content="2023-09-04T10:00:00Z">'
    '<link rel="canonical" href="https://news.example.org/2023/taxes"></head>'
    f"<body><nav>Home Sport</nav><article><h1>Taxes stay</h1>{BODY}</article></body></html>"
)


def test_a_page_gives_its_text_and_what_its_head_says() -> None:
    ((place, found),) = read_html(BytesIO(PAGE.encode()), "a.html")
    assert isinstance(found, RawArticle)
    assert place == ""
    assert found.text.split("\n\n")[-2:] == [
        "The council of the town met on Monday evening and agreed to keep all taxes as they are "
        "for one more year.",
        "Ann Lee, who leads it, said that nobody had asked for it & that the roads would be "
        "mended in spring, when the frost is over.",
    ]
    assert "Sport" not in found.text
    assert (found.title, found.author, found.published) == (
        "Taxes stay",
        "Bo Berg",
        "2023-09-04T10:00:00Z",
    )
    assert (found.source, found.language, found.path) == ("The Example", "en-GB", "a.html")
    assert found.url == "https://news.example.org/2023/taxes"


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1251", "shift_jis"])
def test_the_charset_that_a_page_names_is_believed(encoding: str) -> None:
    word = {"iso-8859-1": "Köln “neu”", "windows-1251": "Город", "shift_jis": "日本"}[encoding]
    page = PAGE.replace("<head>", f'<head><meta charset="{encoding}">').replace("nobody", word)
    data = page.encode("windows-1252" if encoding == "iso-8859-1" else encoding)
    ((_, found),) = read_html(BytesIO(data), "a.html")
    assert isinstance(found, RawArticle)
    assert word in found.text


def test_a_piece_of_a_page_is_enough() -> None:
    assert (
        raw_from_html("<p>Taxes stay.</p><p>He said so.</p>").text == "Taxes stay.\n\nHe said so."
    )


def test_an_address_that_is_not_of_the_web_is_left_out() -> None:
    page = PAGE.replace("https://news.example.org/2023/taxes", "javascript:alert(1)")
    assert raw_from_html(page).url is None


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<script>x()</script>", " "])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(Unreadable):
        raw_from_html(page)


def test_a_page_nested_without_end_is_refused_and_does_no_harm() -> None:
    with pytest.raises(Unreadable, match="an article in it"):
        raw_from_html("<div>" * 15_000 + "Taxes stay." + "</div>" * 15_000)


def test_a_page_that_would_take_hours_is_refused_at_once() -> None:
    with pytest.raises(Unreadable, match="at most 20000 tags, got one of 1000001"):
        raw_from_html("<p>" + "<b>x</b> y " * 1_000_000)
