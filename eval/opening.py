"""The archive and the language model, opened as the service opens them."""

import argparse
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from index.archive import Archive
from index.documents import Article
from index.embed import Embedder, load_embedder
from ingest import Tally, ingest
from qa_service.settings import Settings

ROOT = Path(__file__).parents[1]
RUNS = Path(__file__).parent / "runs"


def add_archive_arguments(parser: argparse.ArgumentParser) -> None:
    """Say which archive can be asked for."""
    add = parser.add_argument
    add("--data", type=Path, help="archive folder (default: QA_DATA_DIR or ./data)")
    add("--articles", type=Path, nargs="+", default=[], help="ingest these into an own archive")


def service_settings(data: Path | None) -> Settings:
    """The settings of the service, from the environment; `data` is another archive folder."""
    given = Settings()
    return given.model_copy(update={"data_dir": data}) if data else given


@contextmanager
def opened_archive(
    settings: Settings, articles: Sequence[Path] = (), *, embedder: Embedder | None = None
) -> Iterator[Archive]:
    """Open the archive of the settings, or one of our own that holds just these articles."""
    folder = _own_folder(articles) if articles else settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    loaded = embedder or load_embedder(settings.embedder or None)
    with closing(Archive.open(folder, loaded)) as archive:
        if articles:
            tally = Tally()
            ingest(articles, archive, tally)
            if tally.rejected:
                print(f"not read: {', '.join(one.where for one in tally.rejected)}")
        if not archive.counts().articles:
            raise ValueError(f"{folder} holds no articles; run `python ingest.py` or --articles")
        yield archive


def every_article(archive: Archive) -> Iterator[Article]:
    """Yield all current articles, by id."""
    after = None
    while page := archive.articles(after=after, limit=200):
        yield from page
        after = page[-1].id


def archive_digest(archive: Archive) -> str:
    """Fingerprint what can be found: another article or version gives another digest."""
    total = hashlib.sha256()
    for article in every_article(archive):
        total.update(f"{article.id} {article.version}\n".encode())
    return total.hexdigest()[:12]


def _own_folder(articles: Sequence[Path]) -> Path:
    names = "\n".join(sorted(os.path.realpath(path) for path in articles))
    return RUNS / "archives" / hashlib.sha256(names.encode()).hexdigest()[:12]
