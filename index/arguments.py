"""The command line of `ingest.py`: what may be said there, and what it means. Reads no file."""

import argparse
import os
import re
from pathlib import Path

from index.errors import Unreadable
from index.formats.fields import parse_map
from index.formats.recognise import EXTENSIONS
from index.inputs import URL

EVERY = re.compile(r"(\d+)([smhd]?)")
SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def parse(argv: list[str] | None) -> argparse.Namespace:
    """Return what the command line says; leaves with a usage message where it says nothing."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if not (arguments.paths or arguments.watch or arguments.retry):
        parser.error("expected a PATH, --watch OPML or --retry")
    arguments.urls = [given for given in arguments.paths if isinstance(given, str)]
    arguments.paths = [given for given in arguments.paths if isinstance(given, Path)]
    return arguments


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ingest.py",
        description=f"Put articles into the archive: {', '.join(EXTENSIONS)}, each also as .gz.",
    )
    add = parser.add_argument
    add("paths", metavar="PATH", type=_place, nargs="*", help="a file, a folder or a URL")
    add("--map", type=_map, default={}, metavar="FIELD=NAME,…", help="names of fields or columns")
    add("--follow-links", action="store_true", help="read the pages behind feeds and sitemaps")
    add("--watch", type=Path, metavar="OPML", help="read the feeds of this file again and again")
    add("--every", type=_seconds, default=600.0, metavar="TIME", help="how often (default: 10m)")
    add("--retry", action="store_true", help="try again what DIR/rejected.jsonl lists")
    add(
        "--data",
        metavar="DIR",
        type=Path,
        default=Path(os.environ.get("QA_DATA_DIR") or "data"),
        help="where the archive is kept (default: QA_DATA_DIR, else ./data)",
    )
    add(
        "--acknowledge",
        action="store_true",
        help="print `stored ID VERSION` for each article once it is on the disk",
    )
    return parser


def _place(given: str) -> Path | str:
    """Return a URL as it is, anything else as a path."""
    return given if URL.match(given) else Path(given)


def _seconds(given: str) -> float:
    found = EVERY.fullmatch(given.strip())
    if not found or not int(found[1]):
        raise argparse.ArgumentTypeError(f"expected a time such as 10m, 30s or 1h, got {given!r}")
    return float(int(found[1]) * SECONDS[found[2]])


def _map(given: str) -> dict[str, str]:
    try:
        return parse_map(given)
    except Unreadable as error:
        raise argparse.ArgumentTypeError(str(error)) from error
