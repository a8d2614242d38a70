"""Who sees what (DESIGN.md 5.11), as conditions on `instances` and `user_tasks`; every query of a page uses them.

A person sees a case of the own agency if a post held, or one that answers to it, stands for a lane of its process. Auditor,
process owner and administrator see all cases of their agency. A secret case (`sifat` = `rahasia`) is seen only by the
auditor, by those who had or have a task in it, by those who could take one that lies open, and by their heads. The revision-safe truth is the engine's: what is
seen here may still be refused to be changed there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select, true

from engine.actor import Role
from engine.ids import instance_of
from engine.user_task import OPEN, TaskState
from storage.tables import definition_lanes, holdings, instances, persons, user_tasks

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection, FromClause, Select

    from engine.actor import Actor
    from engine.ids import InstanceId, LaneId, UserTaskId

OVERSEERS = frozenset({Role.AUDITOR, Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that see the cases of every lane."""

KEPT = 256
"""Persons whose questions are kept as built: to build one takes several times as long as to ask it."""


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
        or_(own.c.holder_id == actor.person, can_take(actor, own), is_led(actor, own)),
    )
    return and_(own_agency, true() if oversees else by_lane, or_(is_open, takes_part))


def can_take(actor: Actor, tasks: FromClause = user_tasks) -> ColumnElement[bool]:
    """Give the condition on `user_tasks` (or an alias of it) that the task is free and the actor may take it."""
    if not actor.lanes:
        return false()
    return and_(
        tasks.c.state == TaskState.CREATED,
        tasks.c.agency_id == actor.agency,
        or_(*(is_offered(actor, lane, tasks) for lane in sorted(actor.lanes))),
    )


def is_offered(actor: Actor, lane: LaneId, tasks: FromClause = user_tasks) -> ColumnElement[bool]:
    """Give the condition that the task is of this lane of the actor's, and not narrowed to others."""
    posts = [post for post in actor.posts if lane in post.lanes]
    names = {group for post in posts for group in (post.id, post.unit)} | {f"@{actor.login}"}
    return and_(tasks.c.lane_id == lane, narrowed_to_any(names, tasks))


def narrowed_to_any(names: Collection[str], tasks: FromClause) -> ColumnElement[bool]:
    """Give the condition that the task is not narrowed, or to one of these (see `storage.rows.narrowing`) too."""
    narrowed_to = tasks.c.narrowed_to
    # replace() rather than LIKE: it heeds large and small on SQLite too
    among = (func.replace(narrowed_to, f",{name},", "") != narrowed_to for name in sorted(names))
    return or_(narrowed_to == "", *among)


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
    row = connection.execute(_visible_to(actor), {"case": case}).first()
    return None if row is None else case


def is_takeable(connection: Connection, actor: Actor, task: UserTaskId) -> bool:
    """Tell whether the task is free and the actor may take it."""
    this = {"instance": instance_of(task), "task": task}
    return bool(connection.execute(_takeable_by(actor), this).scalar_one())


@lru_cache(KEPT)
def _visible_to(actor: Actor) -> Select[str]:
    return select(instances.c.id).where(instances.c.id == bindparam("case"), sees_case(actor))


@lru_cache(KEPT)
def _takeable_by(actor: Actor) -> Select[int]:
    return select(func.count()).where(
        user_tasks.c.instance_id == bindparam("instance"),
        user_tasks.c.id == bindparam("task"),
        can_take(actor),
    )


def is_for(connection: Connection, actor: Actor, task: UserTaskId) -> bool:
    """Tell whether the task is open and for the actor, by lane and by all that narrows it, whoever has it."""
    if not actor.lanes:
        return False
    offered = or_(*(is_offered(actor, lane) for lane in sorted(actor.lanes)))
    query = select(func.count()).where(
        user_tasks.c.instance_id == instance_of(task),
        user_tasks.c.id == task,
        user_tasks.c.agency_id == actor.agency,
        user_tasks.c.state.in_(OPEN),
        offered,
    )
    return bool(connection.execute(query).scalar_one())


def is_led(actor: Actor, tasks: FromClause) -> ColumnElement[bool]:
    """Give the condition that the task is, or was, with somebody who answers to the actor, or free for such a one.

    It is the actor's as head when its holder held a post that answers to the actor at the time of taking or finishing it,
    or holds one for good: what somebody does elsewhere, before or afterwards, is another head's.
    """
    if not actor.led_lanes:
        return false()
    then = and_(
        holdings.c.held_from <= tasks.c.changed_at,
        or_(holdings.c.held_to.is_(None), holdings.c.held_to > tasks.c.changed_at),
    )
    for_good = and_(tasks.c.state == TaskState.CLAIMED, holdings.c.held_to.is_(None))
    held_by_led = exists().where(
        holdings.c.person_id == tasks.c.holder_id,
        holdings.c.agency_id == actor.agency,
        holdings.c.post_id.in_([post.id for post in actor.led]),
        tasks.c.lane_id.in_(actor.led_lanes),
        or_(then, for_good),
    )
    free_for_led = and_(
        tasks.c.state == TaskState.CREATED,
        or_(*(_is_offered_to_led(actor, lane, tasks) for lane in sorted(actor.led_lanes))),
    )
    return or_(held_by_led, free_for_led)


def _is_offered_to_led(actor: Actor, lane: LaneId, tasks: FromClause) -> ColumnElement[bool]:
    """Give the condition that the task is of this lane, and not narrowed to others than those who answer to the actor."""
    posts = [post for post in actor.led if lane in post.lanes]
    names = {group for post in posts for group in (post.id, post.unit)}
    narrowed_to = tasks.c.narrowed_to
    named = exists().where(
        holdings.c.agency_id == actor.agency,
        holdings.c.post_id.in_([post.id for post in posts]),
        or_(holdings.c.held_to.is_(None), holdings.c.held_to > tasks.c.created_at),
        persons.c.id == holdings.c.person_id,
        func.replace(narrowed_to, ",@" + persons.c.login + ",", "") != narrowed_to,
    )
    return and_(tasks.c.lane_id == lane, or_(narrowed_to_any(names, tasks), named))
