import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.documents import Article, Span
from index.split import split_sentences
from qa_service.standing import Kind, Standing, standing
from tests.fakes import HashedEmbedder, make_article

FIRST = make_article("Taxes will not rise. Rates may.")
SENTENCE = Span(0, 20)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path, HashedEmbedder())
    list(opened.add([FIRST]))
    yield opened
    opened.close()


def update(archive: Archive, text: str) -> None:
    list(archive.add([make_article(text)]))


def today(
    archive: Archive, span: Span = SENTENCE, quote: str | None = None
) -> tuple[Kind, Span | None]:
    found = standing(archive, FIRST.id, FIRST.version, span, quote)
    return found.kind, found.now


def test_words_of_the_current_version_are_verified(archive: Archive) -> None:
    assert today(archive, quote="Taxes will not rise.") == (Kind.VERIFIED, SENTENCE)


def test_words_that_a_later_version_has_at_the_same_place_are_verified(archive: Archive) -> None:
    update(archive, "Taxes will not rise. Rates will.")
    assert today(archive) == (Kind.VERIFIED, SENTENCE)


def test_words_that_stand_elsewhere_now_have_moved(archive: Archive) -> None:
    update(archive, "UPDATE: Taxes will not rise. Rates may.")
    assert today(archive) == (Kind.MOVED, Span(8, 28))


def test_of_several_places_the_nearest_is_told(archive: Archive) -> None:
    update(archive, "So. Taxes will not rise. Nobody knows. Taxes will not rise.")
    assert today(archive) == (Kind.MOVED, Span(4, 24))


def test_words_that_are_gone_have_changed(archive: Archive) -> None:
    update(archive, "Taxes will rise. Rates may.")
    assert today(archive) == (Kind.CHANGED, None)


def test_words_inside_a_longer_word_are_not_found_again(archive: Archive) -> None:
    words = Span(21, 26)  # "Rates"
    update(archive, "Overrated: Ratesetting and Pirates. RatesX")
    assert today(archive, words) == (Kind.CHANGED, None)


def test_words_of_a_withdrawn_article_are_withdrawn(archive: Archive) -> None:
    archive.remove(FIRST.id)
    assert today(archive) == (Kind.WITHDRAWN, None)


def test_a_withdrawn_version_stays_withdrawn_when_a_later_one_comes(archive: Archive) -> None:
    archive.remove(FIRST.id)
    update(archive, "A correction. Taxes will not rise.")
    assert today(archive) == (Kind.WITHDRAWN, None)


@pytest.mark.parametrize(
    ("span", "quote"),
    [
        (SENTENCE, "Taxes will rise."),
        (SENTENCE, "taxes will not rise."),
        (SENTENCE, "Taxes will not rise"),
        (Span(1, 21), "Taxes will not rise."),
        (Span(21, 32), None),  # one past the end
        (Span(500, 501), None),
        (Span(3, 3), ""),
    ],
)
def test_words_that_never_stood_there_are_a_mismatch(
    archive: Archive, span: Span, quote: str | None
) -> None:
    assert today(archive, span, quote) == (Kind.MISMATCH, None)


def test_an_article_or_version_that_never_was_is_a_mismatch(archive: Archive) -> None:
    assert standing(archive, "nobody", FIRST.version, SENTENCE).kind is Kind.MISMATCH
    assert standing(archive, FIRST.id, "0" * 64, SENTENCE).kind is Kind.MISMATCH


@pytest.mark.parametrize(
    ("old", "words", "new"),
    [
        ("25 died.", "25", "250 died."),
        ("25 died.", "25", "1925 died."),
        ("25 died.", "25", "25.5 died."),
        ("It rose to 25.", "It rose to 25.", "It rose to 25.5 per cent."),
        ("It rose to 25", "25", "It rose to 1,25"),
        ("Rates rise.", "Rates", "Ratesetters rise."),
    ],
)
def test_words_that_became_part_of_another_word_or_number_have_changed(
    old: str, words: str, new: str
) -> None:
    start = old.index(words)
    found = of_two(make_article(old), make_article(new), Span(start, start + len(words)))
    assert (found.kind, found.now) == (Kind.CHANGED, None)


def test_a_cut_inside_a_word_may_stay_one() -> None:
    old, new = make_article("Overrated."), make_article("So overrated. Overrated.")
    assert of_two(old, new, Span(4, 9)).now == Span(7, 12)


def test_of_a_changed_quote_the_nearest_sentence_is_shown() -> None:
    old = make_article("The toll was eleven. Nobody else was hurt.")
    new = make_article("Corrected. The toll was forty. Rates stay. The toll in 1923 was twelve.")
    found = of_two(old, new, Span(0, 20))
    assert found.kind is Kind.CHANGED
    assert found.nearest is not None
    assert new.slice(found.nearest) == "The toll was forty."


@pytest.mark.parametrize("new", ["Rates stay where they are.", "—", "\n\n"])
def test_nothing_is_shown_as_near_that_shares_next_to_nothing(new: str) -> None:
    found = of_two(make_article("The toll was eleven."), make_article(new), Span(0, 20))
    assert (found.kind, found.nearest) == (Kind.CHANGED, None)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)


class OneArticle:
    """An archive of two versions of one article, without a file."""

    def __init__(self, old: Article, new: Article) -> None:
        self.versions = {old.version: old, new.version: new}
        self.current = new

    def article(self, article_id: str, version: str | None = None) -> Article:
        return self.versions[version] if version else self.current


def of_two(cited: Article, current: Article, span: Span) -> Standing:
    archive = OneArticle(cited, current)
    return standing(archive, cited.id, cited.version, span)  # type: ignore[arg-type]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts, st.data())
def test_what_is_told_to_stand_somewhere_stands_there(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    holds(make_article(old), make_article(new), span)


SAID = ["Taxes will not rise. ", "Rates may. ", "25 died.\n", "“No,” she said. ", "It fell 2.5 %. "]
EDITS = st.lists(
    st.tuples(st.integers(0, 99), st.integers(0, 6), st.sampled_from(["", "x", "5", ".", *SAID])),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300)
@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=6), EDITS, st.data())
def test_through_any_edits_a_sentence_is_found_where_it_is_or_not_at_all(
    sentences: list[str], edits: list[tuple[int, int, str]], data: st.DataObject
) -> None:
    old = make_article("".join(sentences))
    text = old.text
    for percent, removed, put in edits:
        at = percent * len(text) // 100
        text = text[:at] + put + text[at + removed :]
    cited = data.draw(st.sampled_from(split_sentences(old)))
    holds(old, make_article(text or "—"), cited.quotable)


def holds(cited: Article, current: Article, span: Span) -> None:
    """Check all that a standing promises of two versions."""
    words = cited.slice(span)
    found = of_two(cited, current, span)
    assert found.kind in (Kind.VERIFIED, Kind.MOVED, Kind.CHANGED)
    assert (found.now is None) == (found.kind is Kind.CHANGED)
    if found.now is not None:
        assert current.slice(found.now) == words
        assert (found.now == span) == (found.kind is Kind.VERIFIED)
        assert found.nearest is None
    elif words in current.text:  # then only as a part of other words or numbers
        assert re.search(rf"(?<![\w.,]){re.escape(words)}(?![\w.,])", current.text) is None
    if found.nearest is not None:
        sentences = [sentence.quotable for sentence in split_sentences(current)]
        assert found.nearest in sentences
