"""Maps of processes that are only drawn, as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from engine.clock import as_text, from_text
from engine.errors import Conflict
from engine.ids import AgencyId, DeploymentId, MapId
from engine.kept_map import KeptMap
from storage.tables import maps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, RowMapping

_BY_ID = select(maps).where(maps.c.id == bindparam("map"))
_LATEST = (
    select(maps)
    .where(maps.c.agency_id == bindparam("agency"), maps.c.key == bindparam("key"))
    .order_by(maps.c.version.desc())
    .limit(1)
)


def find_map(connection: Connection, agency: AgencyId, key: str) -> KeptMap | None:
    """Give the newest map of an agency's process that is only drawn."""
    row = connection.execute(_LATEST, {"agency": agency, "key": key}).mappings().first()
    return None if row is None else _read(row)


def find_kept_map(connection: Connection, agency: AgencyId, kept: MapId) -> KeptMap | None:
    """Give a map by its id; one of another agency is not there."""
    row = connection.execute(_BY_ID, {"map": kept}).mappings().first()
    return _read(row) if row is not None and row["agency_id"] == agency else None


def add_maps(connection: Connection, new: Iterable[KeptMap]) -> None:
    """Write new versions of maps. Raises Conflict (`version_taken`) when there is one of them already."""
    for each in new:
        _add(connection, each)


def _add(connection: Connection, new: KeptMap) -> None:
    try:
        connection.execute(insert(maps), [_row(new)])
    except IntegrityError as error:
        raise Conflict(
            f"Expected a new version of {new.key}, but {new.version} is there already",
            code="version_taken",
            key=new.key,
            version=new.version,
        ) from error


def _read(row: RowMapping) -> KeptMap:
    return KeptMap(
        id=MapId(row["id"]),
        deployment=DeploymentId(row["deployment_id"]),
        agency=AgencyId(row["agency_id"]),
        key=row["key"],
        version=row["version"],
        name=row["name"],
        digest=row["digest"],
        resource=row["resource"],
        source=row["source"],
        deployed_at=from_text(row["deployed_at"]),
    )


def _row(new: KeptMap) -> dict[str, object]:
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
        "deployed_at": as_text(new.deployed_at),
    }
