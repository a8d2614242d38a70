"""Incidents as rows: raised and resolved in the transaction of a command, and kept for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from engine.clock import as_text, from_text
from engine.ids import AgencyId, DefinitionId, IncidentId, InstanceId, JobId
from engine.incident import Incident
from storage.tables import incidents

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

_ADD = insert(incidents)
_FIND = select(incidents).where(incidents.c.id == bindparam("incident"))
_OPEN = (
    select(incidents)
    .where(incidents.c.instance_id == bindparam("instance"), incidents.c.resolved_at.is_(None))
    .order_by(incidents.c.id)
)
_RESOLVE = update(incidents).where(
    incidents.c.id.in_(bindparam("ids", expanding=True)), incidents.c.resolved_at.is_(None)
)


def add_incidents(connection: Connection, raised: Collection[Incident]) -> None:
    """Write new incidents."""
    if raised:
        connection.execute(_ADD, [_row(incident) for incident in raised])


def resolve_incidents(connection: Connection, ids: Collection[IncidentId], now: datetime) -> None:
    """Write that incidents are over; one that was over before stays as it was."""
    if ids:
        connection.execute(_RESOLVE.values(resolved_at=as_text(now)), {"ids": sorted(ids)})


def find_incident(connection: Connection, incident: IncidentId) -> Incident | None:
    """Give an incident, open or over."""
    row = connection.execute(_FIND, {"incident": incident}).mappings().first()
    return None if row is None else incident_of_row(row)


def list_open_incidents(connection: Connection, instance: InstanceId) -> tuple[Incident, ...]:
    """Give the open incidents of a case, oldest first."""
    rows = connection.execute(_OPEN, {"instance": instance}).mappings()
    return tuple(incident_of_row(row) for row in rows)


def incident_of_row(row: RowMapping) -> Incident:
    """Read an incident."""
    return Incident(
        id=IncidentId(row["id"]),
        agency=AgencyId(row["agency_id"]),
        instance=InstanceId(row["instance_id"]),
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        token=row["token"],
        job=JobId(row["job_id"]) if row["job_id"] else None,
        code=row["code"],
        told=row["told"],
        raised_at=from_text(row["raised_at"]),
        resolved_at=from_text(row["resolved_at"]) if row["resolved_at"] else None,
    )


def _row(incident: Incident) -> dict[str, object]:
    return {
        "id": incident.id,
        "agency_id": incident.agency,
        "instance_id": incident.instance,
        "definition_id": incident.definition,
        "element": incident.element,
        "token": incident.token,
        "job_id": incident.job,
        "code": incident.code,
        "told": incident.told,
        "raised_at": as_text(incident.raised_at),
        "resolved_at": None if incident.resolved_at is None else as_text(incident.resolved_at),
    }
