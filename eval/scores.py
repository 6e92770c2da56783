"""One number about one case, and why. Knows no metric."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """A value and the reason for it, in words that a reader of the report can check."""

    value: float
    reason: str


def share(good: int, of: int, what: str) -> Score:
    """Score how many of some things are good, saying so: `2 of 3 claims are cited`."""
    return Score(good / of, f"{good} of {of} {what}")
