from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.archive import Archive
from index.documents import Article
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.fetch import Counts
from index.queries import Query
from index.store import Outcome, Stored
from tests.fakes import HashedEmbedder, make_article

ELEVEN = make_article("The toll was eleven.")
FORTY = make_article("The toll was forty.")
KILL = make_article("", status="canceled")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path, HashedEmbedder())
    yield archive
    archive.close()


def add(archive: Archive, *articles: Article) -> list[Outcome]:
    return [stored.outcome for stored in archive.add(articles)]


def statuses(archive: Archive) -> list[str]:
    return [revision.status for revision in archive.history("a1")]


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_kill_notice_withdraws_the_article_that_it_names(
    archive: Archive, tmp_path: Path, status: str
) -> None:
    add(archive, make_article("The zugzwang affair.", notice="Of zugzwang."), FORTY)
    kill = make_article("Kill: the zugzwang story.", status=status)
    assert list(archive.add([kill])) == [
        Stored("a1", None, Outcome.WITHDRAWN, f"its publisher says: {status}")
    ]
    assert archive.search(Query("zugzwang toll")) == []
    with pytest.raises(ArticleWithdrawn):
        archive.article("a1")
    assert (archive.articles(), archive.counts()) == ([], Counts(0, 0))
    assert statuses(archive) == ["usable", "usable", status]
    archive.close()
    assert b"zugzwang affair" not in (tmp_path / "archive.sqlite").read_bytes().lower()


def test_a_kill_notice_in_the_same_batch_comes_after_what_it_withdraws(archive: Archive) -> None:
    assert add(archive, ELEVEN, KILL) == [Outcome.CREATED, Outcome.WITHDRAWN]
    assert archive.counts() == Counts(0, 0)


def test_a_kill_notice_for_what_is_not_here_is_rejected_and_leaves_nothing(
    archive: Archive,
) -> None:
    (told,) = archive.add([KILL])
    assert (told.outcome, told.version) == (Outcome.REJECTED, None)
    assert told.reason == "it says that 'a1' is canceled: no such article is stored here"
    with pytest.raises(NoSuchArticle):
        archive.history("a1")


def test_what_a_notice_withdrew_does_not_come_back_when_its_archive_is_read_again(
    archive: Archive,
) -> None:
    add(archive, ELEVEN, FORTY, KILL)
    for again in (ELEVEN, FORTY, KILL):
        (told,) = archive.add([again])
        assert (told.outcome, told.version) == (Outcome.WITHDRAWN, None)
        assert told.reason == "a notice of its publisher has withdrawn it (canceled)"
    assert statuses(archive) == ["usable", "usable", "canceled"]


def test_another_version_after_a_kill_is_news_again(archive: Archive) -> None:
    add(archive, ELEVEN, KILL)
    assert add(archive, FORTY) == [Outcome.UPDATED]
    assert archive.article("a1") == FORTY
    with pytest.raises(NoSuchArticle):
        archive.article("a1", ELEVEN.version)
    assert add(archive, ELEVEN) == [Outcome.UPDATED]  # nobody has killed what is current now
    assert archive.article("a1") == ELEVEN


def test_a_kill_notice_also_bars_what_had_been_removed_here(archive: Archive) -> None:
    add(archive, ELEVEN)
    archive.remove("a1")
    assert add(archive, KILL) == [Outcome.WITHDRAWN]
    assert add(archive, ELEVEN) == [Outcome.WITHDRAWN]
    assert statuses(archive) == ["usable", "removed", "canceled"]


EARLY = make_article("The toll was eleven.", updated=datetime(2023, 9, 5, 9, tzinfo=UTC))
LATE = make_article("The toll was forty.", updated=datetime(2023, 9, 6, 9, tzinfo=UTC))


def test_an_archive_with_several_versions_may_be_read_again(archive: Archive) -> None:
    assert add(archive, EARLY, LATE) == [Outcome.CREATED, Outcome.UPDATED]
    told = list(archive.add([EARLY, LATE]))
    assert [(stored.outcome, stored.version) for stored in told] == [
        (Outcome.UNCHANGED, LATE.version),
        (Outcome.UNCHANGED, LATE.version),
    ]
    assert told[0].reason == "it is older than the version that is current"
    assert len(archive.history("a1")) == 2


def test_a_version_that_is_new_here_is_taken_whatever_date_it_bears(archive: Archive) -> None:
    assert add(archive, LATE, EARLY) == [Outcome.CREATED, Outcome.UPDATED]
    assert archive.article("a1") == EARLY


@pytest.mark.parametrize(
    ("updated", "outcome"),
    [
        (datetime(2023, 9, 6, 8, tzinfo=UTC), Outcome.UNCHANGED),
        (date(2023, 9, 5), Outcome.UNCHANGED),
        (date(2023, 9, 6), Outcome.WITHDRAWN),  # at any hour of the day
        (datetime(2023, 9, 6, 10, tzinfo=UTC), Outcome.WITHDRAWN),
        (None, Outcome.WITHDRAWN),  # though its article was published before that
    ],
)
def test_a_kill_notice_that_a_later_version_has_overtaken_does_not_reach_it(
    archive: Archive, updated: date | None, outcome: Outcome
) -> None:
    add(archive, EARLY, LATE)
    assert add(archive, make_article("", status="canceled", updated=updated)) == [outcome]
