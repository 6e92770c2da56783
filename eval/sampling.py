"""A part of the cases, the same part every time."""

import random
from collections.abc import Sequence

from eval.cases import Case

SEED = 20230904


def sample(cases: Sequence[Case], answerable: int | None, absent: int | None) -> list[Case]:
    """Draw so many cases of each side, in their order; None takes all of that side."""
    kept = {
        case.id
        for side, n in ((True, answerable), (False, absent))
        for case in _drawn(cases, side, n)
    }
    return [case for case in cases if case.id in kept]


def _drawn(cases: Sequence[Case], side: bool, n: int | None) -> list[Case]:
    own = [case for case in cases if case.answerable is side]
    if n is None:
        return own
    if n > len(own):
        raise ValueError(f"{n} cases were asked for, but there are {len(own)} of that kind")
    return random.Random(SEED).sample(own, n)
