import gzip
import json
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from index.formats import Findings
from index.formats.json import MAX_LINE, article_from_record, read_json, read_json_lines
from index.identity import RawArticle

RECORD = {
    "id": "n1",
    "title": "Taxes stay",
    "text": "He said so.",
    "url": "https://news.example.org/1",
    "source": "The Example",
    "authors": ["Ann Lee", {"name": "Bo Berg"}],
    "published": "2023-09-04",
    "language": "en",
    "section": {"unknown": "ignored"},
}


def found_by(
    reader: Callable[[BinaryIO, str], Findings], data: bytes
) -> list[tuple[str, RawArticle | str]]:
    found = reader(BytesIO(data), "a.json")
    return [(at, raw if isinstance(raw, RawArticle) else str(raw)) for at, raw in found]


def test_a_record_becomes_an_article() -> None:
    article = article_from_record(RECORD)
    assert (article.id, article.title, article.text) == ("n1", "Taxes stay", "He said so.")
    assert (article.url, article.source) == ("https://news.example.org/1", "The Example")
    assert (article.author, article.language) == ("Ann Lee, Bo Berg", "en")
    assert article.published == date(2023, 9, 4)


@pytest.mark.parametrize("field", ["text", "body", "content"])
def test_the_text_may_stand_under_any_of_its_names(field: str) -> None:
    assert article_from_record({field: "He said so."}).text == "He said so."


def test_html_is_read_as_a_page_and_the_record_overrules_it() -> None:
    html = "<html><head><title>Other</title></head><body><p>He said so.</p></body></html>"
    article = article_from_record({"html": html, "title": "Taxes stay", "date": "2023-09-04"})
    assert (article.title, article.text) == ("Taxes stay", "He said so.")
    assert article.published == date(2023, 9, 4)


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"author": "Ann Lee"}, "Ann Lee"),
        ({"author": {"name": "Ann Lee"}}, "Ann Lee"),
        ({"author": ["Ann Lee", " "]}, "Ann Lee"),
        ({"authors": []}, None),
        ({"author": None, "authors": ["Bo Berg"]}, "Bo Berg"),
    ],
)
def test_authors_become_one_line(fields: dict[str, object], author: str | None) -> None:
    assert article_from_record({"text": "He said so.", **fields}).author == author


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": 5}, "expected a string as 'title', got 5"),
        ({"text": ["a"]}, """expected a string as 'text', got ["a"]"""),
        ({"published": 1693785600}, "expected a string as 'published', got 1693785600"),
        ({"authors": [1]}, """expected strings or objects with a "name" as 'authors', got [1]"""),
        ({"id": True}, "expected a string as 'id', got true"),
        ({"url": "file:///etc/passwd"}, "Article URLs are http(s) only, got 'file:///etc/passwd'"),
        ({"text": " "}, "expected an article's text as text, body, content or html, got none"),
    ],
)
def test_a_wrong_field_is_refused_by_name(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        article_from_record({**RECORD, **fields})
    assert str(refused.value) == reason


def test_a_number_is_an_id() -> None:
    assert article_from_record({**RECORD, "id": 17}).id == "17"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*RECORD, "body", "date", "author"]), JSON))
def test_any_record_is_an_article_or_refused(record: dict[str, object]) -> None:
    try:
        article = article_from_record(record)
    except Unreadable:
        return
    assert article.text.strip()


def test_a_file_may_hold_one_object_a_list_or_a_list_under_articles() -> None:
    one, two = RawArticle("One."), RawArticle("Two.")
    both = [{"text": "One."}, {"text": "Two."}]
    listed = [("[0]", one), ("[1]", two)]
    assert found_by(read_json, json.dumps(both).encode()) == listed
    assert found_by(read_json, json.dumps({"articles": both}).encode("utf-16")) == listed
    assert found_by(read_json, b'{"text": "One."}') == [("", RawArticle("One.", path="a.json"))]


def test_a_bad_record_in_a_list_does_not_stop_the_others() -> None:
    assert found_by(read_json, b'[5, {"text": 5}, {"text": "Two."}]') == [
        ("[0]", "expected a JSON object, got 5"),
        ("[1]", "expected a string as 'text', got 5"),
        ("[2]", RawArticle("Two.")),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}", b'"\xff"', b"{}\n{}"],
    ids=["empty", "open", "nested", "digits", "bytes", "lines"],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="expected"):
        list(read_json(BytesIO(data), "a.json"))


def test_lines_are_counted_from_one_and_bad_ones_passed() -> None:
    data = b'\xef\xbb\xbf{"text": "One."}\r\n\n{"text":\n"\xff"\n{"text": "Two."}'
    found = found_by(read_json_lines, data)
    assert [at for at, _ in found] == [":1", ":3", ":4", ":5"]
    assert [raw for _, raw in found if isinstance(raw, RawArticle)] == [
        RawArticle("One."),
        RawArticle("Two."),
    ]


def test_lines_in_utf_16_are_read() -> None:
    data = '{"text": "One."}\n{"text": "Ċ."}\n'.encode("utf-16")  # U+010A holds the byte of LF
    assert found_by(read_json_lines, data) == [(":1", RawArticle("One.")), (":2", RawArticle("Ċ."))]


def test_a_line_beyond_the_limit_is_refused_and_the_next_is_read() -> None:
    data = b"{" + b" " * (2 * MAX_LINE) + b'}\n{"text": "Two."}\n'
    assert found_by(read_json_lines, data) == [
        (":1", "expected a line of at most 16 MB, got a longer one"),
        (":2", RawArticle("Two.")),
    ]


def test_a_bomb_is_refused_after_the_limit_and_not_after_its_end() -> None:
    bomb = BytesIO(gzip.compress(bytes(2**28), compresslevel=1))
    with pytest.raises(Unreadable, match="at most 64 MB"):
        list(read_json(cast(BinaryIO, gzip.GzipFile(fileobj=bomb)), "bomb.json"))
    assert bomb.tell() < len(bomb.getvalue()) / 2


def test_a_file_of_blank_lines_is_refused() -> None:
    with pytest.raises(Unreadable, match="empty file"):
        list(read_json_lines(BytesIO(b"\n\n"), "a.jsonl"))
