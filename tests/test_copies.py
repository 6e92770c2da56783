from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.archive import Archive
from index.copies import bands, is_copy
from index.documents import Article
from index.queries import Hit, Query
from index.read import read
from tests.fakes import HashedEmbedder, make_article

ARTICLES = Path(__file__).parent.parent / "examples" / "articles"
NEEDED = 45  # shingles, at least, for a text to be compared


def example(name: str) -> Article:
    (article,) = read([ARTICLES / name])
    assert isinstance(article, Article)
    return article


FLOOD = example("2023-09-10-sarn-flood-eleven-dead.txt")
FLOOD_COPY = example("2023-09-10-flood-tolbury-courier.txt")
FERRY = example("2023-09-11-ferry-aground.txt")
FERRY_COPY = example("2023-09-11-ferry-ledger.html")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path, HashedEmbedder())
    yield archive
    archive.close()


def sources(hits: list[Hit]) -> list[str | None]:
    return [hit.passage.article.source for hit in hits]


def long_text(opening: str, *, words: int = 120) -> str:
    return opening + " " + " ".join(f"word{n}" for n in range(words)) + "."


def test_edited_wire_copies_are_copies_and_share_bands() -> None:
    for one, other in ((FLOOD, FLOOD_COPY), (FERRY, FERRY_COPY)):
        assert is_copy(one, other)
        assert is_copy(other, one)
        assert set(bands(one.text)) & set(bands(other.text))


def test_no_other_two_examples_are_copies() -> None:
    articles = [article for article in read([ARTICLES]) if isinstance(article, Article)]
    pairs = {
        frozenset((one.id, other.id))
        for one in articles
        for other in articles
        if one.id != other.id and is_copy(one, other)
    }
    assert pairs == {
        frozenset((FLOOD.id, FLOOD_COPY.id)),
        frozenset((FERRY.id, FERRY_COPY.id)),
    }


@pytest.mark.parametrize(
    ("change", "copy"),
    [
        ({}, True),
        ({"title": "Entirely different headline words"}, False),
        ({"published": date(2023, 9, 12)}, False),  # the same words, eight days later: a series
        ({"published": None}, True),
        ({"text": long_text("Another beginning here", words=NEEDED - 12)}, False),
    ],
)
def test_what_makes_a_copy(change: dict[str, object], copy: bool) -> None:
    text = long_text("The river rose on Sunday")
    one = make_article(text, title="River rises", source="A", published=date(2023, 9, 4))
    same = {"text": text, "title": "Rises again: river", "source": "B"}
    other = make_article(**{**same, "published": date(2023, 9, 4), **change})  # type: ignore[arg-type]
    assert is_copy(one, other) is copy


def test_a_follow_up_of_the_same_source_is_no_copy() -> None:
    shared = " ".join(f"background{n}" for n in range(100))
    first = make_article(f"{long_text('Eleven died', words=40)} {shared}", id="first")
    second = make_article(f"Forty died and many are missing now. {shared}", id="second")
    assert not is_copy(first, second)


def test_a_story_is_found_once_and_the_original_speaks(archive: Archive) -> None:
    list(archive.add([FLOOD_COPY, FLOOD, FERRY_COPY, FERRY]))  # the copies come first
    for question, original, copy in (
        ("How many people died when the Sarn flooded Ostmere?", FLOOD, FLOOD_COPY),
        ("Where did the ferry Princess Oda run aground?", FERRY, FERRY_COPY),
    ):
        (hit, *_) = archive.search(Query(question))
        assert hit.passage.article.id == original.id
        assert [(also.article_id, also.version) for also in hit.also_in] == [
            (copy.id, copy.version)
        ]
        assert hit.also_in[0].source == copy.source
        assert hit.also_in[0].url == copy.url


def test_one_source_asked_alone_still_speaks(archive: Archive) -> None:
    list(archive.add([FLOOD, FLOOD_COPY]))
    hits = archive.search(Query("Sarn flood Ostmere", sources=("Tolbury Courier",)))
    assert set(sources(hits)) == {"Tolbury Courier"}
    assert [also.source for also in hits[0].also_in] == ["Northern Wire"]


def test_a_withdrawn_original_lets_its_copy_speak(archive: Archive) -> None:
    list(archive.add([FLOOD, FLOOD_COPY]))
    archive.remove(FLOOD.id)
    hits = archive.search(Query("Sarn flood Ostmere"))
    assert (set(sources(hits)), hits[0].also_in) == ({"Tolbury Courier"}, ())
    assert [stored.outcome for stored in archive.add([FLOOD])] == ["updated"]
    (hit, *_) = archive.search(Query("Sarn flood Ostmere"))
    assert {hit.passage.article.source, hit.also_in[0].source} == {
        "Northern Wire", "Tolbury Courier",
    }  # fmt: skip


def test_nothing_of_a_withdrawn_text_is_left_in_the_bands(archive: Archive) -> None:
    list(archive.add([FLOOD]))
    archive.remove(FLOOD.id)
    with archive._database.read() as connection:
        assert connection.execute("SELECT count(*) FROM bands").fetchone() == (0,)
