from collections.abc import Callable
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


LINKED = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "WebSite", "name": "The Example"},
{"@type": ["NewsArticle"], "headline": "Taxes &amp; roads",
 "datePublished": "2023-09-04T08:00:00+02:00", 
 "dateModified": "2023-09-05T08:00:00+02:00", "inLanguage": "en",
 "author": [{"@type": "Person", "name": "By Ann Lee"}, {"name": "https://example.org/bo"}],
 "publisher": {"name": "The Example"}}]}</script>"""


def page_with(head: str, body: str = "") -> str:
    return f"<html><head>{head}</head><body><article>{body}{BODY}</article></body></html>"


def test_json_ld_counts_before_all_else() -> None:
    found = raw_from_html(PAGE.replace("<head>", f"<head>{LINKED}"))
    assert (found.title, found.author, found.source) == ("Taxes & roads", "Ann Lee", "The Example")
    assert (found.published, found.published_known_by) == ("2023-09-04T08:00:00+02:00", "json-ld")
    assert found.updated == "2023-09-05T08:00:00+02:00"


@pytest.mark.parametrize(
    ("head", "body", "url", "known"),
    [
        (LINKED, "", None, ("2023-09-04T08:00:00+02:00", "json-ld")),
        ('<meta itemprop="datePublished" content="2023-09-04">', "", None, ("2023-09-04", "meta")),
        ("", '<time pubdate datetime="2023-09-04">now</time>', None, ("2023-09-04", "meta")),
        ("", "", "https://a.example/2023/09/04/taxes", ("2023-09-04", "url")),
        ("", "", "https://a.example/20230904-taxes", ("2023-09-04", "url")),
        ("", "<p>Published 4 September 2023</p>", None, ("2023-09-04", "guess")),
        ("", "", "https://a.example/2023/09/taxes", (None, None)),
        # The day on which it was changed is the best that there is, and no more than a guess.
        (LINKED.replace("2023-09-04T08:00", "soon"), "", None, ("2023-09-05", "guess")),
    ],
)
def test_every_date_says_how_it_was_known(
    head: str, body: str, url: str | None, known: tuple[str | None, str | None]
) -> None:
    found = raw_from_html(page_with(head, body), url=url)
    assert (found.published, found.published_known_by) == known


@pytest.mark.parametrize(
    "script",
    ["{", "[]", "null", '{"@graph": 5}', "[" * 5000, '{"@type": "NewsArticle", "author": 5}'],
)
def test_json_ld_that_is_broken_does_no_harm(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert "all taxes" in raw_from_html(page_with(head)).text


def test_the_name_of_the_site_is_no_part_of_the_headline() -> None:
    head = '<meta property="og:site_name" content="The Example">'
    for title in ("Taxes - up or down? | The Example", "Taxes - up or down? – the example.com"):
        found = raw_from_html(page_with(f"{head}<title>{title}</title>"))
        assert found.title == "Taxes - up or down?"


@pytest.mark.parametrize(
    "word", ["سختی\u200cها", "🤷\u200d♀️", "\u2066@LorettaLynn\u2069", "a\u2060b", "𒐀 and x\u200cy"]
)
@pytest.mark.parametrize("written", [str, lambda word: word.replace("\u200c", "&zwnj;"),
                                     lambda word: word.replace("\u200d", "&#x200D;")])  # fmt: skip
def test_characters_without_a_width_stay_where_they_are(
    word: str, written: Callable[[str], str]
) -> None:
    page = PAGE.replace("nobody", written(word)).replace('t="Taxes', f't="{written(word)} taxes')
    found = raw_from_html(page)
    assert f"said that {word} had asked" in found.text
    assert found.title == f"{word} taxes stay"
