"""Versions of processes as rows: the drawing, its forms, what it calls and which lanes it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text, from_text
from engine.errors import Conflict
from engine.ids import AgencyId, DefinitionId, DeploymentId, LaneId
from engine.store import Definition
from engine.version import Version
from storage.tables import definition_calls, definition_forms, definition_lanes, definitions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table

_BY_ID = select(definitions).where(definitions.c.id == bindparam("definition"))
_LATEST = (
    select(definitions.c.id)
    .where(definitions.c.agency_id == bindparam("agency"), definitions.c.key == bindparam("key"))
    .order_by(definitions.c.version.desc())
    .limit(1)
)
_VERSIONS = (
    select(definitions.c.id, definitions.c.version, definitions.c.tag)
    .where(definitions.c.agency_id == bindparam("agency"), definitions.c.key == bindparam("key"))
    .order_by(definitions.c.version.desc())
)
_FORMS = select(definition_forms.c.form_id, definition_forms.c.source).where(
    definition_forms.c.definition_id == bindparam("definition")
)
_CALLS = select(definition_calls.c.called_key, definition_calls.c.called_id).where(
    definition_calls.c.definition_id == bindparam("definition")
)
_LANES = select(definition_lanes.c.lane_id).where(
    definition_lanes.c.definition_id == bindparam("definition")
)


def find_definition(connection: Connection, definition: DefinitionId) -> Definition | None:
    """Give a version of a process, whole."""
    this = {"definition": definition}
    row = connection.execute(_BY_ID, this).mappings().first()
    if row is None:
        return None
    forms = connection.execute(_FORMS, this).mappings()
    calls = connection.execute(_CALLS, this).mappings()
    return Definition(
        id=DefinitionId(row["id"]),
        deployment=DeploymentId(row["deployment_id"]),
        agency=AgencyId(row["agency_id"]),
        key=row["key"],
        version=row["version"],
        name=row["name"],
        digest=row["digest"],
        resource=row["resource"],
        source=row["source"],
        forms={form["form_id"]: form["source"] for form in forms},
        calls={call["called_key"]: DefinitionId(call["called_id"]) for call in calls},
        lanes=frozenset(map(LaneId, connection.execute(_LANES, this).scalars())),
        starters=frozenset(map(LaneId, row["starters"].split())),
        deployed_at=from_text(row["deployed_at"]),
        tag=row["tag"],
        starter_groups=_names(row["starter_groups"]),
        starter_persons=_names(row["starter_persons"]),
        retention=row["retention"],
    )


def list_versions(connection: Connection, agency: AgencyId, key: str) -> tuple[Version, ...]:
    """Give the versions of an agency's process, the newest first."""
    rows = connection.execute(_VERSIONS, {"agency": agency, "key": key}).mappings()
    return tuple(
        Version(id=DefinitionId(r["id"]), version=r["version"], tag=r["tag"]) for r in rows
    )


def find_latest(connection: Connection, agency: AgencyId, key: str) -> Definition | None:
    """Give the newest version of an agency's process, whole."""
    found = connection.execute(_LATEST, {"agency": agency, "key": key}).scalar()
    return None if found is None else find_definition(connection, DefinitionId(found))


def add_definition(connection: Connection, new: Definition) -> None:
    """Write a new version of a process. Raises Conflict (`version_taken`) when there is this version already."""
    try:
        connection.execute(insert(definitions), [_row(new)])
    except IntegrityError as error:
        raise Conflict(
            f"Expected a new version of {new.key}, but {new.version} is there already",
            code="version_taken",
            key=new.key,
            version=new.version,
        ) from error
    _add(connection, definition_lanes, new.id, [{"lane_id": lane} for lane in sorted(new.lanes)])
    forms = [{"form_id": form, "source": source} for form, source in new.forms.items()]
    _add(connection, definition_forms, new.id, forms)
    calls = [{"called_key": key, "called_id": called} for key, called in new.calls.items()]
    _add(connection, definition_calls, new.id, calls)


def _add(
    connection: Connection, table: Table, definition: str, rows: Sequence[Mapping[str, object]]
) -> None:
    if rows:
        connection.execute(insert(table), [{"definition_id": definition, **row} for row in rows])


def _row(new: Definition) -> dict[str, object]:
    return {
        "id": new.id,
        "deployment_id": new.deployment,
        "agency_id": new.agency,
        "key": new.key,
        "version": new.version,
        "name": new.name,
        "digest": new.digest,
        "resource": new.resource,
        "source": new.source,
        "starters": " ".join(sorted(new.starters)),
        "deployed_at": as_text(new.deployed_at),
        "tag": new.tag,
        "starter_groups": ",".join(new.starter_groups),
        "starter_persons": ",".join(new.starter_persons),
        "retention": new.retention,
    }


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
