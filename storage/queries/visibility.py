"""Who sees what (DESIGN.md 5.11), as conditions on `instances` and `user_tasks`; every query of a page uses them.

A person sees a case of the own agency if a post held stands for a lane of its process. Auditor, process owner and
administrator see all cases of their agency. A case whose variable `sifat` is `rahasia` is seen only by the auditor, by those
who had or have a task in it, and by those who could take one that lies open. The revision-safe truth is the engine's: what is
seen here may still be refused to be changed there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from engine.actor import Role
from engine.ids import instance_of
from engine.user_task import TaskState
from storage.tables import candidates, definition_lanes, instances, user_tasks

if TYPE_CHECKING:
    from sqlalchemy import Connection, FromClause
    from sqlalchemy.sql.compiler import SQLCompiler

    from engine.actor import Actor, Post
    from engine.ids import InstanceId, UserTaskId

OVERSEERS = frozenset({Role.AUDITOR, Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that see the cases of every lane."""

_SECRET = b'"sifat":"rahasia"'
"""How a secret case looks in its canonical variables; inside a text the quotation marks would be escaped."""


class position_of(GenericFunction[int]):  # noqa: N801 - SQLAlchemy's functions are named as SQL names them
    """Where bytes lie within bytes, counted from 1; 0 when they don't."""

    inherit_cache = True
    name = "position_of"


@compiles(position_of)
def _position(element: position_of, compiler: SQLCompiler, **options: object) -> str:
    inside, sought = element.clauses
    return (
        f"position({compiler.process(sought, **options)} in {compiler.process(inside, **options)})"
    )


@compiles(position_of, "sqlite")
def _instr(element: position_of, compiler: SQLCompiler, **options: object) -> str:
    inside, sought = element.clauses
    return f"instr({compiler.process(inside, **options)}, {compiler.process(sought, **options)})"


def sees_case(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on `instances` that the actor may see the case."""
    own_agency = instances.c.agency_id == actor.agency
    if Role.AUDITOR in actor.roles:
        return own_agency
    by_lane = exists().where(
        definition_lanes.c.definition_id == instances.c.definition_id,
        definition_lanes.c.lane_id.in_(actor.lanes),
    )
    oversees = bool(OVERSEERS & actor.roles)
    is_open = position_of(instances.c.variables, literal(_SECRET)) == 0
    own = user_tasks.alias("own_tasks")
    takes_part = exists().where(
        own.c.instance_id == instances.c.id,
        or_(own.c.holder_id == actor.person, can_take(actor, own)),
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
    """Give the condition on `user_tasks` that the task lies on the actor's desk."""
    return and_(user_tasks.c.holder_id == actor.person, user_tasks.c.state == TaskState.CLAIMED)


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
