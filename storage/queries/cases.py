"""The page *Perkara*: the cases that the actor may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.clock import from_text
from engine.ids import InstanceId
from engine.store import InstanceState
from storage.queries.paging import SIZE, Page
from storage.queries.visibility import sees_case
from storage.tables import definitions, instances, user_tasks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from engine.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the list; `waiting` names its open tasks."""

    case: InstanceId
    process: str
    number: str
    subject: str
    state: InstanceState
    started_at: datetime
    ended_at: datetime | None
    waiting: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseList:
    """One page of the list, newest first."""

    page: Page
    rows: tuple[CaseRow, ...]


def list_cases(
    connection: Connection, actor: Actor, state: InstanceState | None, number: int
) -> CaseList:
    """Give a page of the cases that the actor may see, newest first; only those in the state, if one is given."""
    seen = [sees_case(actor), *([] if state is None else [instances.c.state == state])]
    total = connection.execute(
        select(func.count()).select_from(instances).where(*seen)
    ).scalar_one()
    page = Page(asked=number, total=total)
    query = (
        select(
            instances.c.id,
            definitions.c.name.label("process"),
            instances.c.number,
            instances.c.subject,
            instances.c.state,
            instances.c.started_at,
            instances.c.ended_at,
        )
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(*seen)
        .order_by(instances.c.id.desc())
        .limit(SIZE)
        .offset(page.offset)
    )
    found = connection.execute(query).mappings().all()
    waiting = _waiting(connection, [row["id"] for row in found])
    rows = tuple(_row(row, waiting.get(row["id"], [])) for row in found)
    return CaseList(page=page, rows=rows)


def _row(row: RowMapping, waiting: list[str]) -> CaseRow:
    return CaseRow(
        case=InstanceId(row["id"]),
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
        state=InstanceState(row["state"]),
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        waiting=tuple(waiting),
    )


def _waiting(connection: Connection, cases: list[str]) -> dict[str, list[str]]:
    query = (
        select(user_tasks.c.instance_id, user_tasks.c.name)
        .where(user_tasks.c.instance_id.in_(cases), user_tasks.c.state.in_(("created", "claimed")))
        .order_by(user_tasks.c.instance_id, user_tasks.c.id)
    )
    names: dict[str, list[str]] = {}
    for row in connection.execute(query).mappings():
        names.setdefault(row["instance_id"], []).append(row["name"])
    return names
