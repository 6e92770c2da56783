from io import BytesIO

import pytest

from index.errors import Unreadable
from index.formats.decode import MAX_DOCUMENT, decode
from index.formats.plain import raw_from_text, read_markdown, read_text
from index.identity import RawArticle


def read_bytes(data: bytes) -> RawArticle:
    ((place, found),) = read_text(BytesIO(data), "a.txt")
    assert place == ""
    assert isinstance(found, RawArticle)
    return found


def test_header_lines_give_the_fields_and_leave_the_body_clean() -> None:
    text = (
        "Title: Taxes stay\nDATE: 4 September 2023\nsource: The Example\nurl: http://a.example/\n"
        "author:  Ann Lee\nlanguage: en\nid: a1\n\nFirst: the facts.\n\nThen more.\n"
    )
    assert raw_from_text(text, path="a.txt") == RawArticle(
        text="First: the facts.\n\nThen more.",
        title="Taxes stay",
        published="4 September 2023",
        source="The Example",
        url="http://a.example/",
        author="Ann Lee",
        language="en",
        id="a1",
        path="a.txt",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Moscow: Medvedev said so.\ntitle: no",
        "Just words.\n\nMore.",
        "Date: unknown, though some say that it was in the spring of the year after the war.",
        "http://a.example/ is a link.",
    ],
)
def test_prose_is_no_header(text: str) -> None:
    assert raw_from_text(text) == RawArticle(text=text)


def test_a_header_ends_where_prose_begins() -> None:
    found = raw_from_text("title: Taxes stay\nMoscow: Medvedev said so.\n\nMore.")
    assert found == RawArticle(text="Moscow: Medvedev said so.\n\nMore.", title="Taxes stay")


def test_an_unknown_field_between_known_ones_is_ignored() -> None:
    found = raw_from_text("title: Taxes stay\nsection: World\ndate: 2023-09-04\n\nBody.")
    assert found == RawArticle(text="Body.", title="Taxes stay", published="2023-09-04")


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_the_date_of_a_dump_is_taken_off_the_first_sentence(gap: str) -> None:
    found = raw_from_text(f"date 2023-09-04{gap}Medvedev said so.")
    assert found == RawArticle(text="Medvedev said so.", published="2023-09-04")


def test_a_dump_date_may_have_a_colon_and_a_long_line_behind_it() -> None:
    sentence = "Medvedev said that so many had joined since the first of January of this year."
    found = raw_from_text(f"Date: 2023-09-04 {sentence}")
    assert found == RawArticle(text=sentence, published="2023-09-04")


def test_a_dump_date_below_a_header_does_not_overrule_it() -> None:
    found = raw_from_text("date: 2023-09-05\n\ndate 2023-09-04 Medvedev said so.")
    assert found == RawArticle(text="Medvedev said so.", published="2023-09-05")


def test_the_word_date_alone_is_text() -> None:
    assert raw_from_text("date 2023-99-99 is none").text == "date 2023-99-99 is none"
    assert raw_from_text("Dates matter.").text == "Dates matter."


def test_the_first_heading_of_markdown_is_its_title() -> None:
    ((_, found),) = read_markdown(BytesIO(b"# Taxes stay #\n\nBody, *as is*.\n\n# More\n"), "a.md")
    assert found == RawArticle("Body, *as is*.\n\n# More", title="Taxes stay", path="a.md")


def test_front_matter_of_markdown_is_a_header() -> None:
    text = '---\ntitle: "Taxes stay"\ntags: [a, b]\ndate: 2023-09-04\n---\n\nBody.'
    found = raw_from_text(text, markdown=True)
    assert found == RawArticle("Body.", title="Taxes stay", published="2023-09-04")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1252", "windows-1251"]
)
def test_text_in_any_common_encoding_is_read(encoding: str) -> None:
    latin = "Der Bürgermeister von Köln sagte, die Straße werde für ein Jahr geöffnet, außer früh. "
    text = ("Мэр города сказал, что дорога открыта. " if encoding.endswith("1251") else latin) * 5
    assert read_bytes(text.encode(encoding)).text == text


def test_windows_line_ends_do_not_hide_a_header() -> None:
    assert read_bytes(b"title: A\r\n\r\nBody.\r\n") == RawArticle("Body.", title="A", path="a.txt")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Unreadable, match="no known encoding"):
        read_bytes(bytes(range(256)) * 20)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="empty file"):
        read_bytes(b"")


def test_a_document_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Unreadable, match="at most 64 MB"):
        read_bytes(b" " * (MAX_DOCUMENT + 1))


WESTERN = [
    "He paid £5.", "It cost €20 – no more.", "Señor", "El alcalde dijo que mañana no subirán los "
    "impuestos en España.", "Der Bürgermeister sagte, die Straßen würden repariert.",
    "Le maire a déclaré que les impôts n’augmenteraient pas.", "Veien på Ås er åpen for øl.",
    "O prefeito disse que não haverá aumento; a decisão já é final.", "La città è più sicura.",
    "Borgmästaren sade att skatterna förblir oförändrade på Åland.",
]  # fmt: skip
ELSEWHERE = [
    ("cp1250", "Burmistrz powiedział, że podatki pozostaną bez zmian przez kolejny rok."),
    ("cp1250", "Starosta řekl, že silnice budou opraveny na jaře, až bude méně ledu."),
    ("cp1254", "Belediye başkanı vergilerin bir yıl daha aynı kalacağını söyledi."),
    ("cp1251", "Совет города решил оставить налоги прежними ещё на год."),
    ("koi8-r", "Совет города решил оставить налоги прежними ещё на год."),
    ("cp1253", "Ο δήμαρχος είπε ότι οι φόροι θα παραμείνουν οι ίδιοι για έναν ακόμη χρόνο."),
    ("shift_jis", "市議会は月曜日に税金をもう一年据え置くことを決めた。市長がそう述べた。"),
]


@pytest.mark.parametrize(
    ("encoding", "text"), [*(("cp1252", text) for text in WESTERN), *ELSEWHERE]
)
def test_an_encoding_that_nobody_names_is_told_by_the_letters(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    assert decode(data) == text
    # A page that says UTF-8 and is none is no better evidence than one that says nothing.
    page = f'<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'
    assert decode(page.encode(encoding)) == page


def test_the_end_of_an_embargo_among_the_header_lines_is_kept() -> None:
    found = raw_from_text("Title: Taxes\nEmbargo: 2999-01-01T00:00Z\n\nThey stay.")
    assert (found.usable_from, found.text) == ("2999-01-01T00:00Z", "They stay.")
    headline = "Embargo: all ships stay in port\n\nNo ship left on Monday."
    assert raw_from_text(headline) == RawArticle(headline)
