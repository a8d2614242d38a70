"""The page *Mulai proses*: what the actor may start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_

from engine.ids import DefinitionId, LaneId
from engine.starters import Starters
from storage.tables import definitions

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from engine.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Startable:
    """A process in force that the actor may start."""

    definition: DefinitionId
    key: str
    name: str
    version: int
    tag: str


def list_startable(connection: Connection, actor: Actor) -> tuple[Startable, ...]:
    """Give the newest version of each process that the actor may start, by name."""
    newest = (
        select(definitions.c.key, func.max(definitions.c.version))
        .where(definitions.c.agency_id == actor.agency)
        .group_by(definitions.c.key)
    )
    query = (
        select(
            definitions.c.id,
            definitions.c.key,
            definitions.c.name,
            definitions.c.version,
            definitions.c.tag,
            definitions.c.starters,
            definitions.c.starter_groups,
            definitions.c.starter_persons,
        )
        .where(
            definitions.c.agency_id == actor.agency,
            tuple_(definitions.c.key, definitions.c.version).in_(newest),
        )
        .order_by(definitions.c.name, definitions.c.key)
    )
    return tuple(
        Startable(
            definition=DefinitionId(row["id"]),
            key=row["key"],
            name=row["name"],
            version=row["version"],
            tag=row["tag"],
        )
        for row in connection.execute(query).mappings()
        if _starters(row).find_post(actor) is not None
    )


def _starters(row: RowMapping) -> Starters:
    return Starters(
        lanes=frozenset(map(LaneId, row["starters"].split())),
        groups=_names(row["starter_groups"]),
        persons=_names(row["starter_persons"]),
    )


def _names(text: str) -> list[str]:
    return [name for name in text.split(",") if name]
