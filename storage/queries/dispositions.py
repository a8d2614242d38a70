"""The page *Disposisi*: the cases that grew out of one another, as a tree of who has what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, union_all

from engine.chain import read_signature
from engine.clock import from_text
from engine.ids import DefinitionId, InstanceId, LaneId, UserTaskId
from engine.store import InstanceState
from engine.user_task import OPEN
from engine.variables import object_of
from storage.queries.visibility import sees_case
from storage.tables import history, instances, persons, posts, units, user_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection, RowMapping

    from engine.actor import Actor, Signature
    from engine.ids import AgencyId
    from engine.variables import Value

MOST_NODES = 500
"""Cases that one tree shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An open task of a case: who has it, since when, and when somebody else than its sender first opened it."""

    task: UserTaskId
    name: str
    lane: LaneId
    holder_name: str
    due_at: datetime | None
    due_is_estimate: bool
    opened_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A case of the tree; `variables` are those of the case itself, `begun_by` is who began it."""

    case: InstanceId
    parent: InstanceId | None
    definition: DefinitionId
    state: InstanceState
    number: str
    subject: str
    started_at: datetime
    ended_at: datetime | None
    begun_by: Signature | None
    variables: Mapping[str, Value]
    waiting: tuple[Waiting, ...]


def list_tree(connection: Connection, actor: Actor, case: InstanceId) -> tuple[Node, ...]:
    """Give the case, the cases above it and all that grew out of the topmost, oldest first, as far as the actor sees them.

    A case that the actor may not see is left out, and with it what stands below: nothing tells that it is there.
    """
    root = _root(connection, case)
    below = select(instances.c.id).where(instances.c.id == root).cte("tree", recursive=True)
    tree = below.union_all(select(instances.c.id).where(instances.c.parent_id == below.c.id))
    query = (
        select(
            instances.c.id,
            instances.c.parent_id,
            instances.c.definition_id,
            instances.c.state,
            instances.c.number,
            instances.c.subject,
            instances.c.started_at,
            instances.c.ended_at,
            instances.c.variables,
            history.c.by,
        )
        .join(tree, tree.c.id == instances.c.id)
        .join(history, (history.c.chain_id == instances.c.id) & (history.c.seq == 1))
        .where(sees_case(actor))
        .order_by(instances.c.id)
        .limit(MOST_NODES)
    )
    rows = connection.execute(query).mappings().all()
    waiting = _waiting(connection, [row["id"] for row in rows])
    return tuple(_node(row, tuple(waiting.get(row["id"], ()))) for row in rows)


def count_children(connection: Connection, case: InstanceId) -> int:
    """Give how many cases a case has begun."""
    query = select(func.count()).where(instances.c.parent_id == case)
    return connection.execute(query).scalar_one()


def list_group_names(connection: Connection, agency: AgencyId) -> dict[str, str]:
    """Give the names of an agency's posts and units by id; a post's name stands before that of a unit of the same id."""
    query = union_all(
        select(units.c.id, units.c.name).where(units.c.agency_id == bindparam("agency")),
        select(posts.c.id, posts.c.name).where(posts.c.agency_id == bindparam("agency")),
    )
    return {
        row["id"]: row["name"] for row in connection.execute(query, {"agency": agency}).mappings()
    }


def _root(connection: Connection, case: InstanceId) -> InstanceId:
    own = (
        select(instances.c.id, instances.c.parent_id)
        .where(instances.c.id == case)
        .cte("above", recursive=True)
    )
    above = own.union_all(
        select(instances.c.id, instances.c.parent_id).where(instances.c.id == own.c.parent_id)
    )
    query = select(above.c.id).where(above.c.parent_id.is_(None))
    return InstanceId(connection.execute(query).scalar_one())


def _node(row: RowMapping, waiting: tuple[Waiting, ...]) -> Node:
    values = object_of(row["variables"]).get("0")
    return Node(
        case=InstanceId(row["id"]),
        parent=InstanceId(row["parent_id"]) if row["parent_id"] else None,
        definition=DefinitionId(row["definition_id"]),
        state=InstanceState(row["state"]),
        number=row["number"],
        subject=row["subject"],
        started_at=from_text(row["started_at"]),
        ended_at=from_text(row["ended_at"]) if row["ended_at"] else None,
        begun_by=read_signature(row["by"]) if row["by"] else None,
        variables=values if isinstance(values, dict) else {},
        waiting=waiting,
    )


def _waiting(connection: Connection, cases: list[str]) -> dict[str, list[Waiting]]:
    query = (
        select(
            user_tasks.c.instance_id,
            user_tasks.c.id,
            user_tasks.c.name,
            user_tasks.c.lane_id,
            user_tasks.c.due_at,
            user_tasks.c.due_is_estimate,
            user_tasks.c.opened_at,
            user_tasks.c.changed_at,
            func.coalesce(persons.c.name, "").label("holder_name"),
        )
        .outerjoin(persons, persons.c.id == user_tasks.c.holder_id)
        .where(user_tasks.c.instance_id.in_(cases), user_tasks.c.state.in_(sorted(OPEN)))
        .order_by(user_tasks.c.instance_id, user_tasks.c.id)
    )
    found: dict[str, list[Waiting]] = {}
    for row in connection.execute(query).mappings():
        line = Waiting(
            task=UserTaskId(row["id"]),
            name=row["name"],
            lane=LaneId(row["lane_id"]),
            holder_name=row["holder_name"],
            due_at=from_text(row["due_at"]) if row["due_at"] else None,
            due_is_estimate=bool(row["due_is_estimate"]),
            opened_at=from_text(row["opened_at"]) if row["opened_at"] else None,
            changed_at=from_text(row["changed_at"]),
        )
        found.setdefault(row["instance_id"], []).append(line)
    return found
