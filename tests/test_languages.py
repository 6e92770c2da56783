"""Stories in Russian, German, French, Spanish, Arabic and Chinese: cut, found and verified."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.archive import Archive
from index.documents import Passage
from index.queries import Query
from index.split import split_sentences
from index.tongues import comparable, language_of
from qa_service.answers import DraftClaim, Verdict
from qa_service.checks.quantities import quantities
from qa_service.confidence import confidence, is_worth_asking
from qa_service.premise import fitting
from qa_service.timely import timely
from qa_service.verify import Verified, verify
from tests.fakes import make_article
from tests.foreign import FRENCH, MONDAY, STORIES, Story

ASKED = [(story, question) for story in STORIES for question, _ in story.asked]
WHILE = date(2023, 9, 8)
ENGLISH = (
    make_article("The ferry Olga was refloated with 183 people aboard.", id="e1"),
    make_article("The 11 September market fair was moved after a fire.", id="e2"),
)


class OneVector:
    """Finds everything equally near, so that only the words count."""

    fingerprint = "one-vector"
    dimension = 4

    def embed_passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        return self.embed_texts([passage.text for passage in passages])

    def embed_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> NDArray[np.float32]:
        return np.full(self.dimension, 0.5, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) // 4 for text in texts]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder: Path = tmp_path_factory.mktemp("languages")
    opened = Archive.open(folder, OneVector())
    list(opened.add([*(story.article for story in STORIES), *ENGLISH]))
    yield opened
    opened.close()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)
def test_a_story_is_cut_at_its_sentence_ends(story: Story) -> None:
    sentences = split_sentences(story.article)
    assert len(sentences) == story.sentences
    assert "".join(sentence.text for sentence in sentences) == story.text


@pytest.mark.parametrize(("story", "question"), ASKED)
def test_a_question_finds_the_story_in_its_language_by_words_alone(
    archive: Archive, story: Story, question: str
) -> None:
    best = archive.search(Query(question))[0]
    assert best.passage.article.id == story.article.id


@pytest.mark.parametrize(("story", "question"), ASKED)
def test_what_a_story_answers_is_worth_asking(
    archive: Archive, story: Story, question: str
) -> None:
    hits = archive.search(Query(question))
    assert is_worth_asking(question, confidence(question, timely(question, hits, WHILE)))
    fits = [hit.passage.article.id for hit in fitting(question, hits, WHILE)]
    assert story.article.id in fits


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)
def test_what_no_story_answers_is_not_worth_asking(archive: Archive, story: Story) -> None:
    hits = archive.search(Query(story.absent))
    held = confidence(story.absent, timely(story.absent, hits, WHILE))
    assert not is_worth_asking(story.absent, held)


@pytest.mark.parametrize(
    ("story", "claim"), [(story, claim) for story in STORIES for claim in story.told]
)
def test_what_a_story_says_is_believed_and_quoted_in_its_language(story: Story, claim: str) -> None:
    verified = verified_claim(story, claim)
    assert verified.claim.verdict is Verdict.SUPPORTED
    assert all(citation.quote in story.text for citation in verified.citations)


@pytest.mark.parametrize(
    ("story", "claim"), [(story, claim) for story in STORIES for claim in story.wrong]
)
def test_another_number_name_or_day_is_refused(story: Story, claim: str) -> None:
    assert verified_claim(story, claim).claim.verdict is Verdict.UNSUPPORTED


def test_another_doer_is_refused() -> None:
    claim = "Karim Lassalle a promis une prime de 400 euros."  # it was the mayor
    assert verified_claim(FRENCH, claim).claim.verdict is Verdict.UNSUPPORTED


def verified_claim(story: Story, claim: str) -> Verified:
    shown = {f"S{n}": s for n, s in enumerate(split_sentences(story.article), start=1)}
    return verify(DraftClaim(claim, tuple(shown)), shown)


@pytest.mark.parametrize(
    ("text", "language"),
    [(question, story.language) for story, question in ASKED]
    + [(story.absent, story.language) for story in STORIES]
    + [
        ("Who won in Le Mans, and what was the prize?", "en"),
        ("who beat tampa bay", "en"),
        ("Was war?", "de"),
        ("¿Ganó Ruiz?", "es"),
        ("東京の市長は誰ですか", "ja"),
        ("Что сказал Biden в Twitter о NATO?", "ru"),
        ("2023", "en"),
        ("", "en"),
        ("😀", "en"),
    ],
)
def test_a_language_is_told_by_script_and_small_words(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("пассажиров парома", "Пассажира паром", "ru"),
        ("der Markthalle", "Markthallen", "de"),
        ("les trams touchés", "tram touche", "fr"),
        ("las escuelas", "escuela", "es"),
        ("المدارس", "ومدارس", "ar"),
        ("地铁的", "地铁", "zh"),
    ],
)
def test_forms_of_a_word_are_compared_as_one(one: str, other: str, language: str) -> None:
    assert comparable(one, language) == comparable(other, language)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("3,2 Mio. Euro", "de", 3_200_000),
        ("anderthalb Millionen", "de", 1_500_000),
        ("zweieinhalb Millionen", "de", 2_500_000),
        ("eine halbe Million", "de", 500_000),
        ("deux millions et demi", "fr", 2_500_000),
        ("2 millones y medio de euros", "es", 2_500_000),
        ("полмиллиона рублей", "ru", 500_000),
        ("два с половиной миллиона рублей", "ru", 2_500_000),
        ("zweihundertachtzig Autos", "de", 280),
        ("vingt et un morts", "fr", 21),
        ("quatre-vingt-dix agents", "fr", 90),
        ("medio millón de pesos", "es", 500_000),
        ("полтора миллиона рублей", "ru", 1_500_000),
        ("пятнадцати человек", "ru", 15),
        ("٣ ملايين دينار", "ar", 3_000_000),
        ("十二人", "zh", 12),
        ("三十五万人", "zh", 350_000),
        ("百分之八十五", "zh", 85),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(text: str, language: str, value: int) -> None:
    assert [quantity.value for quantity in quantities(text, language)] == [Fraction(value)]


def test_a_story_without_a_language_is_told_by_its_script() -> None:
    for story in STORIES:
        bare = make_article(story.text, language=None, published=MONDAY)
        if story.language in ("ru", "ar", "zh"):
            assert len(split_sentences(bare)) == story.sentences
