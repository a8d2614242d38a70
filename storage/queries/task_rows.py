"""One page of a pile, in order, with all that a line of a list shows of a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, asc, desc, func, nulls_last, select, union_all

from engine.clock import from_text
from engine.ids import DefinitionId, InstanceId, LaneId, PersonId, UserTaskId, instance_of
from engine.user_task import OPEN, TaskState
from storage.queries.paging import SIZE
from storage.queries.pile import conditions, found_by, tables_for
from storage.queries.visibility import sees_case
from storage.queries.wish import Order
from storage.tables import definitions, instances, persons, user_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, RowMapping, ScalarSelect, Select, Subquery

    from engine.actor import Actor
    from storage.queries.deadlines import Deadlines
    from storage.queries.paging import Page
    from storage.queries.pile import Pile
    from storage.queries.wish import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """One task of a list.

    `process` is the name of the case's process, `definition` and `element` say where in which drawing the task stands.
    `sender` and `sender_post` are who sent the case here (empty when nobody did), `holder` who has the task, or had it
    last. `rounds` is how often the step had been finished in this case when the task came, `follow_up` the day until which
    it is put aside, empty when it is not; `narrowed_to` is told by `storage.rows.narrowing`.
    """

    task: UserTaskId
    case: InstanceId
    name: str
    definition: DefinitionId
    element: str
    lane: LaneId
    process: str
    number: str
    subject: str
    on_behalf_of: str
    narrowed_to: str
    state: TaskState
    revision: int
    due_at: datetime | None
    due_is_estimate: bool
    created_at: datetime
    changed_at: datetime
    sender: str
    sender_post: str
    holder: PersonId | None
    holder_name: str
    follow_up: str
    rounds: int
    priority: int

    @property
    def title(self) -> str:
        """What the case is called: its subject, else its process."""
        return self.subject or self.process

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in OPEN


def list_rows(
    connection: Connection, pile: Pile, wish: Wish, deadlines: Deadlines, page: Page
) -> tuple[TaskRow, ...]:
    """Give the rows of a page, by one statement: of each part of the pile no more is read than the page may need."""
    if not pile.parts or not page.total:
        return ()
    most = page.offset + SIZE
    first = [_picked(part, pile, wish, deadlines).limit(most).subquery() for part in pile.parts]
    merged = union_all(*(select(part) for part in first)).subquery()
    in_order = _sorted(wish.order, dict(merged.c.items()))
    chosen = select(merged).order_by(*in_order).limit(SIZE).offset(page.offset).subquery()
    query = _details(chosen).order_by(*_sorted(wish.order, dict(chosen.c.items())))
    return tuple(_row(row) for row in connection.execute(query).mappings())


def rows_of(
    connection: Connection, actor: Actor, tasks: Sequence[UserTaskId]
) -> tuple[TaskRow, ...]:
    """Give the rows of named tasks, open or not, in the order of the names; what the actor may not see is left out."""
    chosen = (
        select(user_tasks.c.instance_id, user_tasks.c.id)
        .join(instances, instances.c.id == user_tasks.c.instance_id)
        .where(
            user_tasks.c.instance_id.in_({instance_of(task) for task in tasks}),
            user_tasks.c.id.in_(tasks),
            sees_case(actor),
        )
        .subquery()
    )
    found = {row["id"]: _row(row) for row in connection.execute(_details(chosen)).mappings()}
    return tuple(found[task] for task in dict.fromkeys(tasks) if task in found)


_DIRECTIONS = {
    Order.DUE: (("due", nulls_last), ("id", asc)),
    Order.NEWEST: (("moment", desc), ("id", desc)),
    Order.OLDEST: (("moment", asc), ("id", asc)),
    Order.SUBJECT: (("subject", nulls_last), ("id", asc)),
    Order.PROCESS: (("process", asc), ("due", nulls_last), ("id", asc)),
}
"""The keys of each order. What has no deadline or no subject comes last."""


def _picked(
    part: ColumnElement[bool], pile: Pile, wish: Wish, deadlines: Deadlines
) -> Select[tuple[object, ...]]:
    """Give keys and ids of what a wish picks from a part of the pile, in order."""
    keys: dict[str, ColumnElement[str]] = {
        "id": user_tasks.c.id,
        "due": user_tasks.c.due_at,
        "moment": pile.moment,
        "subject": func.nullif(func.lower(instances.c.subject), ""),
        "process": definitions.c.name,
    }
    wanted = [keys[name].label(name) for name, _ in _DIRECTIONS[wish.order]]
    return (
        select(user_tasks.c.instance_id, *wanted)
        .select_from(tables_for(wish, wish.order))
        .where(part, *conditions(pile, wish, deadlines), *found_by(pile, wish))
        .order_by(*_sorted(wish.order, keys))
    )


def _sorted(order: Order, keys: Mapping[str, ColumnElement[str]]) -> list[ColumnElement[str]]:
    return [direction(keys[name]) for name, direction in _DIRECTIONS[order]]


def _details(chosen: Subquery) -> Select[tuple[object, ...]]:
    tasks = user_tasks.c
    return (
        select(
            tasks.id,
            tasks.instance_id,
            tasks.name,
            tasks.definition_id,
            tasks.element,
            tasks.lane_id,
            definitions.c.name.label("process"),
            instances.c.number,
            instances.c.subject,
            tasks.on_behalf_of,
            tasks.narrowed_to,
            tasks.state,
            tasks.revision,
            tasks.due_at,
            tasks.due_is_estimate,
            tasks.created_at,
            tasks.changed_at,
            tasks.sender,
            tasks.sender_post,
            tasks.holder_id,
            func.coalesce(persons.c.name, "").label("holder_name"),
            tasks.follow_up,
            _rounds().label("rounds"),
            tasks.priority,
        )
        .join_from(
            chosen,
            user_tasks,
            and_(tasks.instance_id == chosen.c.instance_id, tasks.id == chosen.c.id),
        )
        .join(instances, instances.c.id == tasks.instance_id)
        .join(definitions, definitions.c.id == tasks.root_definition_id)
        .outerjoin(persons, persons.c.id == tasks.holder_id)
    )


def _rounds() -> ScalarSelect[int]:
    earlier = user_tasks.alias("earlier")
    return (
        select(func.count())
        .where(
            earlier.c.instance_id == user_tasks.c.instance_id,
            earlier.c.element == user_tasks.c.element,
            earlier.c.definition_id == user_tasks.c.definition_id,
            earlier.c.state == TaskState.COMPLETED,
            earlier.c.changed_at <= user_tasks.c.created_at,
            earlier.c.id != user_tasks.c.id,
        )
        .correlate(user_tasks)
        .scalar_subquery()
    )


def _row(row: RowMapping) -> TaskRow:
    return TaskRow(
        task=UserTaskId(row["id"]),
        case=InstanceId(row["instance_id"]),
        name=row["name"],
        definition=DefinitionId(row["definition_id"]),
        element=row["element"],
        lane=LaneId(row["lane_id"]),
        process=row["process"],
        number=row["number"],
        subject=row["subject"],
        on_behalf_of=row["on_behalf_of"],
        narrowed_to=row["narrowed_to"],
        state=TaskState(row["state"]),
        revision=row["revision"],
        due_at=from_text(row["due_at"]) if row["due_at"] else None,
        due_is_estimate=bool(row["due_is_estimate"]),
        created_at=from_text(row["created_at"]),
        changed_at=from_text(row["changed_at"]),
        sender=row["sender"],
        sender_post=row["sender_post"],
        holder=PersonId(row["holder_id"]) if row["holder_id"] else None,
        holder_name=row["holder_name"],
        follow_up=row["follow_up"],
        rounds=row["rounds"],
        priority=row["priority"],
    )
