"""The cases next to a case: the one that began it, and those that it began."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.ids import InstanceId
from storage.queries.cases import CaseRow, case_rows
from storage.queries.visibility import sees_case
from storage.tables import instances

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Actor

MOST_CHILDREN = 100
"""Cases begun by one case that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCases:
    """What the actor may see of the cases next to a case; the children are oldest first."""

    parent: CaseRow | None
    children: tuple[CaseRow, ...]

    def __bool__(self) -> bool:
        return self.parent is not None or bool(self.children)


def list_linked(connection: Connection, actor: Actor, case: InstanceId) -> LinkedCases:
    """Give the cases next to a case; one that the actor may not see is left out, as if it were not there."""
    parent = select(instances.c.parent_id).where(instances.c.id == case).scalar_subquery()
    above = select(instances.c.id).where(instances.c.id == parent, sees_case(actor))
    below = (
        select(instances.c.id)
        .where(instances.c.parent_id == case, sees_case(actor))
        .order_by(instances.c.id)
        .limit(MOST_CHILDREN)
    )
    over, under = (
        case_rows(connection, [InstanceId(i) for i in connection.execute(query).scalars()])
        for query in (above, below)
    )
    return LinkedCases(parent=over[0] if over else None, children=under)
