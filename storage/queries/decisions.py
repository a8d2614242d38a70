"""Decisions for the pages *Keputusan*: those in force, and the versions of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, func, select

from engine.clock import from_text
from engine.ids import AgencyId, DecisionId
from storage.decisions import find_version
from storage.tables import decisions

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping, Select

    from engine.decision import StoredDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A version of a decision as a list shows it."""

    id: DecisionId
    key: str
    name: str
    version: int
    tag: str
    resource: str
    deployed_at: datetime


_LINE = (
    decisions.c.id,
    decisions.c.key,
    decisions.c.name,
    decisions.c.version,
    decisions.c.tag,
    decisions.c.resource,
    decisions.c.deployed_at,
)
_NEWEST = (
    select(decisions.c.key, func.max(decisions.c.version).label("version"))
    .where(decisions.c.agency_id == bindparam("agency"))
    .group_by(decisions.c.key)
    .subquery()
)
_IN_FORCE = (
    select(*_LINE)
    .join(_NEWEST, and_(_NEWEST.c.key == decisions.c.key, _NEWEST.c.version == decisions.c.version))
    .where(decisions.c.agency_id == bindparam("agency"))
    .order_by(decisions.c.name, decisions.c.key)
)
_VERSIONS = (
    select(*_LINE)
    .where(decisions.c.agency_id == bindparam("agency"), decisions.c.key == bindparam("key"))
    .order_by(decisions.c.version.desc())
)


def list_decisions(connection: Connection, agency: AgencyId) -> tuple[DecisionLine, ...]:
    """Give the newest version of each decision of an agency, by name."""
    return _lines(connection, _IN_FORCE, agency=agency)


def list_decision_versions(
    connection: Connection, agency: AgencyId, key: str
) -> tuple[DecisionLine, ...]:
    """Give all versions of a decision of an agency, newest first."""
    return _lines(connection, _VERSIONS, agency=agency, key=key)


def find_decision_version(
    connection: Connection, agency: AgencyId, decision: DecisionId
) -> StoredDecision | None:
    """Give a version of a decision; one of another agency is not there."""
    found = find_version(connection, decision)
    return found if found is not None and found.agency == agency else None


def _lines(
    connection: Connection, query: Select[tuple[object, ...]], **sought: str
) -> tuple[DecisionLine, ...]:
    return tuple(_line(row) for row in connection.execute(query, sought).mappings())


def _line(row: RowMapping) -> DecisionLine:
    return DecisionLine(
        id=DecisionId(row["id"]),
        key=row["key"],
        name=row["name"],
        version=row["version"],
        tag=row["tag"],
        resource=row["resource"],
        deployed_at=from_text(row["deployed_at"]),
    )
