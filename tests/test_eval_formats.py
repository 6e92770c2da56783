import gzip
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.formats import FAULTS, bad_files, count
from eval.rewritten import WRITERS, round_trips
from index.identity import RawArticle, identify


def test_files_are_counted_by_what_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "One."}\n{"text": 5}\n{}\n'))
    (tmp_path / "b.txt").write_text("Two.")
    (tmp_path / "c.doc").write_text("Three.")
    counts = count([tmp_path])
    assert {kind: (c.files, c.articles, c.reasons.total()) for kind, c in counts.items()} == {
        "lines": (1, 1, 2),
        "text": (1, 1, 0),
        "none": (1, 0, 1),
    }
    assert main(["formats", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "lines: 1 refused, expected a string as …, got …" in printed


def test_a_file_that_should_fail_is_told_with_whether_its_fault_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "should_fail"
    folder.mkdir()
    (folder / "001_incomplete_file.xml").write_text("<newsItem guid='a'/>")
    (folder / "002_newsitem_with_no_catalog.xml").write_text("<newsItem guid='a'/>")
    (folder / "CR00215_hasInstrument_on_concept.xml").write_text("<conceptItem/>")
    (folder / "another.json").write_text("{}")
    (folder / "read.json").write_text('{"text": "One."}')
    (tmp_path / "good.json").write_text('{"text": "One."}')
    assert {name: verdict for name, verdict, _ in bad_files([tmp_path])} == {
        "001_incomplete_file.xml": "refused for its fault",
        "002_newsitem_with_no_catalog.xml": "refused, its fault NOT named",
        "CR00215_hasInstrument_on_concept.xml": "refused, no fault in the version that it names",
        "another.json": "refused, its fault not known here",
        "read.json": "READ",
    }


EXAMPLES = Path("../shared/data/formats")


@pytest.mark.skipif(not EXAMPLES.exists(), reason="../shared/data/formats is not there")
def test_every_file_of_the_standard_that_should_fail_is_refused_for_its_fault() -> None:
    verdicts = {name: verdict for name, verdict, _ in bad_files([EXAMPLES])}
    assert verdicts == {
        name: "refused for its fault" if fault else "refused, no fault in the version that it names"
        for name, fault in FAULTS.items()
    }


def test_articles_come_back_the_same_from_every_format_that_can_be_written(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow (an extra) is not installed")
    prose = "The council met & kept all <taxes> as they are, said the mayor of the town on Monday. "
    articles = [
        identify(RawArticle(f"{prose * 4}\n\n{n}; {prose * 3}", title=f"Taxes {n}", id=f"a{n}",
                            published="2023-09-04"))
        for n in range(3)
    ]  # fmt: skip
    found = {back.name: (back.read, back.refused, back.same)
             for back in round_trips(articles, tmp_path)}  # fmt: skip
    assert found == dict.fromkeys(WRITERS, (3, 0, 3))
