"""What a running service is made of; everything is passed in, nothing is made here but counters."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, runtime_checkable

from anyio import CapacityLimiter, to_thread

from index.archive import Archive
from qa_service.judging import Verifier
from qa_service.llm import LLM
from qa_service.metrics import Metrics
from qa_service.remember import AnswerStore
from qa_service.settings import Settings

T = TypeVar("T")

READING_THREADS = 8  # a search is milliseconds of CPU; more at once only wait for each other
WRITING_THREADS = 1  # the archive has one writer's lock; posts wait here, not in front of searches


@runtime_checkable
class Readiness(Protocol):
    """A language model that can tell whether it could take a question now."""

    def not_ready(self) -> str | None:
        """Return a sentence that says why not, or None when it is ready."""
        ...


@runtime_checkable
class Queued(Protocol):
    """A language model that can tell how many questions wait for it."""

    @property
    def queue_depth(self) -> int:
        """Questions that wait."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """The archive, the model, the stored answers, the settings; and the threads for slow calls."""

    archive: Archive
    llm: LLM
    answers: AnswerStore
    settings: Settings
    verifier: Verifier | None = None
    metrics: Metrics = field(default_factory=Metrics)
    readers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(READING_THREADS))
    writers: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(WRITING_THREADS))

    async def read(self, call: Callable[[], T]) -> T:
        """Run a call that reads in a thread, so that other requests go on."""
        return await to_thread.run_sync(call, limiter=self.readers)

    async def write(self, call: Callable[[], T]) -> T:
        """Run a call that writes in a thread; one at a time."""
        return await to_thread.run_sync(call, limiter=self.writers)
