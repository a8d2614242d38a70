"""What a command changes of that which cases wait for besides people, written in its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.job import JobState
from storage import incidents, jobs, subscriptions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.store import WaitChanges


def save_waits(connection: Connection, changes: WaitChanges, now: datetime) -> None:
    """Write jobs, subscriptions and incidents. Raises LeaseLost when a job that was carried out is another worker's meanwhile."""
    again = {job.id for job in changes.jobs}
    for job in changes.finished:
        if job.id in again:  # its next occurrence takes its place, and its fence counts on
            jobs.give_back(connection, job, state=JobState.DUE)
        else:
            jobs.finish_job(connection, job)
    for job, code in changes.failed:
        jobs.give_back(connection, job, state=JobState.FAILED, error=code)
    jobs.drop_jobs(connection, changes.dropped_jobs)
    jobs.put_jobs(connection, changes.jobs)
    subscriptions.drop_subscriptions(connection, changes.dropped_subscriptions)
    subscriptions.save_subscriptions(connection, changes.subscriptions, now)
    incidents.resolve_incidents(connection, changes.resolved, now)
    incidents.add_incidents(connection, changes.raised)
