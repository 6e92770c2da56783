import numpy as np
import pytest

from index.words import MOST, code, stem, telling, terms_in, terms_of, words_of


def codes(title: str, text: str) -> set[int]:
    return set(terms_in(terms_of(title, text))["code"].tolist())


def test_words_are_folded_without_the_genitive_and_pairs_where_there_are_no_spaces() -> None:
    assert words_of("The Bank’s RATE, 北京市") == ["the", "bank", "rate", "北 京", "京 市"]


@pytest.mark.parametrize(
    ("form", "other"),
    [("prices", "price"), ("voted", "voting"), ("Élysée", "elysee"), ("Kraków", "KRAKOW")],
)
def test_forms_of_a_word_have_one_stem(form: str, other: str) -> None:
    assert stem(*words_of(form)) == stem(*words_of(other))


@pytest.mark.parametrize("asked", ["北京", "京", "北京市", "Storms", "12"])
def test_what_is_asked_for_has_the_numbers_of_what_was_indexed(asked: str) -> None:
    assert {code(found) for found in telling(asked)} <= codes("12 storms", "于北京市。")


def test_a_word_counts_more_the_oftener_it_stands_there_and_less_in_a_longer_text() -> None:
    def impact(text: str) -> int:
        terms = terms_in(terms_of("", text))
        return int(terms["impact"][terms["code"] == code("storm")][0])

    assert impact("storm") < impact("storm storm") <= 255
    assert 0 < impact("storm" + " other" * 400) < impact("storm other")


def test_nothing_has_no_terms() -> None:
    for text in ("", "🙂", "… — !", "\u200b"):
        assert terms_of("", text) == b""
        assert telling(text) == []


def test_a_query_is_about_its_telling_words_the_first_of_thousands() -> None:
    assert telling("What did the banks say?") == ["bank", "say"]
    assert telling("what was it") == ["what", "was", "it"]  # better than none
    assert telling('AND OR NEAR("storm*") -gas') == ["near", "storm", "gas"]
    assert len(telling(" ".join(f"w{n}" for n in range(10_000)))) == MOST


def test_the_numbers_of_stems_never_change() -> None:
    # They are in every archive: other ones call for another schema.
    kept = terms_in(terms_of("Storm", "The storm came."))
    assert np.sort(kept, order="code").tolist() == [
        (1011183078, 193),
        (4052537413, 220),
        (4197837672, 193),
    ]
