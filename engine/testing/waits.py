"""What cases wait for besides people, in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.job import WAITING, JobKind, JobState, lease_lost, topic_of_message
from engine.wait import WaitKind

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import AgencyId, InstanceId
    from engine.incident import Incident
    from engine.job import Job
    from engine.message import Subscription
    from engine.store import WaitChanges
    from engine.testing.tables import Tables


def list_subscriptions(
    tables: Tables, agency: AgencyId, kind: WaitKind, name: str, key: str | None
) -> tuple[Subscription, ...]:
    """Give who waits for this name, by id: with this key or as a start event; with the key None everybody."""
    kept = tables.subscriptions.values()
    named = (s for s in kept if (s.agency, s.kind, s.name) == (agency, kind, name))
    found = (s for s in named if key in (None, s.key) or s.instance is None)
    return tuple(sorted(found, key=lambda s: s.id))


def drop_starts(tables: Tables, agency: AgencyId, process: str) -> None:
    """Take away what the start events of a process wait for."""
    kept = tables.subscriptions.values()
    old = [s.id for s in kept if s.agency == agency and s.process == process]
    for subscription in old:
        del tables.subscriptions[subscription]


def list_incidents(tables: Tables, instance: InstanceId) -> tuple[Incident, ...]:
    """Give the open incidents of a case, oldest first."""
    kept = tables.incidents.values()
    found = (i for i in kept if i.instance == instance and i.resolved_at is None)
    return tuple(sorted(found, key=lambda incident: incident.id))


def save_waits(tables: Tables, changes: WaitChanges, now: datetime) -> None:
    """Write jobs, subscriptions and incidents. Raises LeaseLost when a job that was carried out is another worker's meanwhile."""
    again = {job.id for job in changes.jobs}
    for job in changes.finished:
        mine = _mine(tables, job)
        if job.id not in again:
            del tables.jobs[mine.id]
    for job, code in changes.failed:
        failed = replace(_mine(tables, job), state=JobState.FAILED, error=code, lease_until=None)
        tables.jobs[job.id] = failed
    for dropped in changes.dropped_jobs:
        tables.jobs.pop(dropped, None)
    for job in changes.jobs:
        before = tables.jobs.get(job.id)
        tables.jobs[job.id] = job if before is None else replace(job, fence=before.fence)
    _save_subscriptions(tables, changes, now)
    for over in changes.resolved:
        tables.incidents[over] = replace(tables.incidents[over], resolved_at=now)
    tables.incidents.update({incident.id: incident for incident in changes.raised})


def _save_subscriptions(tables: Tables, changes: WaitChanges, now: datetime) -> None:
    for gone in changes.dropped_subscriptions:
        tables.subscriptions.pop(gone, None)
    for opened in changes.subscriptions:
        tables.subscriptions[opened.id] = opened
        if opened.kind is WaitKind.MESSAGE:
            _wake(tables, opened, now)


def _mine(tables: Tables, job: Job) -> Job:
    kept = tables.jobs.get(job.id)
    if kept is None or kept.fence != job.fence or kept.state is not JobState.LOCKED:
        raise lease_lost(job)
    return kept


def _wake(tables: Tables, opened: Subscription, now: datetime) -> None:
    """Let messages that nobody waited for so far be tried now; a start event takes one with any key."""
    for job in list(tables.jobs.values()):
        starts = opened.instance is None and job.topic.startswith(topic_of_message(opened.name, ""))
        fits = starts or job.topic == topic_of_message(opened.name, opened.key)
        is_on_its_way = job.kind is JobKind.MESSAGE and job.state in WAITING and job.due_at > now
        if fits and is_on_its_way and job.agency == opened.agency:
            tables.jobs[job.id] = replace(job, due_at=now)
