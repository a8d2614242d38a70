"""Commands on a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import instance as case
from engine import permission
from engine.actor import Signature
from engine.commands.commands import Commands
from engine.errors import NotAllowed
from engine.history import (
    HistoryEvent,
    UserTaskAssigned,
    UserTaskClaimed,
    UserTaskUnclaimed,
)
from engine.user_task import TaskState, UserTask

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.actor import Actor
    from engine.ids import InstanceId, PersonId, RequestId, UserTaskId
    from engine.instance import Act
    from engine.store import Transaction
    from engine.variables import Value


class TaskCommands(Commands):
    """Claim, unclaim, assign and complete."""

    def claim(
        self, task: UserTaskId, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Take a free task. Raises NotAllowed when it is for others, Conflict when somebody has it."""

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_not_held_by_other(found, actor)
            permission.expect_revision(found, actor, revision)
            return (
                case.move(found, TaskState.CLAIMED, act, holder=act.by),
                UserTaskClaimed(task=task),
            )

        return self._hand_over(task, actor, request, work)

    def unclaim(
        self, task: UserTaskId, *, actor: Actor, request: RequestId, revision: int
    ) -> InstanceId:
        """Put a task back on the lane's desk. Raises NotAllowed unless the actor has it."""

        def work(found: UserTask, act: Act) -> tuple[UserTask, HistoryEvent]:
            permission.expect_revision(found, actor, revision)
            if found.holder != actor.person:
                raise NotAllowed(
                    f"Expected {found.id} with {actor.person}, but it is with {found.holder}",
                    code="task_not_held",
                    task=found.name,
                )
            return case.move(found, TaskState.CREATED, act), UserTaskUnclaimed(task=task)

        return self._hand_over(task, actor, request, work)

    def assign(
        self,
        task: UserTaskId,
        to: PersonId,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Give a task to a person who may do it. Raises NotAllowed when that person may not."""

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            permission.expect_may_assign(found, actor)
            permission.expect_open(found)
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
            act = self._act(tx, actor, actor.find_post(found.lane), request)
            holder = Signature.of(target)
            moved = case.move(found, TaskState.CLAIMED, act, holder=holder)
            event = UserTaskAssigned(task=task, to=to, to_name=target.name)
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
            tx.save(case.complete(instance, found, values, self._act(tx, actor, post, request)))
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
