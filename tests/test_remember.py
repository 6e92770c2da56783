import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.archive import Archive
from index.documents import Passage, Span
from index.errors import ArchiveMismatch
from index.queries import Hit
from qa_service import told, wire_answers
from qa_service.answers import Answer, Citation, Claim, Issue, Status, Timings, Usage, Verdict
from qa_service.errors import NotStored
from qa_service.recall import recall
from qa_service.remember import FILE_NAME, AnswerStore, without_words
from tests.fakes import HashedEmbedder, make_article

TAXES = make_article("Taxes will not rise. Rates may.", id="taxes", title="Budget Day")
RAIN = make_article("It rained in Sarn. 𝔖o it goes.", id="rain", title="Weather Desk")
FIRST = Claim("Taxes stay.", (1,), Verdict.SUPPORTED, (), 0, 15)
SECOND = Claim("It rained.", (2,), Verdict.SUPPORTED, (), 16, 30)
UNSUPPORTED = Claim(
    "Sarn drowned.", (), Verdict.UNSUPPORTED, (Issue("no_source", "Names no sentence."),)
)
ANSWER = Answer(
    id="ans_1",
    question="What about taxes and rain?",
    status=Status.ANSWERED,
    text="Taxes stay [1]. It rained [2].",
    claims=(FIRST, SECOND, UNSUPPORTED),
    citations=(
        Citation(1, TAXES, Span(0, 20), (Span(21, 31),), "Jo Minister", by_headline=True),
        Citation(2, RAIN, Span(0, 18)),
    ),
    related=(Hit(Passage(RAIN, Span(19, 30)), 0.5, 0.4),),
    model="scripted",
    usage=Usage(3, 2),
    timings=Timings(1, 2, 3),
    created=datetime.now(UTC),
    confidence=0.9,
    missing="Who it rained on.",
    conflicts=("Some say it snowed.",),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive.open(tmp_path, HashedEmbedder())
    list(opened.add([TAXES, RAIN]))
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    opened = AnswerStore.open(tmp_path, retention_days=30)
    yield opened
    opened.close()


def bodies(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return [body for (body,) in connection.execute("SELECT body FROM answers")]


def reloaded(store: AnswerStore, archive: Archive) -> told.Answer:
    store.save(wire_answers.answer(ANSWER))
    return recall(store.load(ANSWER.id), archive)


def test_an_answer_comes_back_as_it_was_told(store: AnswerStore, archive: Archive) -> None:
    assert reloaded(store, archive) == wire_answers.answer(ANSWER)


def test_no_word_of_an_article_is_stored(store: AnswerStore, tmp_path: Path) -> None:
    store.save(wire_answers.answer(ANSWER))
    (body,) = bodies(tmp_path)
    words = ["Taxes will not rise", "Rates may", "Budget Day", "It rained in Sarn", "it goes"]
    assert [word for word in [*words, "Weather Desk", "Daily Example"] if word in body] == []


def test_an_answer_outlives_the_service(tmp_path: Path, archive: Archive) -> None:
    first = AnswerStore.open(tmp_path, retention_days=30)
    first.save(wire_answers.answer(ANSWER))
    first.close()
    second = AnswerStore.open(tmp_path, retention_days=30)
    assert recall(second.load(ANSWER.id), archive) == wire_answers.answer(ANSWER)
    second.close()


def test_a_withdrawn_article_takes_its_words_and_claims_with_it(
    store: AnswerStore, archive: Archive
) -> None:
    archive.remove(RAIN.id)
    answer = reloaded(store, archive)
    assert answer.question == ANSWER.question
    assert answer.status is Status.ANSWERED
    assert answer.text == "Taxes stay [1]."
    assert [(c.text, c.verdict, c.start, c.end) for c in answer.claims] == [
        ("Taxes stay.", Verdict.SUPPORTED, 0, 15),
        (None, Verdict.WITHDRAWN, None, None),
        (None, Verdict.WITHDRAWN, None, None),  # made by a model that had read it
    ]
    assert answer.claims[1].issues == [
        told.Issue(
            kind="withdrawn", detail="An article that this claim rests on has been withdrawn."
        )
    ]
    first, second = answer.citations
    assert first == wire_answers.answer(ANSWER).citations[0]
    assert (second.quote, second.standing, second.article.title) == (None, "withdrawn", None)
    assert (second.article.id, second.article.version) == (RAIN.id, RAIN.version)
    assert (answer.related, answer.related_withdrawn) == ([], 1)
    assert (answer.missing, answer.conflicts, answer.confidence) == (None, [], None)
    assert "Sarn" not in answer.model_dump_json()


def test_what_is_left_of_the_text_still_has_its_claims_at_their_places(
    store: AnswerStore, archive: Archive
) -> None:
    archive.remove(TAXES.id)
    answer = reloaded(store, archive)
    assert answer.text == "It rained [2]."
    assert [(c.text, c.start, c.end) for c in answer.claims[:2]] == [
        (None, None, None),
        ("It rained.", 0, 14),
    ]
    assert answer.citations[0].context == [told.Place(quote=None, start=21, end=31)]
    assert (answer.citations[0].speaker, answer.citations[0].by_headline) == (None, False)


def test_nothing_is_found_any_more_when_all_that_was_found_is_withdrawn(
    store: AnswerStore, archive: Archive
) -> None:
    archive.remove(TAXES.id)
    archive.remove(RAIN.id)
    answer = reloaded(store, archive)
    assert (answer.status, answer.text) == (Status.NOT_FOUND, "")
    assert [claim.text for claim in answer.claims] == [None, None, None]


def test_a_claim_on_two_articles_falls_with_either(archive: Archive) -> None:
    both = replace(FIRST, citations=(1, 2))
    archive.remove(RAIN.id)
    kept = without_words(wire_answers.answer(replace(ANSWER, claims=(both,), related=())))
    assert [claim.verdict for claim in recall(kept, archive).claims] == [Verdict.WITHDRAWN]


def test_an_article_that_is_no_longer_stored_says_so(store: AnswerStore, tmp_path: Path) -> None:
    empty = Archive.open(tmp_path / "another", HashedEmbedder())
    answer = reloaded(store, empty)
    empty.close()
    assert [c.standing for c in answer.citations] == ["mismatch", "mismatch"]
    assert [c.quote for c in answer.citations] == [None, None]
    assert answer.claims[0].issues[0].detail.endswith("is no longer stored here.")


def test_an_updated_article_keeps_its_quote_and_tells_its_standing(
    store: AnswerStore, archive: Archive
) -> None:
    list(archive.add([make_article("Taxes will rise.", id="taxes")]))
    list(archive.add([make_article("So. It rained in Sarn.", id="rain")]))
    answer = reloaded(store, archive)
    assert [(c.quote, c.standing) for c in answer.citations] == [
        ("Taxes will not rise.", "changed"),
        ("It rained in Sarn.", "moved"),
    ]
    assert answer.text == ANSWER.text
    assert answer.claims == wire_answers.answer(ANSWER).claims


def test_old_answers_are_purged_and_not_given_out(tmp_path: Path) -> None:
    store = AnswerStore.open(tmp_path, retention_days=30)
    now = datetime.now(UTC)
    for days in (1, 29, 31, 400):
        aged = replace(ANSWER, id=f"ans_{days}", created=now - timedelta(days=days))
        store.save(wire_answers.answer(aged))
    with pytest.raises(NotStored, match="answers are kept for 30 days"):
        store.load("ans_31")
    assert store.purge() == 2
    assert store.purge() == 0
    assert store.load("ans_29").id == "ans_29"
    store.close()


def test_opening_purges_by_the_retention_of_today(tmp_path: Path) -> None:
    store = AnswerStore.open(tmp_path, retention_days=30)
    store.save(wire_answers.answer(ANSWER))
    store.close()
    AnswerStore.open(tmp_path, retention_days=0).close()
    assert bodies(tmp_path) == []


def test_without_retention_nothing_is_stored(tmp_path: Path) -> None:
    store = AnswerStore.open(tmp_path, retention_days=0)
    store.save(wire_answers.answer(ANSWER))
    with pytest.raises(NotStored, match="answers are not stored"):
        store.load(ANSWER.id)
    assert store.purge() == 0
    store.close()


def test_an_unknown_schema_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 7")
    connection.close()
    with pytest.raises(ArchiveMismatch, match="has schema 7, this service writes 1"):
        AnswerStore.open(tmp_path, retention_days=30)


def test_questions_are_for_the_service_alone_to_read(tmp_path: Path) -> None:
    AnswerStore.open(tmp_path, retention_days=30).close()
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0
