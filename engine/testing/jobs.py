"""Jobs in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.job import LEASE, WAITING, Job, JobKind, JobState, lease_lost

if TYPE_CHECKING:
    from collections.abc import Collection, MutableMapping
    from datetime import datetime

    from engine.clock import Clock
    from engine.ids import JobId


class MemoryJobs:
    """The jobs of a process; see `engine.worker.Jobs`. `kept` are those that are not done, by id."""

    def __init__(self, clock: Clock, kept: MutableMapping[JobId, Job] | None = None) -> None:
        self.kept: MutableMapping[JobId, Job] = {} if kept is None else kept
        self._clock = clock

    def add(self, job: Job) -> None:
        """Keep a new job."""
        self.kept[job.id] = job

    def claim(self, kinds: Collection[JobKind], limit: int) -> tuple[Job, ...]:
        """Lock jobs that are due, oldest due first."""
        now = self._clock.now()
        ready = [job for job in self.kept.values() if job.kind in kinds and _may_begin(job, now)]
        ready.sort(key=lambda job: (job.due_at, job.id))
        taken = tuple(_locked(job, now) for job in ready[:limit])
        self.kept.update({job.id: job for job in taken})
        return taken

    def finish(self, job: Job) -> None:
        """Take a locked job off. Raises LeaseLost."""
        del self.kept[self._mine(job).id]

    def release(self, job: Job) -> None:
        """Let another worker begin a job that was not begun. Raises LeaseLost."""
        self._settle(replace(self._mine(job), state=JobState.DUE, attempts=job.attempts - 1))

    def retry(self, job: Job, at: datetime, error: str) -> None:
        """Let a job be begun again at a time. Raises LeaseLost."""
        self._settle(replace(self._mine(job), state=JobState.RETRIED, due_at=at, error=error))

    def fail(self, job: Job, error: str, *, keeps_data: bool) -> None:
        """Leave a job to a person. Raises LeaseLost."""
        data = job.data if keeps_data else b"{}"
        self._settle(replace(self._mine(job), state=JobState.FAILED, error=error, data=data))

    def next_due(self, kinds: Collection[JobKind]) -> datetime | None:
        """Give when the first job of these kinds that nobody has may begin."""
        free = (j for j in self.kept.values() if j.kind in kinds and j.state in WAITING)
        return min((job.due_at for job in free), default=None)

    def _settle(self, job: Job) -> None:
        self.kept[job.id] = replace(job, lease_until=None)

    def _mine(self, job: Job) -> Job:
        kept = self.kept.get(job.id)
        if kept is None or kept.fence != job.fence or kept.state is not JobState.LOCKED:
            raise lease_lost(job)
        return kept


def _may_begin(job: Job, now: datetime) -> bool:
    if job.state is JobState.LOCKED:
        return job.lease_until is not None and job.lease_until <= now
    return job.state is not JobState.FAILED and job.due_at <= now


def _locked(job: Job, now: datetime) -> Job:
    return replace(
        job,
        state=JobState.LOCKED,
        lease_until=now + LEASE,
        fence=job.fence + 1,
        attempts=job.attempts + 1,
    )
