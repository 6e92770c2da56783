from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.archive import Archive
from index.documents import Passage
from index.queries import Query
from ingest import Tally, ingest, main
from tests.fakes import HashedEmbedder


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive.open(tmp_path / "data", HashedEmbedder())
    yield archive
    archive.close()


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


def tally_of(paths: list[Path], archive: Archive) -> str:
    tally = Tally()
    ingest(paths, archive, tally)
    return str(tally)


def test_what_became_of_each_input_is_counted(tmp_path: Path, archive: Archive) -> None:
    news = write(tmp_path / "news", a_txt="One.", b_txt="Two.", c_json="{")
    assert tally_of([news], archive) == "created 2, updated 0, unchanged 0, withdrawn 0, rejected 1"
    write(news, b_txt="Two, corrected.", d_txt="Three.")
    assert tally_of([news], archive) == "created 1, updated 1, unchanged 1, withdrawn 0, rejected 1"
    assert sorted(article.text for article in archive.articles()) == [
        "One.",
        "Three.",
        "Two, corrected.",
    ]


def test_an_acknowledgement_is_printed_for_what_is_stored(
    tmp_path: Path, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([write(tmp_path / "news", a_txt="One.")], archive, Tally(), acknowledge=True)
    (article,) = archive.articles()
    assert capsys.readouterr().out == f"stored {article.id} {article.version}\n"


def test_the_progress_bar_stays_off_standard_output(
    tmp_path: Path, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest([write(tmp_path / "news", a_txt="One.")], archive, Tally())
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "1 file" in printed.err


class CtrlC(HashedEmbedder):
    """An embedder whose user presses Ctrl-C when its second batch comes."""

    batches = 0

    def embed_passages(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        self.batches += 1
        if self.batches > 1:
            raise KeyboardInterrupt
        return super().embed_passages(passages)


def test_the_exit_status_says_whether_anything_was_rejected(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = write(tmp_path / "news", a_txt="One.")
    command = [str(news), "--data", str(tmp_path / "data")]
    assert main(command, load=HashedEmbedder) == 0
    write(news, b_json="{")
    assert main(command, load=HashedEmbedder) == 1
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "created 1, updated 0, unchanged 0, withdrawn 0, rejected 0",
        "created 0, updated 0, unchanged 1, withdrawn 0, rejected 1",
    ]
    assert "rejected b.json: expected JSON" in printed.err


def test_ctrl_c_ends_with_the_counts_so_far_and_nothing_stored_is_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(f'{{"id": "{n}", "text": "One more."}}\n' for n in range(600))
    news = write(tmp_path / "news", a_jsonl=lines)
    data = tmp_path / "data"
    assert main([str(news), "--data", str(data), "--acknowledge"], load=CtrlC) == 130
    *stored, counts = capsys.readouterr().out.splitlines()
    assert stored
    assert counts == f"created {len(stored)}, updated 0, unchanged 0, withdrawn 0, rejected 0"
    with closing(Archive.open(data, HashedEmbedder())) as archive:
        assert archive.counts().articles == len(stored)


def test_a_place_that_can_hold_no_archive_is_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    news = write(tmp_path / "news", a_txt="One.")
    (tmp_path / "data").write_text("a file")
    assert main([str(news), "--data", str(tmp_path / "data")], load=HashedEmbedder) == 2
    said = f"cannot keep an archive in {tmp_path / 'data'}: File exists\n"
    assert capsys.readouterr().err == said


def test_a_path_that_is_not_there_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nowhere"), "--data", str(tmp_path / "data")]) == 2
    assert capsys.readouterr().err == f"no such file or folder: {tmp_path / 'nowhere'}\n"
    assert not (tmp_path / "data").exists()


def test_no_path_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "PATH" in capsys.readouterr().err


class OtherEmbedder(HashedEmbedder):
    fingerprint = "hashed-words-of-another-kind"


def test_another_embedder_makes_all_vectors_anew_before_anything_is_added(tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("title: One\n\nA storm came.\n", encoding="utf-8")
    second.write_text("title: Two\n\nThe storm went.\n", encoding="utf-8")
    data = ["--data", str(tmp_path / "data")]
    assert main([str(first), *data], load=HashedEmbedder) == 0
    assert main([str(second), *data], load=OtherEmbedder) == 0
    archive = Archive.open(tmp_path / "data", OtherEmbedder())
    found = {hit.passage.article.title for hit in archive.search(Query("storm"))}
    assert (archive.is_stale(), found) == (False, {"One", "Two"})
    archive.close()
