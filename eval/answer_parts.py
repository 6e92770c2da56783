"""The parts of the way from a reply to an answer, each of which can be taken out for a comparison.

What is taken out is replaced in the running program; the service has no switches for it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from qa_service import attempts, candidates, judging, second_reading, surroundings, verbatim
from qa_service.checks import kinds, questions
from qa_service.checks.cited import Cited

Patch = Any  # what `patch` makes, a context manager


def _nothing(*_: object, **__: object) -> list[Any]:
    return []


def _never(*_: object) -> bool:
    return False


def _whole(*_: object) -> float:
    return candidates.WHOLE


def _ungranted(bundle: Callable[..., Cited]) -> Callable[..., Cited]:
    def without_question(*given: Any, **more: Any) -> Cited:
        return replace(bundle(*given, **more), asked="", article="")

    return without_question


def _unasked(check: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    def without_question(claim: str, asked: str = "") -> list[Any]:
        return check(claim)

    return without_question


def _candidates(*names: str) -> list[Patch]:
    return [patch.object(candidates.Candidates, name, _nothing) for name in names]


WITHOUT: dict[str, Callable[[], list[Patch]]] = {
    "all of it": list,
    "nothing granted to the question": lambda: [
        patch.object(
            surroundings.Surroundings, "cited", _ungranted(surroundings.Surroundings.cited)
        )
    ],
    "only sentences that the model named": lambda: _candidates(
        "introduced", "elsewhere", "unshown"
    ),
    "only sentences that it was shown": lambda: _candidates("unshown"),
    "the quote need not have the answer": lambda: [
        patch.object(candidates.Candidates, "answer_share", _whole)
    ],
    "answers not held against their question": lambda: [
        patch.object(judging.Judge, "beside_the_point", _nothing),
        patch.object(judging.Judge, "unsaid", _nothing),
        patch.object(kinds, "check", _nothing),
        patch.object(questions, "check", _unasked(questions.check)),
    ],
    "no sentence of the article in a refused claim's place": lambda: [
        patch.object(verbatim, "sentences", _nothing)
    ],
    "no second reading": lambda: [patch.object(second_reading, "is_possible", _never)],
    "no passage read alone": lambda: [patch.object(attempts, "PASSAGES_READ", 0)],
}


@contextmanager
def taken_out(part: str) -> Iterator[None]:
    """Ask without a part, until the end of the block."""
    with ExitStack() as stack:
        for one in WITHOUT[part]():
            stack.enter_context(one)
        yield
