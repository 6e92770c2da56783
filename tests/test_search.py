from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from index.archive import Archive
from index.documents import Article
from index.queries import Query
from tests.fakes import HashedEmbedder, make_article

CROWD = 1500  # articles; more than a small corpus


def crowd() -> Iterator[Article]:
    for n in range(CROWD):
        yield make_article(
            f"The storm of day {n} came to town{n % 7}.",
            id=f"a{n}",
            source=f"Source {n % 3}",
            published=date.fromordinal(date(2020, 1, 1).toordinal() + n),
        )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    archive = Archive.open(tmp_path_factory.mktemp("many"), HashedEmbedder())
    list(archive.add(crowd()))
    yield archive
    archive.close()


def ids(archive: Archive, query: Query) -> list[str]:
    return [hit.passage.article.id for hit in archive.search(query)]


@pytest.mark.parametrize(
    "filters",
    [
        {"since": date(2022, 1, 1), "until": date(2022, 1, 2)},
        {"exclude_articles": tuple(f"a{n}" for n in range(CROWD) if n != 731)},
        {"sources": ("source 2",), "since": date(2021, 12, 30), "until": date(2022, 1, 3)},
    ],
)
def test_one_article_among_all_is_found_whatever_hides_the_others(
    many: Archive, filters: dict[str, object]
) -> None:
    found = ids(many, Query("storm of the day", **filters))  # type: ignore[arg-type]
    assert "a731" in found
    assert len(found) <= 2


@pytest.mark.parametrize("limit", [1, 10, 400])
def test_a_filter_that_leaves_enough_fills_the_limit(many: Archive, limit: int) -> None:
    hits = many.search(Query("storm", sources=("Source 1",), limit=limit))
    assert len(hits) == limit
    assert {hit.passage.article.source for hit in hits} == {"Source 1"}
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_named_time_prefers_and_never_hides(many: Archive) -> None:
    question = "What came to town in January 2022?"
    hits = many.search(Query(question, as_of=date(2024, 1, 1)))
    assert hits[0].passage.article.published in {date(2022, 1, day) for day in range(1, 32)}
    old = many.search(Query(question, until=date(2020, 2, 1)))
    assert len(old) == 10


def test_now_is_the_day_that_the_question_is_asked(tmp_path: Path) -> None:
    times = iter([datetime(2023, 9, 5, tzinfo=UTC)] * 9)
    archive = Archive.open(tmp_path, HashedEmbedder(), clock=lambda: next(times))
    list(archive.add(
        make_article("The toll is forty.", id=f"a{day}", published=date(2023, day, 4))
        for day in (9, 3, 6)
    ))  # fmt: skip
    found = [hit.passage.article.id for hit in archive.search(Query("What is the latest toll?"))]
    assert found == ["a9", "a6", "a3"]
    archive.close()


def test_a_reranker_has_the_last_word_on_the_best(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def shortest(question: str, texts: Sequence[str]) -> list[float]:
        asked.append((question, len(texts)))
        return [-float(len(text)) for text in texts]

    archive = Archive.open(tmp_path, HashedEmbedder(), reranker=shortest)
    list(archive.add(make_article("storm " * n, id=f"a{n}") for n in (40, 3, 20)))
    assert ids(archive, Query("storm")) == ["a3", "a20", "a40"]
    assert asked == [("storm", 3)]
    assert archive.search(Query("nothing like it", until=date(1990, 1, 1))) == []
    archive.close()
