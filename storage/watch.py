"""The watch's look at the tables: running cases by the batch, each compared with its rows, of one moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from engine.ids import InstanceId
from engine.store import InstanceState
from engine.user_task import OPEN
from engine.watch import OF_CASES, Rows, look_at
from storage import jobs, subscriptions
from storage.incidents import incident_of_row
from storage.rows import instance_of_row
from storage.tables import incidents, instances, user_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from engine.ids import AgencyId
    from engine.incident import Incident
    from engine.job import Job
    from engine.message import Subscription
    from engine.store import Instance

_CASES = (
    select(instances)
    .where(
        instances.c.agency_id == bindparam("agency"),
        instances.c.id > bindparam("after"),
        instances.c.state == InstanceState.RUNNING,
    )
    .order_by(instances.c.id)
    .limit(bindparam("most"))
)
_TASKS = (
    select(user_tasks.c.instance_id, func.count())
    .where(
        user_tasks.c.instance_id.in_(bindparam("ids", expanding=True)),
        user_tasks.c.state.in_(sorted(OPEN)),
    )
    .group_by(user_tasks.c.instance_id)
)
_INCIDENTS = select(incidents).where(
    incidents.c.instance_id.in_(bindparam("ids", expanding=True)), incidents.c.resolved_at.is_(None)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a look at some cases found: those with something to mend, and the last one seen, None when there were no more."""

    suspects: tuple[InstanceId, ...]
    last: InstanceId | None


def look_around(connection: Connection, agency: AgencyId, after: str, most: int) -> Batch:
    """Look at the running cases of an agency behind one of them, so many at most."""
    asked = {"agency": agency, "after": after, "most": most}
    cases = [instance_of_row(row) for row in connection.execute(_CASES, asked).mappings()]
    if not cases:
        return Batch(suspects=(), last=None)
    rows = _rows(connection, cases)
    return Batch(
        suspects=tuple(case.id for case in cases if not look_at(case, rows[case.id]).is_well),
        last=cases[-1].id,
    )


def _rows(connection: Connection, cases: list[Instance]) -> dict[InstanceId, Rows]:
    first, last = cases[0].id, cases[-1].id
    ids = {"ids": [case.id for case in cases]}
    tasks = Counter({InstanceId(row[0]): row[1] for row in connection.execute(_TASKS, ids)})
    planned: defaultdict[InstanceId | None, list[Job]] = defaultdict(list)
    for job in jobs.list_between(connection, first, last, OF_CASES):
        planned[job.instance].append(job)
    waiting: defaultdict[InstanceId | None, list[Subscription]] = defaultdict(list)
    for each in subscriptions.list_between(connection, first, last):
        waiting[each.instance].append(each)
    raised = _incidents(incident_of_row(r) for r in connection.execute(_INCIDENTS, ids).mappings())
    return {
        case.id: Rows(
            jobs=tuple(planned[case.id]),
            subscriptions=tuple(waiting[case.id]),
            open_tasks=tasks[case.id],
            incidents=tuple(raised[case.id]),
        )
        for case in cases
    }


def _incidents(found: Iterable[Incident]) -> defaultdict[InstanceId, list[Incident]]:
    raised: defaultdict[InstanceId, list[Incident]] = defaultdict(list)
    for incident in found:
        raised[incident.instance].append(incident)
    return raised
