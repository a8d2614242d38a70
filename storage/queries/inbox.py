"""The page *Tugas saya*: what lies on a desk, what can be taken, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from engine.chain import read_signature
from engine.clock import from_text
from engine.ids import InstanceId, UserTaskId
from engine.user_task import TaskState
from storage.queries.paging import SIZE, Page
from storage.queries.visibility import can_take, holds, sees_case
from storage.tables import definitions, history, instances, user_tasks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping, ScalarSelect

    from engine.actor import Actor, Signature


class Desk(StrEnum):
    """Whose work is listed."""

    MINE = "saya"
    FREE = "bebas"
    DONE = "selesai"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One task of the list. `sender` is who sent the case here, None when nobody did."""

    task: UserTaskId
    case: InstanceId
    name: str
    process: str
    number: str
    subject: str
    on_behalf_of: str
    revision: int
    due_at: datetime | None
    created_at: datetime
    changed_at: datetime
    sender: Signature | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """One page of one desk, and how much lies on each."""

    desk: Desk
    counts: dict[Desk, int]
    page: Page
    rows: tuple[InboxRow, ...]


def list_inbox(connection: Connection, actor: Actor, desk: Desk, number: int) -> Inbox:
    """Give a page of the desk: open tasks by due time, then oldest first; done ones newest first."""
    counts = {each: _count(connection, actor, each) for each in Desk}
    page = Page(asked=number, total=counts[desk])
    query = (
        select(
            user_tasks.c.id,
            user_tasks.c.instance_id,
            user_tasks.c.name,
            definitions.c.name.label("process"),
            instances.c.number,
            instances.c.subject,
            user_tasks.c.on_behalf_of,
            user_tasks.c.revision,
            user_tasks.c.due_at,
            user_tasks.c.created_at,
            user_tasks.c.changed_at,
            _sender().label("sender"),
        )
        .join(instances, instances.c.id == user_tasks.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(_on(desk, actor))
        .order_by(*_order(desk))
        .limit(SIZE)
        .offset(page.offset)
    )
    rows = tuple(_row(row) for row in connection.execute(query).mappings())
    return Inbox(desk=desk, counts=counts, page=page, rows=rows)


def count_mine(connection: Connection, actor: Actor) -> int:
    """Give how many tasks lie on the actor's desk."""
    return _count(connection, actor, Desk.MINE)


def _on(desk: Desk, actor: Actor) -> ColumnElement[bool]:
    if desk is Desk.MINE:
        return holds(actor)
    if desk is Desk.FREE:
        return can_take(actor)
    done = and_(user_tasks.c.holder_id == actor.person, user_tasks.c.state == TaskState.COMPLETED)
    return and_(done, sees_case(actor))


def _order(desk: Desk) -> tuple[ColumnElement[bool] | ColumnElement[str], ...]:
    if desk is Desk.DONE:
        return user_tasks.c.changed_at.desc(), user_tasks.c.id.desc()
    return user_tasks.c.due_at.is_(None), user_tasks.c.due_at, user_tasks.c.id


def _count(connection: Connection, actor: Actor, desk: Desk) -> int:
    query = select(func.count()).select_from(user_tasks).where(_on(desk, actor))
    if desk is Desk.DONE:
        query = query.join(instances, instances.c.id == user_tasks.c.instance_id)
    return connection.execute(query).scalar_one()


def _sender() -> ScalarSelect[bytes | None]:
    # The task was created by the command that signed the case's history at that moment.
    return (
        select(history.c.by)
        .where(
            history.c.chain_id == user_tasks.c.instance_id,
            history.c.at == user_tasks.c.created_at,
            history.c.cause == 0,
        )
        .limit(1)
        .scalar_subquery()
    )


def _row(row: RowMapping) -> InboxRow:
    return InboxRow(
        task=UserTaskId(row["id"]),
        case=InstanceId(row["instance_id"]),
        name=row["name"],
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
        on_behalf_of=row["on_behalf_of"],
        revision=row["revision"],
        due_at=from_text(row["due_at"]) if row["due_at"] else None,
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        sender=read_signature(row["sender"]) if row["sender"] else None,
    )
