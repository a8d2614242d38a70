"""A job: work that is written down with a command and done later by a worker (DESIGN.md 5.7).

    due ──> locked ──> done                 done leaves no row: what it did is elsewhere
             │  ^
             v  │
            retried ──> … ──> failed ──> due     failed waits for a person, who may let it begin anew

A worker that takes a job locks it for a lease and counts its fence up. One that was away longer than its lease finds another
fence in the row and may write nothing any more (findings/trust.md 6.4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from engine.errors import AlurError, Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import AgencyId, InstanceId, JobId


class JobKind(StrEnum):
    """What a job is; one handler a kind."""

    NOTIFY = "notify"
    """Tell the people whom the acts of a command concern. Data: `chain`, `seq` of the command's first record."""
    MAIL_NOTICE = "mail_notice"
    """Send one notice by e-mail at once. Data: `person`, `notice`."""
    MAIL_DIGEST = "mail_digest"
    """Send a person's notices of a day in one e-mail. Data: `person`."""
    MAIL_ADDRESS = "mail_address"
    """Send an e-mail made of a template to an address. Data: `to`, `template`, `values`, `until`."""
    TIMER = "timer"
    """Let a timer of a case fire. Data: `token`, `element`, `due`."""
    START_TIMER = "start_timer"
    """Begin a case because its start event's timer is due. Topic: the process key. Data: `definition`, `element`, `due`, `timer`, `text`,
    `left` (`engine.start_timer`)."""
    CONNECTOR = "connector"
    """Do the work of a service task by one of Alur's connectors. Topic: the connector. Data: `token`, `element`, `due`."""
    WORK = "work"
    """Work of a service task that waits for a worker outside; no worker of Alur's takes it. Topic: the drawing's. Data: `token`, `element`."""
    MESSAGE = "message"
    """Deliver a message that a case threw. Topic: `topic_of_message(name, key)`. Data: `token`, `element`, `name`, `key`, `values`,
    `personal` (names among the values)."""
    SIGNAL = "signal"
    """Deliver a signal that a case threw. Topic: the name. Data: `token`, `element`, `name`."""
    DEADLINES = "deadlines"
    """Count an agency's deadlines anew because its calendar changed. Data: `revision` of the calendar."""
    SIGNAL_DELIVERY = "signal_delivery"
    """Let a signal reach one subscription. Data: `subscription`, and that of the signal."""


class JobState(StrEnum):
    """Where a job stands."""

    DUE = "due"
    LOCKED = "locked"
    RETRIED = "retried"
    DONE = "done"
    FAILED = "failed"


TRANSITIONS: dict[JobState, frozenset[JobState]] = {
    JobState.DUE: frozenset({JobState.LOCKED}),
    JobState.RETRIED: frozenset({JobState.LOCKED}),
    JobState.LOCKED: frozenset(
        {JobState.LOCKED, JobState.DUE, JobState.RETRIED, JobState.DONE, JobState.FAILED}
    ),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset({JobState.DUE}),
}
"""The life of a job; locked again when a lease ran out, due again when the worker is stopped before it began."""

OF_A_CASE = frozenset(
    {
        JobKind.TIMER,
        JobKind.CONNECTOR,
        JobKind.WORK,
        JobKind.MESSAGE,
        JobKind.SIGNAL,
        JobKind.SIGNAL_DELIVERY,
    }
)
"""What lets cases go on: one that failed is an incident of its case, and mended there."""

LEFT_BEHIND = frozenset({JobKind.MESSAGE, JobKind.SIGNAL, JobKind.SIGNAL_DELIVERY})
"""What a case has sent off and no step of it waits for."""

WAITING = frozenset({JobState.DUE, JobState.RETRIED})

LEASE = timedelta(minutes=2)
"""How long a worker may be silent about a job that it has taken."""

BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=2),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long a job waits after each attempt that failed: two days in all, a weekend without anybody at the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work. `due_at` is when it may begin, or begin again.

    `data` is canonical JSON of what the kind needs, `topic` what jobs of its kind are found by. `attempts` counts how often it was begun, `fence` how often it was
    locked in its whole life. `error` is the code of the last attempt's failure, empty before one.
    """

    id: JobId
    agency: AgencyId
    kind: JobKind
    data: bytes
    due_at: datetime
    created_at: datetime
    instance: InstanceId | None = None
    topic: str = ""
    state: JobState = JobState.DUE
    attempts: int = 0
    lease_until: datetime | None = None
    fence: int = 0
    error: str = ""


class JobFailed(AlurError):
    """An attempt at a job came to nothing. When `is_final`, another one would come to nothing too.

    `keeps_data` says whether the failed job keeps its data, so that a person can let it begin anew. `told` is what the other
    side said, such as the number of its answer: short, and without values of a case.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        is_final: bool = False,
        keeps_data: bool = True,
        told: str = "",
    ) -> None:
        super().__init__(message, code=code)
        self.is_final = is_final
        self.keeps_data = keeps_data
        self.told = told


class LeaseLost(Conflict):
    """The job was locked by another worker meanwhile, or is gone; nothing of this attempt counts."""


def topic_of_message(name: str, key: str) -> str:
    """Give what the jobs of messages under way are found by when somebody begins to wait for one."""
    return f"{name}\n{key}"


def next_attempt(job: Job, now: datetime) -> datetime | None:
    """Give when a job whose attempt just failed may be begun again; None when it has failed often enough."""
    return now + BACK_OFF[job.attempts - 1] if job.attempts <= len(BACK_OFF) else None


def lease_lost(job: Job) -> LeaseLost:
    """Make the error for a job whose row has another fence, or is gone."""
    return LeaseLost(
        f"Expected job {job.id} with fence {job.fence}, but it was taken by another worker",
        code="job_lost",
        id=job.id,
    )
