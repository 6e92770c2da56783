"""What became of the inputs of an ingest, counted. Prints nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from index.read import Rejected
from index.store import Outcome

SHOWN = 100  # rejected inputs that are named at the end; `rejected.jsonl` has them all


@dataclass
class Tally:
    """The counts so far, and the first of what was rejected."""

    outcomes: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{each.value} {self.outcomes[each.value]}" for each in Outcome)

    def reject(self, rejected: Rejected) -> None:
        """Count an input that is no article, and remember the first of them."""
        self.outcomes[Outcome.REJECTED.value] += 1
        if len(self.rejected) < SHOWN:
            self.rejected.append(rejected)

    def reasons(self) -> Iterator[str]:
        """Yield a line for each of those that are remembered, and one for the others."""
        for rejected in self.rejected:
            yield f"rejected {rejected.where}: {rejected.reason}"
        more = self.outcomes[Outcome.REJECTED.value] - len(self.rejected)
        if more > 0:
            yield f"… and {more} more, all in rejected.jsonl"
