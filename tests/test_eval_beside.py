import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from eval.beside import given, ours, peer
from eval.cases import Case, Gold
from eval.peers import PEERS
from index.archive import Archive
from tests.fakes import HashedEmbedder, make_article

CASES = [
    Case("c1", "What rose to six euros?", gold=(Gold(article_id="a2"),)),
    Case("c2", "Where is the bear?", gold=(Gold(article_id="elsewhere"),)),
    Case("c3", "Who kept the bridge?", as_of=date(2023, 9, 4), gold=(Gold(article_id="a5"),)),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(Archive.open(tmp_path / "data", HashedEmbedder())) as archive:
        texts = ["Rain fell.", "The fee rose.", "A fare rose to six euros.", "Snow.", "It ended.",
                 "Ann Lee kept the bridge."]  # fmt: skip
        list(archive.add(make_article(text, id=f"a{n}") for n, text in enumerate(texts)))
        archive.remove("a3")
    return tmp_path / "data"


def test_all_are_given_the_stored_vectors_of_articles_that_answer_first(folder: Path) -> None:
    embedder = HashedEmbedder()
    of = given(folder, embedder, CASES, 3)
    assert [passage.article.id for passage in of.passages] == ["a0", "a2", "a5"]
    assert [case.id for case in of.cases] == ["c1", "c3"]
    np.testing.assert_allclose(of.vectors, embedder.embed_passages(of.passages), atol=1e-3)
    with pytest.raises(ValueError, match="none of the articles"):
        given(folder, embedder, CASES[1:2], 3)


def test_our_search_is_measured_without_dates_and_with_them(folder: Path, tmp_path: Path) -> None:
    of = given(folder, HashedEmbedder(), CASES, 9)
    rows = ours(tmp_path / "own", of, HashedEmbedder())
    assert [row.what for row in rows] == ["ours", "ours, each question asked on its day"]
    for row in rows:
        assert row.value.startswith("1.000 | 1.000 | p50 ")


def test_a_peer_that_is_not_installed_is_left_out_with_a_word(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = given(folder, HashedEmbedder(), CASES, 9)
    for name in ("bm25s", "llama_index", "llama_index.core", "txtai"):
        monkeypatch.setitem(sys.modules, name, None)  # which makes importing it fail
    for number, one in enumerate(PEERS):
        (row,) = peer(number, of, None)  # type: ignore[arg-type]
        assert row.what == one.name
        assert "not installed" in row.value
