"""Jobs as rows: added in the transaction of a command, taken by one worker, finished in the transaction of their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.clock import as_text, from_text
from engine.errors import NotFound
from engine.ids import AgencyId, InstanceId, JobId
from engine.job import LEASE, Job, JobKind, JobState, lease_lost
from storage.tables import jobs

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Delete, RowMapping, Update

    from storage.database import Database

_ADD = insert(jobs)
_ADD_IF_NEW = {
    "sqlite": sqlite.insert(jobs).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(jobs).on_conflict_do_nothing(),
}
_MINE = and_(
    jobs.c.id == bindparam("job"),
    jobs.c.state == JobState.LOCKED,
    jobs.c.fence == bindparam("fence_seen"),
)
_FINISH = delete(jobs).where(_MINE)
_LOCK = update(jobs).where(jobs.c.id.in_(bindparam("taken", expanding=True)))
_FAILED = and_(
    jobs.c.id == bindparam("job"),
    jobs.c.agency_id == bindparam("agency"),
    jobs.c.state == JobState.FAILED,
)

NO_DATA = b"{}"
"""What is left of a failed job's data when it may not be kept."""


def add_job(connection: Connection, job: Job) -> None:
    """Write a new job."""
    connection.execute(_ADD, [_row(job)])


def add_jobs_once(connection: Connection, new: Collection[Job]) -> None:
    """Write jobs; those whose id is there already stay as they are."""
    if new:
        connection.execute(_ADD_IF_NEW[connection.dialect.name], [_row(job) for job in new])


def finish_job(connection: Connection, job: Job) -> None:
    """Take a locked job off the table. Raises LeaseLost when another worker has it; the transaction must then be undone."""
    done = connection.execute(_FINISH, {"job": job.id, "fence_seen": job.fence})
    if done.rowcount != 1:
        raise lease_lost(job)


def due(kinds: Collection[JobKind], now: datetime) -> ColumnElement[bool]:
    """Give the condition that a job of these kinds may be taken now."""
    moment = as_text(now)
    return and_(
        jobs.c.state != JobState.FAILED,
        jobs.c.due_at <= moment,
        jobs.c.kind.in_(sorted(kinds)),
        or_(jobs.c.state != JobState.LOCKED, jobs.c.lease_until <= moment),
    )


class SqlJobs:
    """The jobs of a database; see `engine.worker.Jobs`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job) -> None:
        """Write a job in a transaction of its own."""
        self._database.write(lambda connection: add_job(connection, job))

    def claim(self, kinds: Collection[JobKind], limit: int) -> tuple[Job, ...]:
        """Lock jobs that are due, oldest due first; nothing is written when there are none."""
        now = self._database.clock.now()
        order = jobs.c.due_at, jobs.c.id
        query = select(jobs).where(due(kinds, now)).order_by(*order).limit(limit)
        if self._database.read(lambda c: c.execute(query.limit(1)).first()) is None:
            return ()

        def work(connection: Connection) -> tuple[Job, ...]:
            rows = connection.execute(query.with_for_update(skip_locked=True)).mappings().all()
            if rows:
                locked = _LOCK.values(
                    state=JobState.LOCKED,
                    lease_until=as_text(now + LEASE),
                    fence=jobs.c.fence + 1,
                    attempts=jobs.c.attempts + 1,
                )
                connection.execute(locked, {"taken": [row["id"] for row in rows]})
            return tuple(_locked(row, now) for row in rows)

        return self._database.write(work)

    def release(self, job: Job) -> None:
        """Let another worker begin a job that was not begun. Raises LeaseLost."""
        self._settle(job, state=JobState.DUE, attempts=job.attempts - 1)

    def retry(self, job: Job, at: datetime, error: str) -> None:
        """Let a job be begun again at a time. Raises LeaseLost."""
        self._settle(job, state=JobState.RETRIED, due_at=as_text(at), error=error)

    def fail(self, job: Job, error: str, *, keeps_data: bool) -> None:
        """Leave a job to a person. Raises LeaseLost."""
        data = job.data if keeps_data else NO_DATA
        self._settle(job, state=JobState.FAILED, error=error, data=data)

    def begin_anew(self, job: JobId, agency: AgencyId) -> None:
        """Let a failed job be begun now, as if for the first time.

        Raises NotFound unless it has failed, is the agency's, and has kept its data.
        """
        now = as_text(self._database.clock.now())
        anew = update(jobs).where(_FAILED, jobs.c.data != NO_DATA)
        anew = anew.values(state=JobState.DUE, due_at=now, attempts=0, error="")
        self._expect_one(anew, job, agency)

    def drop_failed(self, job: JobId, agency: AgencyId) -> None:
        """Forget a failed job. Raises NotFound unless it has failed and is the agency's."""
        self._expect_one(delete(jobs).where(_FAILED), job, agency)

    def _expect_one(self, statement: Update | Delete, job: JobId, agency: AgencyId) -> None:
        def work(connection: Connection) -> None:
            found = connection.execute(statement, {"job": job, "agency": agency})
            if found.rowcount != 1:
                raise NotFound(
                    f"Expected a failed job {job}, but there is none", code="not_found", what="job"
                )

        self._database.write(work)

    def _settle(self, job: Job, **columns: object) -> None:
        """Write what became of a locked job, which nobody holds any more."""
        change = update(jobs).where(_MINE).values(lease_until=None, **columns)
        mine = {"job": job.id, "fence_seen": job.fence}

        def work(connection: Connection) -> None:
            if connection.execute(change, mine).rowcount != 1:
                raise lease_lost(job)

        self._database.write(work)


def _row(job: Job) -> dict[str, object]:
    return {
        "id": job.id,
        "agency_id": job.agency,
        "kind": job.kind,
        "instance_id": job.instance,
        "data": job.data,
        "due_at": as_text(job.due_at),
        "state": job.state,
        "attempts": job.attempts,
        "lease_until": None if job.lease_until is None else as_text(job.lease_until),
        "fence": job.fence,
        "created_at": as_text(job.created_at),
        "error": job.error,
    }


def _locked(row: RowMapping, now: datetime) -> Job:
    return Job(
        id=JobId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        kind=JobKind(row["kind"]),
        instance=InstanceId(row["instance_id"]) if row["instance_id"] else None,
        data=row["data"],
        due_at=from_text(row["due_at"]),
        state=JobState.LOCKED,
        attempts=row["attempts"] + 1,
        lease_until=now + LEASE,
        fence=row["fence"] + 1,
        created_at=from_text(row["created_at"]),
        error=row["error"],
    )
