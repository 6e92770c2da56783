import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.documents import Article
from index.errors import ArticleWithdrawn, NoSuchArticle
from index.fetch import Counts
from index.queries import Query
from tests.fakes import HashedEmbedder, make_article

HOUR = timedelta(hours=1)


class Clock:
    """Goes only when it is told to."""

    def __init__(self) -> None:
        self.now = self.start = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[Archive]:
    archive = Archive.open(tmp_path, HashedEmbedder(), clock=clock)
    yield archive
    archive.close()


def add(archive: Archive, *articles: Article) -> list[str]:
    return [stored.outcome for stored in archive.add(articles)]


def found(archive: Archive, **filters: object) -> list[str]:
    hits = archive.search(Query("toll", **filters))  # type: ignore[arg-type]
    return sorted(hit.passage.text for hit in hits)


def test_nobody_is_told_of_an_embargoed_article_until_its_time(
    archive: Archive, clock: Clock
) -> None:
    embargoed = make_article("The toll was eleven.", usable_from=clock.now + HOUR)
    assert add(archive, embargoed) == ["created"]
    assert add(archive, embargoed) == ["unchanged"]
    assert found(archive) == []
    assert found(archive, as_of=clock.now + 2 * HOUR) == []
    assert (archive.articles(), archive.sources(), archive.counts()) == ([], [], Counts(0, 0))
    for call in (archive.article, archive.history):
        with pytest.raises(NoSuchArticle, match="no article 'a1' is stored here"):
            call("a1")
    with pytest.raises(NoSuchArticle):
        archive.article("a1", embargoed.version)


def test_an_embargo_ends_without_a_further_write(
    archive: Archive, clock: Clock, tmp_path: Path
) -> None:
    embargoed = make_article("The toll was eleven.", usable_from=clock.now + HOUR)
    add(archive, embargoed)
    assert found(archive) == []  # so that a snapshot stands that was read before
    clock.now += HOUR
    assert found(archive) == ["The toll was eleven."]
    assert archive.article("a1") == embargoed == archive.articles()[0]
    assert (archive.counts(), len(archive.history("a1"))) == (Counts(1, 1), 1)
    other = Archive.open(tmp_path, HashedEmbedder(), clock=clock)
    assert found(other) == ["The toll was eleven."]
    other.close()


def test_until_its_time_the_version_before_it_is_current(archive: Archive, clock: Clock) -> None:
    eleven = make_article("The toll was eleven.")
    forty = make_article("The toll was forty.", usable_from=clock.now + HOUR)
    assert add(archive, eleven, forty) == ["created", "updated"]
    assert (archive.article("a1"), found(archive)) == (eleven, [eleven.text])
    assert [revision.version for revision in archive.history("a1")] == [eleven.version]
    with pytest.raises(NoSuchArticle):
        archive.article("a1", forty.version)
    clock.now += 2 * HOUR
    assert (archive.article("a1"), found(archive)) == (forty, [forty.text])
    assert found(archive, as_of=clock.now - HOUR - HOUR / 2) == [eleven.text]
    assert len(archive.history("a1")) == 2


def test_a_later_version_without_embargo_overtakes_an_embargoed_one(
    archive: Archive, clock: Clock
) -> None:
    one = make_article("The toll was one.")
    two = make_article("The toll was two.", usable_from=clock.now + HOUR)
    three = make_article("The toll was three.")
    add(archive, one, two, three)
    for _ in range(2):
        assert (archive.article("a1"), found(archive)) == (three, [three.text])
        assert found(archive, as_of=clock.now) == [three.text]
        clock.now += HOUR
    assert found(archive, as_of=clock.now) == [three.text]


def test_a_kill_reaches_an_embargoed_article(archive: Archive, clock: Clock) -> None:
    add(archive, make_article("The toll was eleven.", usable_from=clock.now + HOUR))
    assert add(archive, make_article("", status="withheld")) == ["withdrawn"]
    clock.now += HOUR
    assert found(archive) == []
    with pytest.raises(ArticleWithdrawn):
        archive.article("a1")


def test_an_embargo_that_was_over_long_ago_changes_nothing(archive: Archive) -> None:
    old = make_article("The toll was eleven.", usable_from=datetime(2020, 1, 1, tzinfo=UTC))
    add(archive, old)
    assert (archive.article("a1"), found(archive)) == (old, [old.text])
    assert found(archive, as_of=date(2023, 9, 4)) == [old.text]


EVENTS = st.tuples(
    st.sampled_from(["a1", "a2", "a3"]),
    st.sampled_from(["usable", "canceled"]),
    st.none() | st.integers(-2, 5),  # hours until the embargo ends
)


@settings(deadline=None, max_examples=25)
@given(st.lists(EVENTS, max_size=12), st.lists(st.integers(0, 2), max_size=5))
def test_search_listing_and_reading_agree_at_every_hour(
    events: list[tuple[str, str, int | None]], steps: list[int]
) -> None:
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive.open(Path(folder), HashedEmbedder(), clock=clock)
        for number, (article_id, status, hours) in enumerate(events):
            until = None if hours is None else clock.start + hours * HOUR
            text = f"The toll was {number}."
            add(archive, make_article(text, id=article_id, status=status, usable_from=until))
        for step in (0, *steps):
            clock.now += step * HOUR
            listed = archive.articles()
            assert found(archive, limit=50) == sorted(article.text for article in listed)
            assert found(archive, limit=50, as_of=clock.now) == found(archive, limit=50)
            assert listed == [archive.article(article.id) for article in listed]
            assert archive.counts().articles == len(listed)
            assert all(a.usable_from is None or a.usable_from <= clock.now for a in listed)
        archive.close()
