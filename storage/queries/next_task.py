"""Where a person goes on in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.queries.case import list_tasks
from storage.queries.visibility import is_takeable

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.actor import Actor
    from engine.ids import InstanceId, UserTaskId


def find_next_task(connection: Connection, actor: Actor, case: InstanceId) -> UserTaskId | None:
    """Give the actor's next open task in a case: one on the desk, else one that can be taken."""
    waiting = [line for line in list_tasks(connection, case) if line.is_open]
    held = (line for line in waiting if line.holder == actor.person)
    own = [line.task for line in held if line.lane in actor.lanes]
    free = (line.task for line in waiting if is_takeable(connection, actor, line.task))
    return own[0] if own else next(free, None)
