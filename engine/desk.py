"""Desks: the user tasks that a command lays on them, takes away from them and moves."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine.clock import as_text
from engine.deadline import due_of
from engine.errors import ExecutionFailed
from engine.history import (
    AssigneeRefused,
    HistoryEvent,
    UserTaskAssigned,
    UserTaskCancelled,
    UserTaskCreated,
)
from engine.ids import DefinitionId, LaneId, PersonId, UserTaskId
from engine.urgency import put_aside_until
from engine.user_task import TRANSITIONS, TaskState, UserTask

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.act import Act
    from engine.actor import Actor, Signature
    from engine.deadline import Due
    from engine.spiff.execution import Execution
    from engine.store import Instance


class Desk:
    """What one execution laid on desks and took away from them."""

    def __init__(self, instance: Instance, execution: Execution, act: Act) -> None:
        self._instance = instance
        self._execution = execution
        self._act = act
        self._created: dict[str, UserTask] = {}
        self._taken: set[str] = set()
        self._events = list(self._seen())

    def events(self) -> list[HistoryEvent]:
        """Give the execution's events, with an assignment behind each task that the drawing gives to a person."""
        return self._events

    def created(self) -> tuple[UserTask, ...]:
        """Give the new tasks that are still there."""
        return tuple(self._created.values())

    def cancelled(self, done: tuple[UserTask, ...]) -> tuple[UserTask, ...]:
        """Give the tasks of earlier commands that are no longer needed."""
        if not self._taken:
            return ()
        finished = {task.id for task in done}
        open_tasks = self._act.people.list_open_tasks(self._instance.id)
        return tuple(
            move(task, TaskState.CANCELLED, self._act)
            for task in open_tasks
            if task.id in self._taken and task.id not in finished
        )

    def _seen(self) -> Iterable[HistoryEvent]:
        for event in self._execution.events:
            if isinstance(event, UserTaskCreated):
                yield from self._laid(event)
                continue
            yield event
            if isinstance(event, UserTaskCancelled) and not self._created.pop(event.task, None):
                self._taken.add(event.task)

    def _laid(self, event: UserTaskCreated) -> Iterable[HistoryEvent]:
        """Lay a task on a desk, and give what is to be told of it."""
        definition = DefinitionId(event.definition or self._instance.definition)
        due = due_of(event, definition, self._act)
        event = self._with_follow_up(event)
        task = self._created[event.task] = self._task(event, definition, due)
        yield _with_deadline(event, due)
        if task.holder is not None:
            yield UserTaskAssigned(task=task.id, to=task.holder, to_name=task.holder_name)
        elif event.assignee:
            yield self._refused(event)

    def _task(self, event: UserTaskCreated, definition: DefinitionId, due: Due) -> UserTask:
        assignee = self._assignee(event)
        return UserTask(
            id=UserTaskId(event.task),
            instance=self._instance.id,
            agency=self._instance.agency,
            definition=definition,
            element=event.element,
            name=event.name,
            lane=LaneId(event.lane),
            on_behalf_of=event.on_behalf_of,
            candidate_groups=event.candidate_groups,
            candidate_persons=event.candidate_persons,
            due_at=due.at,
            due_length=due.length,
            due_is_estimate=due.is_estimate,
            priority=event.priority,
            follow_up=event.follow_up,
            state=TaskState.CREATED if assignee is None else TaskState.CLAIMED,
            holder=None if assignee is None else assignee.person,
            holder_name="" if assignee is None else assignee.name,
            revision=1,
            created_at=self._act.at,
            changed_at=self._act.at,
            sender=self._act.by.name,
            sender_post=self._act.by.post_name,
            sender_id=self._act.by.person,
        )

    def _with_follow_up(self, event: UserTaskCreated) -> UserTaskCreated:
        """Give the event with the day until which the task is put aside, as that of the office."""
        if not event.follow_up:
            return event
        zone = self._act.zone()
        day = put_aside_until(event.follow_up, self._act.at, zone, event.element)
        return dataclasses.replace(event, follow_up=day)

    def _assignee(self, event: UserTaskCreated) -> Actor | None:
        """Give the assignee, if there is one who stands for the lane (docs/decisions/0007).

        Raises ExecutionFailed for a name that the agency doesn't have.
        """
        self._expect_known(event)
        if not event.assignee:
            return None
        found = self._act.people.find_person(self._instance.agency, event.assignee)
        stands = found is not None and found.find_post(LaneId(event.lane)) is not None
        return found if stands else None

    def _refused(self, event: UserTaskCreated) -> AssigneeRefused:
        person = self._act.people.find_person(self._instance.agency, event.assignee)
        name = event.assignee if person is None else person.name
        return AssigneeRefused(task=event.task, login=event.assignee, name=name)

    def _expect_known(self, event: UserTaskCreated) -> None:
        agency, people = self._instance.agency, self._act.people
        groups = people.list_groups(agency) if event.candidate_groups else frozenset()
        logins = {*event.candidate_persons, event.assignee} - {""}
        unknown = set(event.candidate_groups) - groups
        unknown |= {login for login in logins if not people.knows_login(agency, login)}
        if unknown:
            raise ExecutionFailed(
                f"Expected posts, units and persons of the agency, but found {sorted(unknown)}",
                code="group_unknown",
                groups=sorted(unknown),
                element=event.element,
            )


def _with_deadline(event: UserTaskCreated, due: Due) -> UserTaskCreated:
    """Give the event with the deadline that was counted; that of the drawing stands in it already."""
    if due.at is None or not due.length:
        return event
    return dataclasses.replace(
        event,
        due_at=as_text(due.at),
        due_length=due.length,
        due_is_estimate=due.is_estimate,
    )


def move(
    task: UserTask, state: TaskState, act: Act, *, holder: Signature | None = None
) -> UserTask:
    """Give the task in its next state. Raises ValueError for a step that the life cycle does not have."""
    if state not in TRANSITIONS[task.state]:
        raise ValueError(f"Expected a step of a task's life, but {task.state} to {state} is none")
    kept = state is TaskState.CANCELLED
    person = task.holder if kept else _person(holder)
    return dataclasses.replace(
        task,
        state=state,
        holder=person,
        holder_name=task.holder_name if kept else "" if holder is None else holder.name,
        revision=task.revision + 1,
        changed_at=act.at,
    )


def _person(holder: Signature | None) -> PersonId | None:
    return None if holder is None else PersonId(holder.person)
