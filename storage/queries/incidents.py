"""Open incidents: those of one case, and those of all cases that a reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from engine.clock import from_text
from engine.ids import DefinitionId, IncidentId, InstanceId
from engine.job import JobKind, JobState
from storage.queries.paging import SIZE, Page
from storage.queries.visibility import sees_case
from storage.tables import definitions, incidents, instances, jobs

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping

    from engine.actor import Actor

MOST_COUNTED = 100
"""Incidents that are counted for the navigation; of more there is no need to know how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An open incident with its case. `job` is the kind of the job that failed, None when it is gone."""

    id: IncidentId
    case: InstanceId
    definition: DefinitionId
    element: str
    token: int
    code: str
    told: str
    raised_at: datetime
    job: JobKind | None
    process: str
    number: str
    subject: str

    @property
    def title(self) -> str:
        """What the case is called: its subject, else its process."""
        return self.subject or self.process


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """One page of the open incidents, oldest first."""

    page: Page
    rows: tuple[IncidentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetriedWork:
    """Work of a connector whose last attempt came to nothing, and that is tried again at `due_at`."""

    element: str
    token: int
    code: str
    attempts: int
    due_at: datetime


_ROWS = select(
    incidents.c.id,
    incidents.c.instance_id,
    incidents.c.definition_id,
    incidents.c.element,
    incidents.c.token,
    incidents.c.code,
    incidents.c.told,
    incidents.c.raised_at,
    jobs.c.kind.label("job_kind"),
    definitions.c.name.label("process"),
    instances.c.number,
    instances.c.subject,
)
_OPEN = incidents.c.resolved_at.is_(None)


def list_of_case(connection: Connection, case: InstanceId) -> tuple[IncidentRow, ...]:
    """Give the open incidents of a case, oldest first; whether it may be seen is asked before."""
    query = _ROWS.select_from(_joined()).where(incidents.c.instance_id == case, _OPEN)
    rows = connection.execute(query.order_by(incidents.c.id)).mappings()
    return tuple(_row(row) for row in rows)


def list_retried(connection: Connection, case: InstanceId) -> tuple[RetriedWork, ...]:
    """Give the work of connectors in a case that is tried again; whether the case may be seen is asked before."""
    query = select(jobs.c.id, jobs.c.error, jobs.c.attempts, jobs.c.due_at).where(
        and_(
            jobs.c.id > f"{case}-", jobs.c.id < f"{case}."
        ),  # a wait's job is called after its case
        jobs.c.kind == JobKind.CONNECTOR,
        jobs.c.state == JobState.RETRIED,
    )
    rows = connection.execute(query.order_by(jobs.c.id)).mappings()
    return tuple(_retried(row) for row in rows)


def list_incidents(connection: Connection, reader: Actor, number: int) -> Incidents:
    """Give a page of the open incidents in cases that the reader may see."""
    counted = select(func.count()).select_from(_of_cases()).where(_seen_by(reader))
    page = Page(asked=number, total=connection.execute(counted).scalar_one())
    query = _ROWS.select_from(_joined()).where(_seen_by(reader)).order_by(incidents.c.id)
    rows = connection.execute(query.limit(SIZE).offset(page.offset)).mappings()
    return Incidents(page=page, rows=tuple(_row(row) for row in rows))


def count_incidents(connection: Connection, reader: Actor) -> int:
    """Count the open incidents in cases that the reader may see, up to MOST_COUNTED."""
    some = select(incidents.c.id).select_from(_of_cases()).where(_seen_by(reader))
    counted = select(func.count()).select_from(some.limit(MOST_COUNTED).subquery())
    return connection.execute(counted).scalar_one()


def _of_cases() -> FromClause:
    return incidents.join(instances, instances.c.id == incidents.c.instance_id)


def _joined() -> FromClause:
    named = _of_cases().join(definitions, definitions.c.id == instances.c.definition_id)
    return named.outerjoin(jobs, jobs.c.id == incidents.c.job_id)


def _seen_by(reader: Actor) -> ColumnElement[bool]:
    return and_(incidents.c.agency_id == reader.agency, _OPEN, sees_case(reader))


def _retried(row: RowMapping) -> RetriedWork:
    _case, token, element = row["id"].split("-", 2)  # engine.wait.wait_id
    return RetriedWork(
        element=element,
        token=int(token),
        code=row["error"],
        attempts=row["attempts"],
        due_at=from_text(row["due_at"]),
    )


def _row(row: RowMapping) -> IncidentRow:
    return IncidentRow(
        id=IncidentId(row["id"]),
        case=InstanceId(row["instance_id"]),
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        token=row["token"],
        code=row["code"],
        told=row["told"],
        raised_at=from_text(row["raised_at"]),
        job=JobKind(row["job_kind"]) if row["job_kind"] else None,
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
    )
