import gzip
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.formats import count


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
