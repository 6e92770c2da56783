"""Data sets, each one function in one file. Here: which reader a path needs."""

from collections.abc import Callable, Iterator
from pathlib import Path

from eval.cases import Case
from eval.readers import beir, own, realtimeqa, squad, summhay


def read_cases(path: Path) -> list[Case]:
    """Read the cases at a path, whatever of the known data sets lies there."""
    cases = list(_reader_for(path)(path))
    if len({case.id for case in cases}) < len(cases):
        raise ValueError(f"{path}: case ids must differ from one another")
    return cases


def _reader_for(path: Path) -> Callable[[Path], Iterator[Case]]:
    if (path / "qrels").is_dir():
        return beir.read
    if (path / "system_outputs.jsonl.gz").exists():
        return summhay.read
    if (path / "questions.jsonl").exists():
        return realtimeqa.read
    if path.suffix == ".json":
        return squad.read
    if path.is_file():
        return own.read
    raise ValueError(f"{path} is neither a file of cases nor a folder of a known data set")
