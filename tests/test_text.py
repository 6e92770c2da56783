import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import Unreadable
from index.text import normalise, one_line

HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            "\r\n\v\f\x85\u2028\u2029\x00\u00ad\u200b\ufeff\u200c\u200d e\u0301\u0327A"
        ),
        st.sampled_from("ḍ\u0307אب中😀가ᄀ\u1161\u11a8Å\u212b"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@given(HOSTILE)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(HOSTILE)
def test_no_line_end_but_lf_and_no_invisible_nothing_is_left(text: str) -> None:
    assert not set(normalise(text)) & set("\r\v\f\x85\u2028\u2029\x00\u00ad\u200b\ufeff")


@given(st.text("abc é中😀“’\t\n\u200c\u200d"))
def test_everything_else_stays(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_one_lf(end: str) -> None:
    assert normalise(f"a{end}b{end}{end}c") == "a\nb\n\nc"


def test_a_nothing_inside_a_crlf_leaves_one_line_end() -> None:
    assert normalise("a\r\u200b\nb") == "a\nb"


def test_an_accent_meets_its_letter_when_what_parted_them_is_gone() -> None:
    assert normalise("e\u00ad\u0301") == "é"


def test_a_lone_surrogate_is_refused_with_its_place() -> None:
    with pytest.raises(Unreadable, match=r"U\+D800\) at position 2"):
        normalise("ab\ud800")


def test_a_megabyte_of_accents_is_refused() -> None:
    with pytest.raises(Unreadable, match="combining marks"):
        normalise("a" + "\u0301\u0327" * 500_000)


def test_many_accents_on_one_letter_are_still_text() -> None:
    text = "a" + "\u0327\u0301" * 200
    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_one_line_has_single_spaces() -> None:
    assert one_line("  A\r\n head\u00a0line\t ") == "A head line"
