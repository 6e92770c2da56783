import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from index.postings import BLOCK, Postings, Rows, Worded, best, no_postings
from index.postings_file import load, save
from index.queries import Query
from index.words import IMPACT, TERM, code, terms_in, terms_of
from tests.fakes import HashedEmbedder, make_article

WORDS = "storm bank gas toll rain".split()
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=30)
WEIGHTS = {code(word): 1.0 + n for n, word in enumerate(WORDS)}


def rows(texts: list[str], *, first: int) -> Rows:
    """The rows of passages, numbered 10, 20, …, one text in a part of its own."""
    for n, text in enumerate(texts):
        terms = terms_in(terms_of("", text))
        yield np.array([10 * (first + n + 1)]), np.array([len(terms)]), terms


def built(texts: list[str], *, merged: int) -> Postings:
    """Postings, the first `merged` passages in the base, the others come one by one."""
    found = no_postings().extended(rows(texts[:merged], first=0)).merged()
    for n in range(merged, len(texts)):
        found = found.extended(rows(texts[n : n + 1], first=n))
    return found


def expected(texts: list[str]) -> list[float]:
    terms = [terms_in(terms_of("", text)).tolist() for text in texts]
    return [sum(WEIGHTS[number] * impact * IMPACT for number, impact in every) for every in terms]


@given(texts=TEXTS, share=st.floats(0, 1), limit=st.integers(1, 40))
def test_scores_are_exact_wherever_the_words_are(
    texts: list[str], share: float, limit: int
) -> None:
    postings = built(texts, merged=int(len(texts) * share))
    scores = postings.scores(WEIGHTS)
    np.testing.assert_allclose(scores, expected(texts), rtol=1e-5)
    order = sorted(range(len(texts)), key=lambda n: (scores[n], n), reverse=True)
    assert best(scores, limit).tolist() == [n for n in order if scores[n] > 0][:limit]
    for word in WORDS:
        assert postings.count(code(word)) == sum(word in text.split() for text in texts)


@given(texts=TEXTS, merged=st.integers(0, 30), gone=st.sets(st.integers(1, 30)))
def test_what_is_gone_is_left_out_of_what_is_merged(
    texts: list[str], merged: int, gone: set[int]
) -> None:
    before = built(texts, merged=min(merged, len(texts)))
    after = before.merged(np.array(sorted(10 * n for n in gone), dtype=np.int64))
    kept = [n for n in range(len(texts)) if n + 1 not in gone]
    assert after.numbers.tolist() == [10 * (n + 1) for n in kept]
    np.testing.assert_array_equal(after.scores(WEIGHTS), before.scores(WEIGHTS)[kept])
    assert after.tail == ()
    assert len(after.base.codes) == len({w for n in kept for w in texts[n].split()})


def test_the_tail_stays_in_few_pieces() -> None:
    postings = built(["storm"] * 500, merged=0)
    assert sum(segment.passages for segment in postings.tail) == 500
    assert len(postings.tail) <= math.log2(500) + 1


def test_of_many_equal_ones_the_latest_are_found_and_of_others_the_best() -> None:
    scores = np.ones(BLOCK * 50, dtype=np.float32)
    assert best(scores, 3).tolist() == [BLOCK * 50 - 1, BLOCK * 50 - 2, BLOCK * 50 - 3]
    scores[[5, 6, 7, BLOCK * 9]] = 4, 3, 2, 5
    assert best(scores, 3).tolist() == [BLOCK * 9, 5, 6]
    assert best(np.zeros(BLOCK * 50, dtype=np.float32), 3).tolist() == []


def test_a_passage_that_is_not_here_has_no_score() -> None:
    worded = Worded(np.array([10, 20]), np.array([1.0, 2.0], dtype=np.float32))
    assert worded.of(np.array([5, 10, 15, 20, 25])).tolist() == [0, 1, 0, 2, 0]
    assert Worded(np.array([], np.int64), np.array([], np.float32)).of(np.array([5])).tolist() == [
        0
    ]


@pytest.mark.parametrize("damage", ["", "missing", "truncated", "flipped", "empty", "text", "key"])
def test_a_damaged_or_foreign_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    postings = built(["storm bank", "gas", "toll storm"], merged=2)
    save(postings, tmp_path, key="k")
    path = tmp_path / "words.postings"
    content = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "truncated":
            path.write_bytes(content[:-1])
        case "flipped":
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_bytes(b"[]\nnothing")
    loaded = load(tmp_path, key="other" if damage == "key" else "k")
    if damage:
        assert loaded.last_number == 0
        return
    assert loaded.numbers.tolist() == [10, 20]  # the tail is left to the archive
    np.testing.assert_array_equal(loaded.scores(WEIGHTS), postings.scores(WEIGHTS)[:2])
    assert loaded.holds(0, terms_in(terms_of("", "storm bank")))
    assert not loaded.holds(0, terms_in(terms_of("", "storm gas")))
    assert not loaded.holds(0, np.array([(code("storm"), 1)], dtype=TERM))


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an archive that was large enough for files to be written."""
    monkeypatch.setattr("index.vectors.TAIL_LENGTH", 4)
    archive = Archive.open(tmp_path, HashedEmbedder())
    list(archive.add(make_article(f"Storm w{n}.", id=f"a{n}") for n in range(9)))
    archive.search(Query("storm"))
    archive.close()
    assert {path.name for path in tmp_path.iterdir()} >= {"vectors.faiss", "words.postings"}
    return tmp_path


def first(folder: Path, query: str) -> str:
    archive = Archive.open(folder, HashedEmbedder())
    found = archive.search(Query(query))[0].passage.article.id
    archive.close()
    return found


@pytest.mark.parametrize("name", ["words.postings", "vectors.faiss"])
def test_either_file_may_be_lost_or_be_of_an_earlier_day(grown: Path, name: str) -> None:
    earlier = (grown / name).read_bytes()
    archive = Archive.open(grown, HashedEmbedder())
    list(archive.add(make_article(f"Storm w{n}.", id=f"a{n}") for n in range(9, 30)))
    archive.remove("a3")
    assert archive.search(Query("w20"))[0].passage.article.id == "a20"
    archive.close()
    (grown / name).write_bytes(earlier)
    assert first(grown, "w20") == "a20"
    (grown / name).unlink()
    assert first(grown, "w20") == "a20"
    assert "a3" not in first(grown, "w3")


def test_words_of_a_database_that_was_put_back_from_a_copy_are_its_own(grown: Path) -> None:
    copy = (grown / "archive.sqlite").read_bytes()
    archive = Archive.open(grown, HashedEmbedder())
    list(archive.add(make_article(f"Storm x{n}.", id=f"b{n}") for n in range(9, 30)))
    archive.search(Query("storm"))
    archive.close()
    (grown / "archive.sqlite").write_bytes(copy)
    archive = Archive.open(grown, HashedEmbedder())
    list(archive.add(make_article(f"Storm y{n}.", id=f"c{n}") for n in range(9, 30)))
    archive.close()
    assert first(grown, "y20") == "c20"


def test_what_was_deleted_leaves_the_files_when_they_are_made_again(grown: Path) -> None:
    archive = Archive.open(grown, HashedEmbedder())
    archive.remove("a3")
    list(archive.add(make_article(f"Storm w{n}.", id=f"a{n}") for n in range(9, 30)))
    archive.search(Query("storm"))
    archive.close()
    with archive._database.read() as connection:
        (key,) = connection.execute("SELECT key FROM embedders").fetchone()
    postings = load(grown, key=key)
    assert postings.count(code("w3")) == 0
    assert len(postings.numbers) == 29


def test_many_deleted_passages_have_the_files_made_again_once(grown: Path) -> None:
    archive = Archive.open(grown, HashedEmbedder())
    for n in range(7):
        archive.remove(f"a{n}")
    archive.close()
    for name in ("vectors.faiss", "words.postings"):
        before = (grown / name).read_bytes()
        assert first(grown, "storm") == "a8"
        after = (grown / name).read_bytes()
        assert len(after) <= len(before)
    archive = Archive.open(grown, HashedEmbedder())
    assert archive.search(Query("w7"))[0].passage.article.id == "a7"
    assert archive._latest.snapshot is not None
    assert archive._latest.snapshot.vectors.base.numbers.tolist() == [8, 9]
    assert archive._latest.merger is None
    archive.close()
