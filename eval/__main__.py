"""The command line: one subcommand, one module in `eval/commands`.

Exit status: 0 all well, 1 a gate was missed or a quote is not exact, 2 the command or its input is
wrong, 3 something could not be asked, 130 interrupted (the same command goes on where it stopped).
"""

import argparse
import sys
from collections.abc import Sequence
from functools import partial

from eval import extraction, formats
from eval.commands import (
    ablate,
    ablate_answers,
    bench,
    compare,
    make_cases,
    run,
    search,
    summhay,
    swap,
    wice,
)
from eval.gates import gate
from index.errors import ArchiveError
from qa_service.errors import QAError
from qa_service.model_proof import ModelFileError

COMMANDS = {
    "run": run,
    "compare": compare,
    "search": search,
    "ablate": ablate,
    "ablate-answers": ablate_answers,
    "bench": bench,
    "swap": swap,
    "wice": wice,
    "summhay": summhay,
    "make-cases": make_cases,
    "extraction": extraction,
    "formats": formats,
}
GATED = {"run", "search", "swap"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit status."""
    parsed = _parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except (ValueError, OSError, ArchiveError, ModelFileError) as error:
        print(f"python -m eval: {error}", file=sys.stderr)
        return 2
    except QAError as error:  # the language model, outside a case: as a judge, or writing cases
        print(f"python -m eval: {error}", file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("interrupted; the same command goes on where this one stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__.split("\n")[0])
    added = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = added.add_parser(name, help=(command.__doc__ or "").split(": ", 1)[-1].split("\n")[0])
        command.add_arguments(own)
        own.set_defaults(run=command.run, gates=[])
        if name in GATED:
            for side in ("under", "over"):
                own.add_argument(
                    f"--fail-{side}",
                    action="append",
                    dest="gates",
                    type=partial(gate, side),
                    metavar="METRIC=VALUE",
                    help=f"exit with 1 if the metric is {side} the value; repeatable",
                )
    return parser


if __name__ == "__main__":
    sys.exit(main())
