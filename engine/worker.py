"""Does the jobs that are due: takes some, carries each out, and decides what becomes of one that failed.

Whatever an attempt raises ends here: the worker lives on, and the job waits for its next attempt or is failed with its
reason (findings/trust.md 6.12).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from engine.errors import AlurError, ExecutionFailed
from engine.job import BACK_OFF, JobFailed, LeaseLost, next_attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from engine.clock import Clock
    from engine.job import Job, JobKind

    Handler = Callable[[Job], None]
    """Carries a job out and takes it off the table, in one transaction where it can. Raises JobFailed."""

    GiveUp = Callable[[Job, str, str], None]
    """Leaves a locked job that has failed for good to a person: the job, the code, what the other side told. Raises LeaseLost."""

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

    def next_due(self, kinds: Collection[JobKind]) -> datetime | None:
        """Give when the first job of these kinds that nobody has may begin; None when there is none."""
        ...


class Worker:
    """Does the jobs of some kinds.

    `report` is told of each attempt that came to nothing; `is_stopping` is asked before each job. `give_up` says, for kinds
    that belong to a case, how one that failed for good becomes the case's incident; of other kinds the job itself waits for a
    person.
    """

    def __init__(  # noqa: PLR0913 - what it works with, handed in
        self,
        jobs: Jobs,
        handlers: Mapping[JobKind, Handler],
        clock: Clock,
        *,
        give_up: Mapping[JobKind, GiveUp] = MappingProxyType({}),
        report: Callable[[Job, BaseException], None] = lambda _job, _error: None,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._jobs = jobs
        self._handlers = handlers
        self._clock = clock
        self._give_up = give_up
        self._report = report
        self._is_stopping = is_stopping

    def run_due(self, limit: int) -> int:
        """Take jobs that are due, at most so many, and carry them out; give how many were taken."""
        claimed = self._jobs.claim(self._handlers.keys(), limit)
        for job in claimed:
            try:
                self._begin(job)
            except Exception as error:  # noqa: BLE001 - the lease is lost, or the database away: another worker takes it up
                self._report(job, error)
        return len(claimed)

    def next_due(self) -> datetime | None:
        """Give when there will be something to do, by what is known now; None when nothing is planned."""
        return self._jobs.next_due(self._handlers.keys())

    def _begin(self, job: Job) -> None:
        if self._is_stopping():
            self._jobs.release(job)
        elif job.attempts > len(BACK_OFF) + 1:
            # it was begun and never ended: whatever it does, it may take the process with it
            self._leave(job, SILENT)
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
        failed = error if isinstance(error, JobFailed) else None
        code = error.code if isinstance(error, AlurError) else UNEXPECTED
        # a case that can't go on as it stands can't do so an hour later either
        is_final = failed.is_final if failed else isinstance(error, ExecutionFailed)
        at = None if is_final else next_attempt(job, self._clock.now())
        if at is None:
            keeps_data = failed is None or failed.keeps_data
            self._leave(job, code, failed.told if failed else "", keeps_data=keeps_data)
        else:
            self._jobs.retry(job, at, code)

    def _leave(self, job: Job, code: str, told: str = "", *, keeps_data: bool = True) -> None:
        """Leave a job to a person: as an incident of its case, or as it is."""
        if job.kind in self._give_up:
            self._give_up[job.kind](job, code, told)
        else:
            self._jobs.fail(job, code, keeps_data=keeps_data)
