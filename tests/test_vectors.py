from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.archive import Archive
from index.queries import Query
from index.vector_file import digest, load, save
from index.vectors import Vectors, no_vectors
from tests.fakes import HashedEmbedder, make_article

RANDOM = np.random.default_rng(7)


def unit_rows(count: int, dimension: int = 8) -> NDArray[np.float16]:
    rows = RANDOM.normal(size=(count, dimension))
    unit: NDArray[np.float16] = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype("<f2")
    return unit


def built(rows: NDArray[np.float16], *, merged: int) -> Vectors:
    """Vectors numbered 10, 20, …, the first `merged` of them inside the FAISS index."""
    numbers = np.arange(1, len(rows) + 1, dtype=np.int64) * 10
    first = no_vectors(rows.shape[1]).extended([(numbers[:merged], rows[:merged])]).merged()
    return first.extended([(numbers[merged:], rows[merged:])])


@given(
    count=st.integers(1, 40),
    share=st.floats(0, 1),
    allowed_share=st.floats(0, 1),
    limit=st.integers(1, 50),
)
def test_a_search_is_exact_wherever_the_vectors_are(
    count: int, share: float, allowed_share: float, limit: int
) -> None:
    rows = unit_rows(count)
    query = unit_rows(1)[0].astype(np.float32)
    merged = int(count * share)
    allowed = RANDOM.random(count) < allowed_share
    found = built(rows, merged=merged).search(query, limit, (allowed[:merged], allowed[merged:]))
    cosines = rows.astype(np.float32) @ query
    best = sorted(np.flatnonzero(allowed), key=lambda row: -cosines[row])[:limit]
    assert [number for number, _ in found] == [(int(row) + 1) * 10 for row in best]
    np.testing.assert_allclose([c for _, c in found], cosines[best], rtol=1e-4, atol=1e-5)


def test_what_is_saved_is_loaded_and_the_tail_is_not(tmp_path: Path) -> None:
    vectors = built(unit_rows(30), merged=20)
    save(vectors, tmp_path, key="k")
    again = load(tmp_path, key="k", dimension=8)
    np.testing.assert_array_equal(again.vectors.base.numbers, vectors.base.numbers)
    for row in (0, 19):
        np.testing.assert_array_equal(again.vectors.base.vector(row), vectors.base.vector(row))
    assert again.witnesses[200] == digest(vectors.base.vector(19).tobytes())
    assert len(again.vectors.tail.numbers) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


@pytest.mark.parametrize("damage", ["missing", "truncated", "flipped", "empty", "text", "key"])
def test_a_damaged_or_foreign_file_is_as_good_as_none(tmp_path: Path, damage: str) -> None:
    save(built(unit_rows(30), merged=30), tmp_path, key="k")
    path = tmp_path / "vectors.faiss"
    content = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "truncated":
            path.write_bytes(content[: len(content) // 2])
        case "flipped":
            path.write_bytes(content[:-100] + bytes([content[-100] ^ 1]) + content[-99:])
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_bytes(b"[]\nnothing")
    loaded = load(tmp_path, key="other" if damage == "key" else "k", dimension=8)
    assert loaded.vectors.last_number == 0


@pytest.mark.parametrize("file", ["none", "good", "bad", "from another archive"])
def test_a_restart_finds_the_same_without_embedding_again(tmp_path: Path, file: str) -> None:
    archive = Archive.open(tmp_path / "a", HashedEmbedder())
    list(archive.add(make_article(f"Storm number {i} of many.", id=f"a{i}") for i in range(9)))
    before = archive.search(Query("storm number 4"))
    snapshot = archive._latest.snapshot
    assert snapshot is not None
    with archive._database.read() as connection:
        (key,) = connection.execute("SELECT key FROM embedders").fetchone()
    archive.close()
    foreign = built(unit_rows(9, 64), merged=9)
    rows = {"good": snapshot.vectors.merged(), "from another archive": foreign}
    if file == "bad":
        (tmp_path / "a" / "vectors.faiss").write_bytes(b"rubbish")
    elif file in rows:
        save(rows[file], tmp_path / "a", key=key)
    again = Archive.open(tmp_path / "a", QueriesOnly())
    after = again.search(Query("storm number 4"))
    assert after[0].passage == before[0].passage
    assert {(h.passage, round(h.similarity, 3)) for h in after} == {
        (h.passage, round(h.similarity, 3)) for h in before
    }
    again.close()


class QueriesOnly(HashedEmbedder):
    """Fails if a passage is embedded."""

    def embed_passages(self, passages: object) -> NDArray[np.float32]:
        raise AssertionError("a restart embeds nothing")
