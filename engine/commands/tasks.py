"""Commands on a task."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import TYPE_CHECKING

from engine import instance as case
from engine import linked, permission
from engine.actor import Signature
from engine.commands.commands import Commands, reason_of
from engine.errors import InvalidSubmission, NotAllowed
from engine.history import (
    HistoryEvent,
    UserTaskAssigned,
    UserTaskClaimed,
    UserTaskPostponed,
    UserTaskUnclaimed,
)
from engine.linked import Opening
from engine.user_task import TaskState, UserTask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.actor import Actor
    from engine.ids import InstanceId, PersonId, RequestId, UserTaskId
    from engine.instance import Act
    from engine.store import Transaction
    from engine.variables import Value


LONGEST_FOLLOW_UP = timedelta(days=366)
"""How far ahead a task can be put aside."""


class TaskCommands(Commands):
    """Claim, take over, unclaim, assign, postpone and complete."""

    def claim(
        self, task: UserTaskId, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Take a free task. Raises NotAllowed when it is for others, Conflict when somebody has it."""

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_not_held_by_other(found, actor)
            permission.expect_revision(found, actor, revision)
            return _with(found, act.by, act), UserTaskClaimed(task=task)

        return self._hand_over(task, actor, request, work)

    def take_over(
        self, task: UserTaskId, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Take a task from the desk of the colleague whom the sender saw there; a free one is simply taken.

        Raises NotAllowed when it is for others, WrongState when the actor has it already, Conflict when it changed since
        the sender saw who has it.
        """

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_not_with(found, actor.person)
            permission.expect_revision(found, actor, revision)
            event = UserTaskClaimed(
                task=task, previous=found.holder or "", previous_name=found.holder_name
            )
            return _with(found, act.by, act), event

        return self._hand_over(task, actor, request, work)

    def unclaim(
        self, task: UserTaskId, reason: str, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Put a task back on the lane's desk for a reason. Raises NotAllowed unless the actor has it."""

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_revision(found, actor, revision)
            _expect_held(found, actor)
            event = UserTaskUnclaimed(task=task, reason=reason_of(reason))
            return _with(found, None, act), event

        return self._hand_over(task, actor, request, work)

    def postpone(
        self,
        task: UserTaskId,
        until: date | None,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Put a task aside until a day in the office, or take it up again now (None). Who has it stays as it is.

        Raises NotAllowed unless the actor has it, InvalidSubmission for a day that is not ahead or more than a year away.
        """

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_revision(found, actor, revision)
            _expect_held(found, actor)
            day = "" if until is None else _day_ahead(until, act)
            moved = dataclasses.replace(found, follow_up=day, revision=found.revision + 1)
            return moved, UserTaskPostponed(task=task, until=day)

        return self._hand_over(task, actor, request, work)

    def assign(  # noqa: PLR0913 - a task, a person, a note, and what every command carries
        self,
        task: UserTaskId,
        to: PersonId,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
        note: str = "",
    ) -> InstanceId:
        """Give a task to a person who may do it, with a note if there is something to say.

        Raises NotAllowed when that person may not, WrongState when the person has it already.
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.expect_may_assign(found, actor)
            permission.expect_open(found)
            permission.expect_not_with(found, to)
            permission.expect_revision(found, actor, revision)
            target = tx.get_actor(to)
            permission.same_agency(target.agency, actor)
            if not permission.is_candidate(found, target):
                raise NotAllowed(
                    f"Expected a candidate of {found.id}, but {to} is none",
                    code="person_not_eligible",
                    person=target.name,
                    task=found.name,
                )
            act = self._act(tx, actor, post, request)
            moved = _with(found, Signature.of(target), act)
            said = reason_of(note) if note.strip() else ""
            event = UserTaskAssigned(task=task, to=to, to_name=target.name, reason=said)
            tx.save(case.note(instance, moved, event, act))
            return instance.id

        return self._once(request, actor, work)

    def complete(
        self,
        task: UserTaskId,
        values: Mapping[str, Value],
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Finish a task with the values of its form; one that nobody has is taken and finished in one.

        Raises InvalidSubmission with all problems of the form, WrongState or Conflict with who and when.
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.working_post(found, actor)
            permission.expect_open(found)
            permission.expect_not_held_by_other(found, actor)
            permission.expect_revision(found, actor, revision)
            act = self._act(tx, actor, post, request)
            opening = Opening(transaction=tx, library=self._library, ids=self._ids)
            for changes in linked.complete(instance, found, values, act, opening):
                tx.save(changes)
            return instance.id

        return self._once(request, actor, work)

    def _hand_over(
        self,
        task: UserTaskId,
        actor: Actor,
        request: RequestId,
        change: Callable[[UserTask, Act], tuple[UserTask, HistoryEvent]],
    ) -> InstanceId:
        """Change who has a task."""

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            post = permission.working_post(found, actor)
            permission.expect_open(found)
            act = self._act(tx, actor, post, request)
            moved, event = change(found, act)
            tx.save(case.note(instance, moved, event, act))
            return instance.id

        return self._once(request, actor, work)


def _with(task: UserTask, holder: Signature | None, act: Act) -> UserTask:
    """Give the task on somebody's desk, or on the lane's; nobody inherits that it was put aside."""
    state = TaskState.CREATED if holder is None else TaskState.CLAIMED
    return dataclasses.replace(case.move(task, state, act, holder=holder), follow_up="")


def _expect_held(task: UserTask, actor: Actor) -> None:
    if task.holder != actor.person:
        raise NotAllowed(
            f"Expected {task.id} with {actor.person}, but it is with {task.holder}",
            code="task_not_held",
            task=task.name,
        )


def _day_ahead(day: date, act: Act) -> str:
    """Give the day as text. Raises InvalidSubmission for one that has begun in the office, or is too far away."""
    today = act.at.astimezone(act.zone()).date()
    if day <= today:
        raise InvalidSubmission(
            f"Expected a day after {today}, but found {day}", code="follow_up_past", today=today
        )
    if day > today + LONGEST_FOLLOW_UP:
        raise InvalidSubmission(
            f"Expected a day within {LONGEST_FOLLOW_UP.days} days, but found {day}",
            code="follow_up_far",
            limit=LONGEST_FOLLOW_UP.days,
        )
    return day.isoformat()
