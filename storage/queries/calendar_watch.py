"""Which deadlines there is something to do about: to remind of, to tell heads of, to count anew. Each walks along one index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, literal_column, select

from engine.clock import as_text
from engine.ids import AgencyId, InstanceId, UserTaskId
from engine.user_task import DueTold
from storage.queries.pile import IS_OPEN
from storage.tables import agencies, user_tasks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from engine.deadline import Window

AT_ONCE = 200
"""Tasks that are looked up at once."""

_tasks = user_tasks.c
_AGENCIES = select(agencies.c.id).order_by(agencies.c.id)
_UNTOLD = (
    select(_tasks.id)
    .where(
        IS_OPEN,
        _tasks.agency_id == bindparam("agency"),
        _tasks.due_told == bindparam("told"),
    )
    .order_by(_tasks.due_at)
    .limit(AT_ONCE)
)
_NEAR = _UNTOLD.where(
    _tasks.due_at >= bindparam("begins"),
    _tasks.due_at < bindparam("ends"),
    _tasks.created_at <= bindparam("arrived"),
)
_LATE = _UNTOLD.where(_tasks.due_at < bindparam("now"))
_EMPTY: ColumnElement[str] = literal_column("''")
_COUNTED = (
    select(_tasks.instance_id)
    .where(
        IS_OPEN,
        _tasks.due_length != _EMPTY,
        _tasks.agency_id == bindparam("agency"),
        _tasks.instance_id > bindparam("after"),
    )
    .distinct()
    .order_by(_tasks.instance_id)
    .limit(bindparam("most"))
)


def list_agencies(connection: Connection) -> tuple[AgencyId, ...]:
    """Give the ids of all agencies."""
    return tuple(map(AgencyId, connection.execute(_AGENCIES).scalars()))


def list_near(connection: Connection, agency: AgencyId, window: Window) -> tuple[UserTaskId, ...]:
    """Give open tasks whose deadlines are in a window and were not told yet, some of them, the nearest first."""
    asked = {
        "agency": agency,
        "told": DueTold.NOTHING,
        "begins": as_text(window.begins),
        "ends": as_text(window.ends),
        "arrived": as_text(window.arrived),
    }
    return tuple(map(UserTaskId, connection.execute(_NEAR, asked).scalars()))


def list_late(connection: Connection, agency: AgencyId, now: datetime) -> tuple[UserTaskId, ...]:
    """Give open tasks that are late and that no head was told of yet, some of them."""
    found: list[UserTaskId] = []
    for told in (DueTold.NOTHING, DueTold.REMINDED):
        asked = {"agency": agency, "told": told, "now": as_text(now)}
        found += map(UserTaskId, connection.execute(_LATE, asked).scalars())
    return tuple(found)


def list_counted(
    connection: Connection, agency: AgencyId, after: InstanceId, most: int
) -> tuple[InstanceId, ...]:
    """Give the first cases behind one, by id, that have an open task whose deadline was counted by the calendar."""
    asked = {"agency": agency, "after": after, "most": most}
    return tuple(map(InstanceId, connection.execute(_COUNTED, asked).scalars()))
