import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from index.formats.markup import text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &amp; <b>two</b>.</p><p>Three.</p>", "One & two.\n\nThree."),
        ("One<br/>two<br>three", "One\ntwo\nthree"),
        ("<p>One\n   line,\tno more</p>", "One line, no more"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<table><tr><th>A</th><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>", "A 1\n\nB 2"),
        ("a<script>b</script>c<style>d</style><!-- e -->f", "acf"),
        ("<figure><img/><figcaption>Caption</figcaption></figure><p>Text</p>", "Text"),
        ("<p>One<h2>Head</h2>two", "One\n\nHead\n\ntwo"),
        ('<?xml version="1.0" encoding="utf-16"?><p>é</p>', "é"),
        ("", ""),
        ("plain, no marks", "plain, no marks"),
        ("<!-- only -->", ""),
    ],
)
def test_paragraphs_are_kept_and_nothing_else_of_the_markup(html: str, text: str) -> None:
    assert text_of_html(html) == text


def test_nothing_is_lost_in_the_depth() -> None:
    assert text_of_html("<div>" * 1000 + "deep" + "</div>" * 1000) == "deep"
    with pytest.raises(Unreadable, match="nested"):
        text_of_html("<div>" * 5000 + "deep" + "</div>" * 5000)


@given(st.text())
def test_whatever_comes_gives_text_or_says_why_not(html: str) -> None:
    try:
        text = text_of_html(html)
    except Unreadable:
        return
    assert text == text.strip()
