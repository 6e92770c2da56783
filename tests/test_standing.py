from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.documents import Article, Span
from qa_service.standing import Kind, standing
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


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)


class OneArticle:
    """An archive of two versions of one article, without a file."""

    def __init__(self, old: Article, new: Article) -> None:
        self.versions = {old.version: old, new.version: new}
        self.current = new

    def article(self, article_id: str, version: str | None = None) -> Article:
        return self.versions[version] if version else self.current


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, texts, st.data())
def test_what_is_told_to_stand_somewhere_stands_there(
    old: str, new: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    cited, current = make_article(old), make_article(new)
    found = standing(OneArticle(cited, current), cited.id, cited.version, span)  # type: ignore[arg-type]
    assert found.kind in (Kind.VERIFIED, Kind.MOVED, Kind.CHANGED)
    assert (found.now is None) == (found.kind is Kind.CHANGED)
    if found.now is not None:
        assert current.slice(found.now) == cited.slice(span)
    elif len(new) >= len(old):
        assert old != new
