"""Does the jobs of the kind `deadlines`: counts the deadlines of an agency anew, some cases a job, each case by a command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.ids import InstanceId, JobId
from engine.job import JobState
from engine.variables import dump, object_of
from storage.calendar import find_calendar, settle
from storage.jobs import add_jobs_once, finish_job
from storage.queries.calendar_watch import list_counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from engine.job import Job
    from storage.database import Database


CASES_A_JOB = 200
"""Cases that one job counts; many more would outlast its lease."""


class DeadlineMover:
    """Counts deadlines anew; `move` is the command for one case (`Runtime.move_deadlines`).

    `wake` is called when there is more to do. A newer change of the calendar has a job of its own, so this one ends.
    """

    def __init__(
        self,
        database: Database,
        move: Callable[[InstanceId], int],
        *,
        wake: Callable[[], None],
        cases_a_job: int = CASES_A_JOB,
    ) -> None:
        self._database = database
        self._move = move
        self._wake = wake
        self._most = cases_a_job

    def __call__(self, job: Job) -> None:
        """Move the deadlines of some cases, and take the job off or let it go on behind them. Raises LeaseLost."""
        given = object_of(job.data)
        revision, after = int(str(given["revision"])), InstanceId(str(given.get("after", "")))
        cases = self._database.read(lambda c: self._list(c, job, revision, after))
        for case in cases:
            self._move(case)
        is_more = len(cases) == self._most

        def work(connection: Connection) -> None:
            finish_job(connection, job)
            if is_more:
                add_jobs_once(connection, [_behind(job, revision, cases[-1])])
            else:
                settle(connection, job.agency, revision)

        self._database.write(work)
        if is_more:
            self._wake()

    def _list(
        self, connection: Connection, job: Job, revision: int, after: InstanceId
    ) -> tuple[InstanceId, ...]:
        calendar = find_calendar(connection, job.agency)
        if calendar is None or calendar.revision != revision:
            return ()
        return list_counted(connection, job.agency, after, self._most)


def _behind(job: Job, revision: int, last: InstanceId) -> Job:
    return replace(
        job,
        id=JobId(f"deadlines.{job.agency}.{revision}.{last}"),
        data=dump({"revision": revision, "after": last}),
        state=JobState.DUE,
        attempts=0,
        fence=0,
        lease_until=None,
        error="",
    )
