"""The page *Peta proses*: the processes of an agency with all their versions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from engine.clock import from_text
from engine.ids import AgencyId, DefinitionId
from storage.definitions import find_definition
from storage.tables import decisions, definitions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from engine.store import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLine:
    """A version of a process as a list shows it."""

    id: DefinitionId
    key: str
    name: str
    version: int
    deployed_at: datetime
    tag: str


_VERSIONS = (
    select(
        definitions.c.id,
        definitions.c.key,
        definitions.c.name,
        definitions.c.version,
        definitions.c.deployed_at,
        definitions.c.tag,
    )
    .where(definitions.c.agency_id == bindparam("agency"))
    .order_by(definitions.c.key, definitions.c.version.desc())
)
_PROCESSES = (
    select(definitions.c.key, func.max(definitions.c.version).label("version"))
    .where(definitions.c.agency_id == bindparam("agency"))
    .group_by(definitions.c.key)
)
_DECISIONS = (
    select(decisions.c.key, func.max(decisions.c.version).label("version"))
    .where(decisions.c.agency_id == bindparam("agency"))
    .group_by(decisions.c.key)
)


def list_process_versions(
    connection: Connection, agency: AgencyId
) -> tuple[tuple[VersionLine, ...], ...]:
    """Give the versions of each process of an agency, newest first, the processes by name."""
    rows = connection.execute(_VERSIONS, {"agency": agency}).mappings()
    lines = [
        VersionLine(
            id=DefinitionId(row["id"]),
            key=row["key"],
            name=row["name"],
            version=row["version"],
            deployed_at=from_text(row["deployed_at"]),
            tag=row["tag"],
        )
        for row in rows
    ]
    processes = [tuple(versions) for _, versions in groupby(lines, key=lambda line: line.key)]
    return tuple(sorted(processes, key=lambda versions: (versions[0].name, versions[0].key)))


def process_numbers(connection: Connection, agency: AgencyId) -> Mapping[str, int]:
    """Give the number of the version in force of each process of an agency, by its key."""
    rows = connection.execute(_PROCESSES, {"agency": agency}).mappings()
    return {row["key"]: row["version"] for row in rows}


def decision_numbers(connection: Connection, agency: AgencyId) -> Mapping[str, int]:
    """Give the number of the version in force of each decision of an agency, by its key."""
    rows = connection.execute(_DECISIONS, {"agency": agency}).mappings()
    return {row["key"]: row["version"] for row in rows}


def find_process_version(
    connection: Connection, agency: AgencyId, definition: DefinitionId
) -> Definition | None:
    """Give a version of a process; one of another agency is not there."""
    found = find_definition(connection, definition)
    return found if found is not None and found.agency == agency else None
