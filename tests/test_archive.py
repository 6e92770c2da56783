import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.archive import Archive
from index.documents import Article
from index.errors import ArchiveMismatch, ArticleWithdrawn, NoSuchArticle
from index.fetch import Counts, SourceCount
from index.instants import instant
from index.queries import Query
from index.store import Outcome
from tests.fakes import HashedEmbedder, make_article


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path, HashedEmbedder())
    yield archive
    archive.close()


def outcomes(archive: Archive, *articles: Article) -> list[str]:
    return [stored.outcome for stored in archive.add(articles)]


def ids(archive: Archive, text: str, **filters: object) -> list[str]:
    hits = archive.search(Query(text, **filters))  # type: ignore[arg-type]
    return [hit.passage.article.id for hit in hits]


def test_an_article_is_created_then_unchanged_then_updated(archive: Archive) -> None:
    first, second = make_article("Taxes will not rise."), make_article("Taxes will rise.")
    assert outcomes(archive, first) == [Outcome.CREATED]
    assert outcomes(archive, first) == [Outcome.UNCHANGED]
    assert outcomes(archive, second) == [Outcome.UPDATED]
    assert archive.article("a1") == second
    assert archive.article("a1", first.version) == first


def test_the_same_id_twice_in_one_batch_is_two_revisions(archive: Archive) -> None:
    first, second = make_article("One."), make_article("Two.")
    assert outcomes(archive, first, second, first) == ["created", "updated", "updated"]
    history = archive.history("a1")
    assert [revision.version for revision in history] == [
        first.version, second.version, first.version,
    ]  # fmt: skip
    assert [revision.number for revision in history] == sorted({r.number for r in history})


def test_a_search_finds_the_words_and_gives_back_a_slice(archive: Archive) -> None:
    outcomes(
        archive,
        make_article("The ferry sank off Lindau. Nobody was hurt.", id="ferry"),
        make_article("The key rate stays where it is.", id="rate"),
    )
    (hit, *_) = archive.search(Query("ferry Lindau"))
    assert hit.passage.article.id == "ferry"
    assert hit.passage.text == "The ferry sank off Lindau. Nobody was hurt."
    assert hit.similarity > 0.3


def test_only_the_current_version_is_found(archive: Archive) -> None:
    outcomes(archive, make_article("The toll was eleven."), make_article("The toll was forty."))
    texts = [hit.passage.text for hit in archive.search(Query("toll"))]
    assert texts == ["The toll was forty."]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"since": date(2023, 9, 2)}, ["b", "c"]),
        ({"until": date(2023, 9, 2)}, ["a"]),
        ({"since": date(2023, 9, 1), "until": date(2023, 9, 3)}, ["a", "b"]),
        ({"since": datetime(2023, 9, 3, 12, tzinfo=UTC)}, ["c"]),
        ({"until": datetime(2023, 9, 3, 12, tzinfo=UTC)}, ["a", "b"]),
        ({"as_of": date(2023, 9, 2)}, ["a", "b"]),
        ({"sources": ("the wire",)}, ["a", "c"]),
        ({"authors": ("Bo Chen",)}, ["b", "c"]),
        ({"languages": ("DE",)}, ["c"]),
        ({"exclude_articles": ("a", "unknown")}, ["b", "c", "undated"]),
        ({}, ["a", "b", "c", "undated"]),
    ],
)
def test_filters_are_exact(archive: Archive, filters: dict[str, object], found: list[str]) -> None:
    late = datetime(2023, 9, 3, 18, tzinfo=UTC)
    outcomes(
        archive,
        make_article("A storm.", id="a", published=date(2023, 9, 1), source="The Wire"),
        make_article("A storm.", id="b", published=date(2023, 9, 2), author="Ann Lee and Bo Chen"),
        make_article("Storm.", id="c", published=late, language="de", source="The Wire",
                     author="Bo Chen"),
        make_article("The storm.", id="undated", published=None),
    )  # fmt: skip
    assert sorted(ids(archive, "storm", **filters)) == found


def test_a_dated_query_counts_what_it_leaves_out_for_want_of_a_date(archive: Archive) -> None:
    outcomes(
        archive,
        make_article("A storm.", id="dated"),
        make_article("A storm.", id="undated", published=None),
        make_article("A storm.", id="foreign", published=None, language="de"),
    )
    assert archive.count_undated(Query("storm", since=date(2020, 1, 1), languages=("en",))) == 1
    assert archive.count_undated(Query("storm")) == 0


def test_as_of_finds_the_version_that_was_current_then(archive: Archive) -> None:
    outcomes(archive, make_article("The toll was eleven."))
    between = datetime.now(UTC)
    outcomes(archive, make_article("The toll was forty."))

    def texts(as_of: date | None) -> list[str]:
        return [hit.passage.text for hit in archive.search(Query("toll", as_of=as_of))]

    assert texts(between) == ["The toll was eleven."]
    assert texts(date(2023, 9, 4)) == ["The toll was eleven."]  # before either came: the first
    assert texts(None) == ["The toll was forty."]
    assert texts(date(2023, 9, 3)) == []  # not yet published


def test_back_to_an_earlier_version_is_a_third_revision(archive: Archive) -> None:
    eleven, forty = make_article("The toll was eleven."), make_article("The toll was forty.")
    for article in (eleven, forty, eleven):
        outcomes(archive, article)
    second = archive.history("a1")[1].arrived
    as_of = [hit.passage.text for hit in archive.search(Query("toll", as_of=second))]
    now = [hit.passage.text for hit in archive.search(Query("toll"))]
    assert (as_of, now) == (["The toll was forty."], ["The toll was eleven."])


def test_a_withdrawn_article_leaves_nothing_but_a_tombstone(
    archive: Archive, tmp_path: Path
) -> None:
    first = make_article("The zugzwang affair.", id="gone", title="Zugzwang")
    outcomes(archive, first, make_article("The zugzwang denial.", id="gone"))
    before = archive.history("gone")[1].arrived
    archive.remove("gone")
    assert ids(archive, "zugzwang affair") == []
    assert ids(archive, "zugzwang affair", as_of=before) == []
    with pytest.raises(ArticleWithdrawn):
        archive.article("gone", first.version)
    with pytest.raises(ArticleWithdrawn):
        archive.remove("gone")
    assert [revision.version is None for revision in archive.history("gone")] == [
        False, False, True,
    ]  # fmt: skip
    assert (archive.counts(), archive.sources()) == (Counts(0, 0), [])
    archive.close()
    left = (tmp_path / "archive.sqlite").read_bytes().lower()
    assert b"zugzwang affair" not in left
    assert b"zugzwang denial" not in left


def test_a_withdrawn_article_can_come_back(archive: Archive) -> None:
    article = make_article("The toll was eleven.")
    outcomes(archive, article)
    archive.remove("a1")
    assert outcomes(archive, article) == [Outcome.UPDATED]
    assert archive.article("a1") == article
    assert ids(archive, "toll") == ["a1"]


def test_what_is_not_stored_is_said(archive: Archive) -> None:
    outcomes(archive, make_article("Here."))
    for call in (archive.article, archive.history, archive.remove):
        with pytest.raises(NoSuchArticle, match="nowhere"):
            call("nowhere")
    with pytest.raises(NoSuchArticle, match="version"):
        archive.article("a1", "0" * 64)


def test_articles_are_listed_by_id_page_by_page(archive: Archive) -> None:
    outcomes(archive, *(make_article(f"Number {i}.", id=f"a{i}") for i in range(5)))
    archive.remove("a3")
    first = [article.id for article in archive.articles(limit=2)]
    rest = [article.id for article in archive.articles(after="a1", limit=9)]
    assert (first, rest) == (["a0", "a1"], ["a2", "a4"])
    assert archive.articles(source="nobody") == []
    assert archive.sources() == [SourceCount("The Daily Example", 4)]


def test_another_process_sees_what_was_committed_at_its_next_call(
    archive: Archive, tmp_path: Path
) -> None:
    other = Archive.open(tmp_path, HashedEmbedder())
    assert ids(other, "storm") == []
    outcomes(archive, make_article("A storm.", id="new"))
    assert ids(other, "storm") == ["new"]
    archive.remove("new")
    assert ids(other, "storm") == []
    other.close()


def test_a_file_that_is_no_archive_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite").write_bytes(b"not a database, but long enough" * 40)
    with pytest.raises(ArchiveMismatch, match="cannot be opened"):
        Archive.open(tmp_path, HashedEmbedder())


def test_an_archive_of_another_schema_is_refused(tmp_path: Path) -> None:
    Archive.open(tmp_path, HashedEmbedder()).close()
    connection = sqlite3.connect(tmp_path / "archive.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(ArchiveMismatch, match="schema 99"):
        Archive.open(tmp_path, HashedEmbedder())


class OtherEmbedder(HashedEmbedder):
    fingerprint = "hashed-words-32"
    dimension = 32


def test_another_embedder_fills_its_vectors_and_then_takes_over(
    archive: Archive, tmp_path: Path
) -> None:
    outcomes(archive, *(make_article(f"Storm number {i}.", id=f"a{i}") for i in range(3)))
    archive.remove("a2")
    other = Archive.open(tmp_path, OtherEmbedder())
    assert other.is_stale()
    assert sorted(ids(other, "storm")) == ["a0", "a1"]  # by words alone, in the meantime
    assert list(other.reembed()) == [2]
    assert not other.is_stale()
    (hit, *_) = other.search(Query("Storm number 1."))
    assert (hit.passage.article.id, hit.similarity > 0.5) == ("a1", True)
    assert sorted(ids(archive, "storm")) == ["a0", "a1"]  # the first one is now the stale one
    assert list(other.reembed()) == []
    other.close()


@pytest.mark.parametrize(
    "text",
    ["", "  ", "😀", "the of and", "AND OR NOT NEAR(", '"', "*", "a" * 100_000, "word " * 10_000,
     "北京", "ภาษาไทย", "col:umn -x ^y {z}", "\x00", "'; DROP TABLE words; --"],
)  # fmt: skip
def test_any_query_gives_results_or_none(archive: Archive, text: str) -> None:
    outcomes(archive, make_article("A storm over Peking 北京市 and the of."))
    assert len(archive.search(Query(text))) <= 1


def test_words_of_scripts_without_spaces_are_found(archive: Archive) -> None:
    outcomes(
        archive,
        make_article("他昨天在北京市宣布了新的计划。", id="zh", language="zh"),
        *(make_article(f"Filler {i}.", id=f"f{i}") for i in range(20)),
    )
    assert ids(archive, "北京")[0] == "zh"


def test_instants_are_exact_to_the_microsecond() -> None:
    moment = datetime(2023, 9, 4, 12, 30, 1, 999_999, tzinfo=UTC)
    assert instant(moment) - instant(date(2023, 9, 4)) == (12 * 3600 + 30 * 60 + 2) * 10**6 - 1
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2023, 9, 4))
