"""Who may do what with a task or a case; every check of the commands (DESIGN.md 5.11).

"Not yours to see" and "not there" are the same error, NotFound. What may be seen but not done is NotAllowed; what somebody
else has done or holds meanwhile is WrongState or Conflict, with who and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actor import Role
from engine.clock import as_text
from engine.errors import Conflict, NotAllowed, NotFound, WrongState
from engine.ids import instance_of
from engine.starters import Starters
from engine.store import InstanceState
from engine.user_task import TaskState

if TYPE_CHECKING:
    from engine.actor import Actor, Post
    from engine.ids import AgencyId, InstanceId, PersonId, UserTaskId
    from engine.message import Subscription
    from engine.office import Roster
    from engine.process import Process
    from engine.store import Definition, Instance
    from engine.user_task import UserTask

OVERSEERS = frozenset({Role.PROCESS_OWNER, Role.ADMINISTRATOR})
"""Roles that may hand out tasks and stop cases without holding a lane."""


def starting_post(definition: Definition, actor: Actor) -> Post:
    """Give the post in which the actor starts a case. Raises NotFound for another agency's process, else NotAllowed."""
    same_agency(definition.agency, actor)
    starters = Starters(
        lanes=definition.starters,
        groups=definition.starter_groups,
        persons=definition.starter_persons,
    )
    post = starters.find_post(actor)
    if post is not None:
        return post
    if starters.list_posts(actor):
        raise NotAllowed(
            f"Expected a candidate starter of {definition.key}, but {actor.person} is none",
            code="not_allowed_starter",
            process=definition.name,
        )
    raise NotAllowed(
        f"Expected a holder of {sorted(definition.starters)}, but {actor.person} holds none",
        code="not_allowed_start",
        process=definition.name,
    )


def working_post(task: UserTask, actor: Actor) -> Post:
    """Give the post in which the actor may do the task.

    Raises NotFound when the actor has no part in its lane, NotAllowed when the task is narrowed to others, or (`lane_lost`)
    when it lies on the actor's desk but no post of theirs stands for its lane any more.
    """
    same_agency(task.agency, actor)
    post = actor.find_post(task.lane)
    if post is None:
        raise _lane_lost(task, actor) if task.holder == actor.person else _not_there()
    if task.holder != actor.person and not is_candidate(task, actor):
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


def expect_not_with(task: UserTask, person: PersonId) -> None:
    """Raise WrongState for a task that lies on the person's desk already."""
    if task.holder == person:
        raise WrongState(
            f"Expected {task.id} with somebody else than {person}, but it is there already",
            code="task_there_already",
            task=task.name,
            who=task.holder_name,
        )


def expect_may_assign(task: UserTask, actor: Actor) -> Post | None:
    """Give the post in which the actor may give the task to somebody: of its lane, or one that leads it.

    None for who oversees the office without such a post. Raises NotFound or NotAllowed for others.
    """
    same_agency(task.agency, actor)
    leading = actor.find_leading_post(task.lane, task.candidate_groups)
    if actor.roles & OVERSEERS or leading is not None:
        return actor.find_post(task.lane) or leading
    return working_post(task, actor)


def expect_may_cancel(
    instance: Instance, definition: Definition, actor: Actor, revision: int
) -> Post | None:
    """Give the post in which the actor may stop the case: one that starts such cases, or leads who does.

    None for who oversees the office without such a post. Raises unless the actor may, and has seen the case as it is.
    """
    same_agency(instance.agency, actor)
    reached = actor.lanes | actor.led_lanes
    involved = reached & (definition.lanes | definition.starters)
    if not involved and not actor.roles & OVERSEERS:
        raise _not_there()
    if not reached & definition.starters and not actor.roles & OVERSEERS:
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
    starters = sorted(definition.starters)
    own = (actor.find_post(lane) for lane in starters)
    leading = (actor.find_leading_post(lane) for lane in starters)
    return next(filter(None, (*own, *leading)), None)


def expect_may_comment(instance: Instance, definition: Definition, actor: Actor) -> None:
    """Raise NotFound for who has no part in the case's process, NotAllowed for an auditor, who only reads."""
    same_agency(instance.agency, actor)
    if Role.AUDITOR in actor.roles:
        raise NotAllowed(
            f"Expected who works on cases, but {actor.person} is an auditor",
            code="not_allowed_comment",
        )
    expect_part_in(instance, definition, actor)


def expect_part_in(instance: Instance, definition: Definition, actor: Actor) -> None:
    """Raise NotFound for who has no part in the case's process."""
    same_agency(instance.agency, actor)
    readers = OVERSEERS | {Role.AUDITOR}
    if not (actor.lanes | actor.led_lanes) & definition.lanes and not actor.roles & readers:
        raise _not_there()


def recording_post(awaited: Subscription, actor: Actor) -> Post:
    """Give the post in which the actor may record an answer. Raises NotAllowed for who may not do the steps of its lane."""
    post = None if awaited.lane is None else actor.find_post(awaited.lane)
    if post is None:
        raise NotAllowed(
            f"Expected a holder of {awaited.lane}, but {actor.person} is none",
            code="not_allowed_answer",
            name=awaited.name,
        )
    return post


def expect_may_mend(process: Process, element: str, actor: Actor) -> Post | None:
    """Give the post in which the actor may begin failed work at an element again: of its lane, or one that leads it.

    None for who oversees the office without such a post. Raises NotAllowed for others.
    """
    found = process.elements.get(element)
    lane = None if found is None else process.worker_of(found)
    if lane is not None:
        post = actor.find_post(lane.id) or actor.find_leading_post(lane.id)
        if post is not None:
            return post
    if not actor.roles & OVERSEERS:
        raise NotAllowed(
            f"Expected who works at {element}, but {actor.person} does not",
            code="not_allowed_incident",
        )
    return None


def reporting_post(process: Process, element: str, actor: Actor) -> Post:
    """Give the post in which the actor may report work at an element as done. Raises NotAllowed outside its lane."""
    lane = process.worker_of(process.elements[element])
    post = None if lane is None else actor.find_post(lane.id)
    if post is None:
        raise NotAllowed(
            f"Expected a holder of the lane of {element}, but {actor.person} is none",
            code="not_allowed_work",
        )
    return post


def expect_task_of(task: UserTaskId, instance: InstanceId) -> None:
    """Raise NotFound for the id of another case's task."""
    if instance_of(task) != instance:
        raise _not_there()


def expect_running(instance: Instance) -> None:
    """Raise WrongState for a case that is over."""
    if instance.state is not InstanceState.RUNNING:
        raise WrongState(
            f"Expected a running case, but {instance.id} is {instance.state}",
            code="instance_ended",
        )


def expect_administrator(roster: Roster, actor: Actor) -> None:
    """Raise NotAllowed unless the actor is an administrator of the agency at this moment."""
    found = roster.persons.get(actor.person)
    if found is None or found.closed_at is not None or Role.ADMINISTRATOR not in found.roles:
        raise NotAllowed(
            f"Expected an administrator, but {actor.person} is none", code="not_administrator"
        )


def expect_overseer(actor: Actor) -> None:
    """Raise NotAllowed unless the actor oversees the office: a process owner or an administrator."""
    if not actor.roles & OVERSEERS:
        raise NotAllowed(
            f"Expected who oversees the office, but {actor.person} does not", code="not_overseer"
        )


def same_agency(agency: AgencyId, actor: Actor) -> None:
    """Raise NotFound for something of another agency."""
    if agency != actor.agency:
        raise _not_there()


def _lane_lost(task: UserTask, actor: Actor) -> NotAllowed:
    return NotAllowed(
        f"Expected {actor.person} to stand for {task.lane}, but they don't any more",
        code="lane_lost",
        task=task.name,
    )


def _not_there() -> NotFound:
    return NotFound("Expected something of this actor's, but it is not there", code="not_found")
