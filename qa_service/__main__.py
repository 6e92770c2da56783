"""The command: settings in, the service started, its end told as an exit status.

Run as `qa-service` or `python -m qa_service`.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from functools import partial

from pydantic import ValidationError

from index.errors import ArchiveError
from qa_service.access import is_loopback
from qa_service.settings import Settings, describe, unknown_names

log = logging.getLogger("qa_service")

OURS = ("qa_service", "index", "uvicorn")  # uvicorn logs method, path and status

EPILOG = f"""\
settings, from environment variables, all optional:
{describe()}

OPENAI_API_KEY is sent to QA_LLM_BASE_URL and nowhere else.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; returns the exit status."""
    _parser().parse_args(arguments)
    try:
        settings = Settings()
    except ValidationError as error:
        print(told(error), file=sys.stderr)
        return 2
    start_logging(settings.log_level)
    _warn(settings)
    from qa_service.model_proof import ModelFileError
    from qa_service.serve import serve  # loads torch, which takes seconds; --help needs none of it

    try:
        asyncio.run(serve(settings, announce=partial(print, flush=True)))
    except (ArchiveError, ModelFileError) as error:
        print(f"{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:  # before the server had started
        return 130
    return 0


def start_logging(level: str) -> None:
    """Log our own words at the level, and of the libraries no more than warnings.

    At "debug" the model's client would log every prompt, and with it the question.
    """
    logging.basicConfig(level="WARNING", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())


def told(error: ValidationError) -> str:
    """Every setting that is wrong, a line each, without the value: it may be a key."""
    lines = []
    for one in error.errors(include_input=False, include_url=False):
        name = f"QA_{str(one['loc'][0]).upper()}: " if one["loc"] else ""
        lines.append(name + one["msg"].removeprefix("Value error, "))
    return "\n".join([*lines, "`qa-service --help` tells every setting."])


def _parser() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="qa-service",
        description="Answer questions about the ingested news over HTTP.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _warn(settings: Settings) -> None:
    for name in unknown_names():
        log.warning("%s is no setting of the service; see `qa-service --help`", name)
    if not settings.api_keys and not is_loopback(settings.host):
        log.warning(
            "listening on %s without QA_API_KEYS: everyone may read, nobody may change articles",
            settings.host,
        )


if __name__ == "__main__":
    sys.exit(main())
