from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from index.archive import Archive
from index.documents import Article
from index.store import Stored
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
    assert tally_of([news], archive) == "created 2, updated 0, unchanged 0, rejected 1"
    write(news, b_txt="Two, corrected.", d_txt="Three.")
    assert tally_of([news], archive) == "created 1, updated 1, unchanged 1, rejected 1"
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


class Interrupted:
    """An archive whose user presses Ctrl-C after the first article."""

    def add(self, articles: Iterable[Article]) -> Iterator[Stored]:
        raise KeyboardInterrupt
        yield


def test_ctrl_c_comes_through_with_the_counts_so_far(tmp_path: Path) -> None:
    news = write(tmp_path / "news", a_txt="One.")
    tally = Tally()
    with pytest.raises(KeyboardInterrupt):
        ingest([news], Interrupted(), tally)
    assert str(tally) == "created 0, updated 0, unchanged 0, rejected 0"


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
