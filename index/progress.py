"""How far an ingest is, for the person and for the program that started it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from index.read import sources
from index.store import Stored
from index.tally import Tally


def bar_over(paths: Sequence[Path]) -> Any:
    """Return a progress bar over the bytes of the files; none is shown where there are none."""
    files = list(sources(paths))
    named = f"{len(files)} file{'s' if len(files) != 1 else ''}"
    size = sum(file.size for file in files)
    return tqdm(desc=named, total=size, unit="B", unit_scale=True, disable=not paths)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown while it goes on; `acknowledge` asks for a line for each stored article."""

    acknowledge: bool
    bar: Any = None

    def stored(self, stored: Stored, tally: Tally) -> None:
        """Show what has become of one more article, now that it is on the disk."""
        if self.bar is not None:
            self.bar.set_postfix_str(str(tally), refresh=False)
        if self.acknowledge and stored.version:
            sys.stdout.write(f"stored {stored.article_id} {stored.version}\n")
            sys.stdout.flush()
