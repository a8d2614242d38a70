"""The page *Peta proses*: the processes of an agency that are only drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from engine.clock import from_text
from engine.ids import AgencyId, MapId
from storage.tables import definitions, maps

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """The newest map of a process that is only drawn, as a list shows it."""

    id: MapId
    key: str
    name: str
    version: int
    deployed_at: datetime


_NEWEST = (
    select(maps.c.key, func.max(maps.c.version).label("version"))
    .where(maps.c.agency_id == bindparam("agency"))
    .group_by(maps.c.key)
    .subquery()
)
_PUT_IN_FORCE = (
    select(definitions.c.id)
    .where(
        definitions.c.agency_id == maps.c.agency_id,
        definitions.c.key == maps.c.key,
        definitions.c.deployed_at > maps.c.deployed_at,
    )
    .exists()
)
_LINES = (
    select(maps.c.id, maps.c.key, maps.c.name, maps.c.version, maps.c.deployed_at)
    .join(_NEWEST, (maps.c.key == _NEWEST.c.key) & (maps.c.version == _NEWEST.c.version))
    .where(maps.c.agency_id == bindparam("agency"), ~_PUT_IN_FORCE)
    .order_by(maps.c.name, maps.c.key)
)


def list_maps(connection: Connection, agency: AgencyId) -> tuple[MapLine, ...]:
    """Give the newest map of each process that was not put in force since, by name."""
    rows = connection.execute(_LINES, {"agency": agency}).mappings()
    return tuple(
        MapLine(
            id=MapId(row["id"]),
            key=row["key"],
            name=row["name"],
            version=row["version"],
            deployed_at=from_text(row["deployed_at"]),
        )
        for row in rows
    )
