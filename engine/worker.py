"""Does the jobs that are due: takes some, carries each out, and decides what becomes of one that failed.

Whatever an attempt raises ends here: the worker lives on, and the job waits for its next attempt or is failed with its
reason (findings/trust.md 6.12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.job import BACK_OFF, JobFailed, LeaseLost, next_attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from engine.clock import Clock
    from engine.job import Job, JobKind

    Handler = Callable[[Job], None]
    """Carries a job out and takes it off the table, in one transaction where it can. Raises JobFailed."""

UNEXPECTED = "job_unexpected"
"""Code of an attempt that ended in a fault of ours."""

SILENT = "job_silent"
"""Code of a job whose workers died or fell silent again and again."""


class Jobs(Protocol):
    """Where jobs are kept; implemented by `storage.jobs.SqlJobs` and `engine.testing.MemoryJobs`."""

    def claim(self, kinds: Collection[JobKind], limit: int) -> tuple[Job, ...]:
        """Lock jobs of these kinds that are due or whose lease ran out, oldest due first; each is given to one worker only."""
        ...

    def release(self, job: Job) -> None:
        """Let another worker begin a locked job that was not begun; it counts as no attempt. Raises LeaseLost."""
        ...

    def retry(self, job: Job, at: datetime, error: str) -> None:
        """Let a locked job be begun again at a time. Raises LeaseLost."""
        ...

    def fail(self, job: Job, error: str, *, keeps_data: bool) -> None:
        """Leave a locked job to a person; without `keeps_data` its data is gone. Raises LeaseLost."""
        ...


class Worker:
    """Does the jobs of some kinds.

    `report` is told of each attempt that came to nothing; `is_stopping` is asked before each job.
    """

    def __init__(
        self,
        jobs: Jobs,
        handlers: Mapping[JobKind, Handler],
        clock: Clock,
        *,
        report: Callable[[Job, BaseException], None] = lambda _job, _error: None,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._jobs = jobs
        self._handlers = handlers
        self._clock = clock
        self._report = report
        self._is_stopping = is_stopping

    def run_due(self, limit: int) -> int:
        """Take jobs that are due, at most so many, and carry them out; give how many were taken."""
        claimed = self._jobs.claim(self._handlers.keys(), limit)
        for job in claimed:
            try:
                self._begin(job)
            except LeaseLost as lost:
                self._report(job, lost)
        return len(claimed)

    def _begin(self, job: Job) -> None:
        if self._is_stopping():
            self._jobs.release(job)
        elif job.attempts > len(BACK_OFF) + 1:
            # it was begun and never ended: whatever it does, it may take the process with it
            self._jobs.fail(job, SILENT, keeps_data=True)
        else:
            self._attempt(job)

    def _attempt(self, job: Job) -> None:
        try:
            self._handlers[job.kind](job)
        except LeaseLost:
            raise
        except BaseException as error:  # noqa: BLE001 - the border: no plug may end the worker
            self._report(job, error)
            self._settle(job, error)

    def _settle(self, job: Job, error: BaseException) -> None:
        told = error if isinstance(error, JobFailed) else None
        code = told.code if told else UNEXPECTED
        at = None if told and told.is_final else next_attempt(job, self._clock.now())
        if at is None:
            self._jobs.fail(job, code, keeps_data=told is None or told.keeps_data)
        else:
            self._jobs.retry(job, at, code)
