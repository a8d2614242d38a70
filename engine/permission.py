"""Who may do what with a task or a case; every check of the commands (DESIGN.md 5.11).

"Not yours to see" and "not there" are the same error, NotFound. What may be seen but not done is NotAllowed; what somebody
else has done or holds meanwhile is WrongState or Conflict, with who and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actor import Role
from engine.clock import as_text
from engine.errors import Conflict, NotAllowed, NotFound, WrongState
from engine.store import InstanceState
from engine.user_task import TaskState

if TYPE_CHECKING:
    from engine.actor import Actor, Post
    from engine.ids import AgencyId
    from engine.store import Definition, Instance
    from engine.user_task import UserTask

OVERSEERS = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that may hand out tasks and stop cases without holding a lane."""


def starting_post(definition: Definition, actor: Actor) -> Post:
    """Give the post in which the actor starts a case. Raises NotFound for another agency's process, else NotAllowed."""
    same_agency(definition.agency, actor)
    for post in actor.posts:
        if post.lanes & definition.starters:
            return post
    raise NotAllowed(
        f"Expected a holder of {sorted(definition.starters)}, but {actor.person} holds none",
        code="not_allowed_start",
        process=definition.name,
    )


def working_post(task: UserTask, actor: Actor) -> Post | None:
    """Give the post in which the actor may do the task, None for a holder who has no post (any more).

    Raises NotFound when the actor has no part in its lane, NotAllowed when the task is narrowed to others.
    """
    same_agency(task.agency, actor)
    post = actor.find_post(task.lane)
    if task.holder == actor.person:
        return post or next(iter(actor.posts), None)
    if post is None:
        raise _not_there()
    if not is_candidate(task, actor):
        raise NotAllowed(
            f"Expected a candidate of {task.id}, but {actor.person} is none",
            code="not_allowed_lane",
            task=task.name,
        )
    return actor.find_post(task.lane, task.candidate_groups) or post


def is_candidate(task: UserTask, actor: Actor) -> bool:
    """Tell whether the task, with all that narrows it, may be taken by the actor."""
    if actor.find_post(task.lane) is None:
        return False
    if not task.candidate_groups and not task.candidate_persons:
        return True
    by_group = task.candidate_groups and actor.find_post(task.lane, task.candidate_groups)
    return bool(by_group) or actor.login in task.candidate_persons


def expect_open(task: UserTask) -> None:
    """Raise WrongState for a task that is done or no longer needed, with who and when."""
    if not task.is_open:
        code = "task_completed" if task.state is TaskState.COMPLETED else "task_cancelled"
        raise WrongState(
            f"Expected an open task, but {task.id} is {task.state}",
            code=code,
            who=task.holder_name,
            at=as_text(task.changed_at),
        )


def expect_not_held_by_other(task: UserTask, actor: Actor) -> None:
    """Raise Conflict for a task that somebody else holds, with who and since when."""
    if task.holder not in (None, actor.person):
        raise Conflict(
            f"Expected {task.id} free or with {actor.person}, but {task.holder} has it",
            code="task_held",
            who=task.holder_name,
            since=as_text(task.changed_at),
        )


def expect_revision(task: UserTask, actor: Actor, revision: int) -> None:
    """Raise Conflict for a task that was changed since its sender saw it, unless the sender holds it."""
    if task.revision != revision and task.holder != actor.person:
        raise Conflict(
            f"Expected revision {revision} of {task.id}, but found {task.revision}",
            code="task_changed",
            who=task.holder_name,
            at=as_text(task.changed_at),
        )


def expect_may_assign(task: UserTask, actor: Actor) -> None:
    """Raise NotFound or NotAllowed unless the actor is in the task's lane or oversees the office."""
    same_agency(task.agency, actor)
    if not actor.roles & OVERSEERS:
        working_post(task, actor)


def expect_may_cancel(
    instance: Instance, definition: Definition, actor: Actor, revision: int
) -> None:
    """Raise unless the actor may stop the case and has seen it as it is."""
    same_agency(instance.agency, actor)
    involved = actor.lanes & (definition.lanes | definition.starters)
    if not involved and not actor.roles & OVERSEERS:
        raise _not_there()
    if not actor.lanes & definition.starters and not actor.roles & OVERSEERS:
        raise NotAllowed(
            f"Expected who may start {definition.key}, but {actor.person} may not",
            code="not_allowed_cancel",
            process=definition.name,
        )
    expect_running(instance)
    if instance.revision != revision:
        raise Conflict(
            f"Expected revision {revision} of {instance.id}, but found {instance.revision}",
            code="instance_changed",
        )


def expect_running(instance: Instance) -> None:
    """Raise WrongState for a case that is over."""
    if instance.state is not InstanceState.RUNNING:
        raise WrongState(
            f"Expected a running case, but {instance.id} is {instance.state}",
            code="instance_ended",
        )


def same_agency(agency: AgencyId, actor: Actor) -> None:
    """Raise NotFound for something of another agency."""
    if agency != actor.agency:
        raise _not_there()


def _not_there() -> NotFound:
    return NotFound("Expected something of this actor's, but it is not there", code="not_found")
