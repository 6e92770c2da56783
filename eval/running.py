"""Asking the cases, one after the other or several at a time, and going on after an interruption.

Knows the `Asker` seam and the run's folder; nothing of metrics or of how the service is reached.
"""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from tqdm import tqdm

from eval.cases import Case
from eval.replies import Reply
from eval.runs import Run


class Asker(Protocol):
    """Whoever answers: the service in this process, a running one, another system."""

    async def ask(self, case: Case) -> Reply:
        """Answer one case; raises whatever went wrong."""
        ...


async def run_cases(
    cases: Sequence[Case], asker: Asker, run: Run, *, jobs: int = 1
) -> dict[str, Reply]:
    """Ask every case that has no reply yet; return the replies to all, errors included.

    A case that raised is kept as an error for this time and asked again the next time.
    """
    done = run.replies()
    waiting = [case for case in cases if case.id not in done]
    slots = asyncio.Semaphore(jobs)
    with tqdm(total=len(cases), initial=len(cases) - len(waiting), unit="case") as bar:

        async def one(case: Case) -> None:
            async with slots:
                done[case.id] = await _asked(case, asker)
            if done[case.id].error is None:
                run.append(case.id, done[case.id])
            bar.update()

        await asyncio.gather(*(one(case) for case in waiting))
    return {case.id: done[case.id] for case in cases}


async def _asked(case: Case, asker: Asker) -> Reply:
    try:
        return await asker.ask(case)
    except Exception as error:  # one broken case must not lose the others
        return Reply(error=f"{type(error).__name__}: {error}")
