"""When a build fails: a metric that is under, or over, what was asked of it."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound on one metric."""

    metric: str
    side: Literal["under", "over"]
    bound: float


def gate(side: Literal["under", "over"], text: str) -> Gate:
    """Read `metric=value`."""
    name, equals, value = text.partition("=")
    try:
        return Gate(name, side, float(value if equals else ""))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"expected metric=number, got {text!r}") from error


def failures(gates: Sequence[Gate], values: Mapping[str, float]) -> list[str]:
    """Say which gates are not met; a metric that was not measured is not met either."""
    return [line for one in gates if (line := _failure(one, values)) is not None]


def _failure(one: Gate, values: Mapping[str, float]) -> str | None:
    if one.metric not in values:
        return f"{one.metric} was not measured, but {one.side} {one.bound:g} should fail"
    value = values[one.metric]
    met = value >= one.bound if one.side == "under" else value <= one.bound
    return None if met else f"{one.metric} is {value:g}, {one.side} {one.bound:g}"
