"""Jobs as rows: added in the transaction of a command, taken by one worker, finished in the transaction of their work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.clock import as_text, from_text
from engine.errors import NotFound
from engine.ids import AgencyId, InstanceId, JobId
from engine.job import LEASE, OF_A_CASE, Job, JobKind, JobState, lease_lost
from storage.tables import jobs

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta

    from sqlalchemy import ColumnElement, Connection, Delete, RowMapping, Update

    from storage.database import Database

_ADD = insert(jobs)
_ADD_IF_NEW = {
    "sqlite": sqlite.insert(jobs).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(jobs).on_conflict_do_nothing(),
}
_KEPT = {"id", "fence"}
"""What stays of a job when another one takes its place: its fence, so that an old lock never fits the new one."""

_FIND = select(jobs).where(jobs.c.id == bindparam("job"))
_DROP = delete(jobs).where(jobs.c.id.in_(bindparam("ids", expanding=True)))
_BETWEEN = (
    select(jobs)
    .where(
        jobs.c.id > bindparam("first"),
        jobs.c.id < bindparam("last"),
        jobs.c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(jobs.c.id)
)
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
    jobs.c.kind.not_in(sorted(OF_A_CASE)),
)

_WAITS = jobs.c.state != JobState.FAILED
BEHIND, BEHIND_ALL = "-", "."
"""What stands behind a case's id in the ids of its jobs and subscriptions, and what comes behind all of them."""

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


def put_jobs(connection: Connection, new: Collection[Job]) -> None:
    """Write jobs; one whose id is there already takes its place, and nobody who had that one has this one."""
    if new:
        connection.execute(_PUT[connection.dialect.name], [_row(job) for job in new])


def find_job(connection: Connection, job: JobId) -> Job | None:
    """Give a job as it stands."""
    row = connection.execute(_FIND, {"job": job}).mappings().first()
    return None if row is None else _job(row)


def list_between(
    connection: Connection, first: InstanceId, last: InstanceId, kinds: Collection[JobKind]
) -> tuple[Job, ...]:
    """Give the jobs of these kinds of cases in the order of their ids, from one case to another (`engine.wait.wait_id`)."""
    ends = {"first": first + BEHIND, "last": last + BEHIND_ALL, "kinds": sorted(kinds)}
    return tuple(map(_job, connection.execute(_BETWEEN, ends).mappings()))


def drop_jobs(connection: Connection, ids: Collection[JobId]) -> None:
    """Take jobs off the table, whoever has them; an unknown one is no error."""
    if ids:
        connection.execute(_DROP, {"ids": sorted(ids)})


def give_back(connection: Connection, job: Job, **columns: object) -> None:
    """Write what became of a locked job, which nobody holds any more. Raises LeaseLost."""
    change = update(jobs).where(_MINE).values(lease_until=None, **columns)
    if connection.execute(change, {"job": job.id, "fence_seen": job.fence}).rowcount != 1:
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
    """The jobs of a database; see `engine.worker.Jobs`. `lease` is how long a worker may be silent about a job."""

    def __init__(self, database: Database, *, lease: timedelta = LEASE) -> None:
        self._database = database
        self._lease = lease

    def add(self, job: Job) -> None:
        """Write a job in a transaction of its own."""
        self._database.write(lambda connection: add_job(connection, job))

    def claim(self, kinds: Collection[JobKind], limit: int) -> tuple[Job, ...]:
        """Lock jobs that are due, oldest due first; nothing is written when there are none."""
        now = self._database.clock.now()
        until = now + self._lease
        order = jobs.c.due_at, jobs.c.id
        query = select(jobs).where(due(kinds, now)).order_by(*order).limit(limit)
        if self._database.read(lambda c: c.execute(query.limit(1)).first()) is None:
            return ()

        def work(connection: Connection) -> tuple[Job, ...]:
            rows = connection.execute(query.with_for_update(skip_locked=True)).mappings().all()
            if rows:
                locked = _LOCK.values(
                    state=JobState.LOCKED,
                    lease_until=as_text(until),
                    fence=jobs.c.fence + 1,
                    attempts=jobs.c.attempts + 1,
                )
                connection.execute(locked, {"taken": [row["id"] for row in rows]})
            return tuple(_locked(row, until) for row in rows)

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

    def next_due(self, kinds: Collection[JobKind]) -> datetime | None:
        """Give when the first job of these kinds that nobody has may begin."""
        query = (
            select(jobs.c.due_at)
            .where(_WAITS, jobs.c.state != JobState.LOCKED, jobs.c.kind.in_(sorted(kinds)))
            .order_by(jobs.c.due_at)
            .limit(1)
        )
        found = self._database.read(lambda connection: connection.execute(query).scalar())
        return None if found is None else from_text(found)

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
        self._database.write(lambda c: give_back(c, job, **columns))


def _put(insert_: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    new = {c.name: c for c in insert_.excluded if c.name not in _KEPT}
    return insert_.on_conflict_do_update(index_elements=["id"], set_=new)


_PUT = {
    "sqlite": _put(sqlite.insert(jobs)),
    "postgresql": _put(postgresql.insert(jobs)),
}


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
        "topic": job.topic,
    }


def _locked(row: RowMapping, until: datetime) -> Job:
    return replace(
        _job(row),
        state=JobState.LOCKED,
        attempts=row["attempts"] + 1,
        lease_until=until,
        fence=row["fence"] + 1,
    )


def _job(row: RowMapping) -> Job:
    return Job(
        id=JobId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        kind=JobKind(row["kind"]),
        instance=InstanceId(row["instance_id"]) if row["instance_id"] else None,
        data=row["data"],
        due_at=from_text(row["due_at"]),
        state=JobState(row["state"]),
        attempts=row["attempts"],
        lease_until=from_text(row["lease_until"]) if row["lease_until"] else None,
        fence=row["fence"],
        created_at=from_text(row["created_at"]),
        error=row["error"],
        topic=row["topic"],
    )
