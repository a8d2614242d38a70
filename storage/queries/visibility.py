"""Who sees what (DESIGN.md 5.11), as conditions on `instances` and `user_tasks`; every query of a page uses them.

A person sees a case of the own agency if a post held, or one that answers to it, stands for a lane of its process. Auditor,
process owner and administrator see all cases of their agency. A secret case (`sifat` = `rahasia`) is seen only by the
auditor, by those who had or have a task in it, by those who could take one that lies open, and by their heads. The revision-safe truth is the engine's: what is
seen here may still be refused to be changed there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true

from engine.actor import Role
from engine.ids import instance_of
from engine.user_task import TaskState
from storage.tables import candidates, definition_lanes, holdings, instances, user_tasks

if TYPE_CHECKING:
    from sqlalchemy import Connection, FromClause

    from engine.actor import Actor, Post
    from engine.ids import InstanceId, UserTaskId

OVERSEERS = frozenset({Role.AUDITOR, Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that see the cases of every lane."""


def sees_case(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on `instances` that the actor may see the case."""
    own_agency = instances.c.agency_id == actor.agency
    if Role.AUDITOR in actor.roles:
        return own_agency
    by_lane = exists().where(
        definition_lanes.c.definition_id == instances.c.definition_id,
        definition_lanes.c.lane_id.in_(actor.lanes | actor.led_lanes),
    )
    oversees = bool(OVERSEERS & actor.roles)
    is_open = instances.c.is_secret == 0
    own = user_tasks.alias("own_tasks")
    takes_part = exists().where(
        own.c.instance_id == instances.c.id,
        or_(own.c.holder_id == actor.person, can_take(actor, own), _is_led(actor, own)),
    )
    return and_(own_agency, true() if oversees else by_lane, or_(is_open, takes_part))


def can_take(actor: Actor, tasks: FromClause = user_tasks) -> ColumnElement[bool]:
    """Give the condition on `user_tasks` (or an alias of it) that the task is free and the actor may take it."""
    if not actor.posts:
        return false()
    named = [_named(actor, tasks), *(_grouped(post, tasks) for post in actor.posts)]
    return and_(
        tasks.c.state == TaskState.CREATED,
        tasks.c.agency_id == actor.agency,
        tasks.c.lane_id.in_(actor.lanes),
        or_(tasks.c.narrowed == 0, *named),
    )


def holds(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on `user_tasks` that the task lies on the actor's desk.

    A task of a lane that none of the actor's posts stands for any more is not theirs to do.
    """
    return and_(
        user_tasks.c.holder_id == actor.person,
        user_tasks.c.state == TaskState.CLAIMED,
        user_tasks.c.lane_id.in_(actor.lanes),
    )


def find_visible_case(connection: Connection, actor: Actor, case: InstanceId) -> InstanceId | None:
    """Give the id back if there is such a case and the actor may see it."""
    row = connection.execute(
        select(instances.c.id).where(instances.c.id == case, sees_case(actor))
    ).first()
    return None if row is None else case


def is_takeable(connection: Connection, actor: Actor, task: UserTaskId) -> bool:
    """Tell whether the task is free and the actor may take it."""
    query = select(func.count()).where(
        user_tasks.c.instance_id == instance_of(task), user_tasks.c.id == task, can_take(actor)
    )
    return bool(connection.execute(query).scalar_one())


def _is_led(actor: Actor, tasks: FromClause) -> ColumnElement[bool]:
    """Give the condition that the task is, or was, with somebody who answers to the actor, or free for such a one."""
    if not actor.led:
        return false()
    held_by_led = exists().where(
        holdings.c.person_id == tasks.c.holder_id,
        holdings.c.agency_id == actor.agency,
        holdings.c.post_id.in_([post.id for post in actor.led]),
        tasks.c.lane_id.in_(actor.led_lanes),
    )
    free_for_led = and_(tasks.c.state == TaskState.CREATED, tasks.c.lane_id.in_(actor.led_lanes))
    return or_(held_by_led, free_for_led)


def _named(actor: Actor, tasks: FromClause) -> ColumnElement[bool]:
    return exists().where(
        candidates.c.task_id == tasks.c.id,
        candidates.c.kind == "person",
        candidates.c.candidate == actor.login,
    )


def _grouped(post: Post, tasks: FromClause) -> ColumnElement[bool]:
    narrowed_to_it = exists().where(
        candidates.c.task_id == tasks.c.id,
        candidates.c.kind == "group",
        candidates.c.candidate.in_((post.id, post.unit)),
    )
    return and_(tasks.c.lane_id.in_(post.lanes), narrowed_to_it)
