"""Commands that amend what was sent: taking a step back, correcting a form."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from typing import TYPE_CHECKING

from engine import instance as case
from engine import permission
from engine.chain import instance_chain
from engine.commands.commands import Commands, reason_of
from engine.correction import Correction, correct, correcting_post, expect_seen
from engine.errors import Conflict, NotFound
from engine.ids import PersonId
from engine.retraction import (
    Past,
    expect_letter_here,
    expect_may_retract,
    expect_not_over,
    expect_untouched,
    find_step,
    retract,
)
from engine.survey import survey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor, Signature
    from engine.ids import InstanceId, RequestId, UserTaskId
    from engine.instance import Act
    from engine.retraction import Step
    from engine.store import Transaction
    from engine.user_task import UserTask
    from engine.variables import Value


class AmendCommands(Commands):
    """Retract and correct."""

    def retract(
        self,
        task: UserTaskId,
        reason: str,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Take a sent step back, for a reason; it waits again with the actor, and the cases that it began are stopped.

        Raises NotAllowed for others than the sender (or, when that one may not do the step any more, another who may) and
        WrongState, with who and when, once somebody has opened what followed or the case went on.
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            act = self._act(tx, actor, permission.working_post(found, actor), request)
            _expect_seen(found, revision)
            chain = instance_chain(instance.id)
            expect_letter_here(found.element, self._library.get(found.definition, tx))
            records = tx.list_records(chain)
            step = find_step(records, task)
            expect_not_over(instance.state, step)
            expect_may_retract(found, actor, step.sender, _find_actor(tx, step.sender))
            before = Past(records=records[: step.sent[0].seq - 1], personal=tx.list_personal(chain))
            tx.save(retract(instance, found, reason_of(reason), before, act))
            _stop_linked(tx, step, reason_of(reason), dataclasses.replace(act, request=None))
            return instance.id

        return self._once(request, actor, work)

    def correct(  # noqa: PLR0913 - a task, its values, a reason, and what every command carries
        self,
        task: UserTaskId,
        values: Mapping[str, Value],
        reason: str,
        *,
        actor: Actor,
        request: RequestId,
        revision: int,
    ) -> InstanceId:
        """Give fields of a form that was sent other values, for a reason, while the case runs.

        Who may do the step now, or leads its lane, may. Raises InvalidSubmission with all problems of the form, for a field
        that stays as it is (`engine.survey.Bar`) and for nothing that differs, WrongState when the case is over,
        Conflict when a field was changed since (`revision` is that of the survey).
        """

        def work(tx: Transaction) -> InstanceId:
            instance, found = tx.get_case_of(task)
            act = self._act(tx, actor, correcting_post(found, actor), request)
            permission.expect_running(instance)
            chain = instance_chain(instance.id)
            records, personal = tx.list_records(chain), tx.list_personal(chain)
            surveyed = survey(task, records, personal, act.programs)
            expect_seen(surveyed, revision)
            correction = Correction(values=values, reason=reason_of(reason))
            tx.save(correct(instance, found, correction, surveyed, act))
            return instance.id

        return self._once(request, actor, work)


def _stop_linked(tx: Transaction, step: Step, reason: str, act: Act) -> None:
    """Stop the cases that a step began. Raises WrongState once somebody has opened or done anything in one."""
    for linked in step.linked:
        instance = tx.get_instance(linked)
        expect_untouched(tx.list_records(instance_chain(linked)), step.sender)
        tx.save(case.cancel(instance, reason, act))


def _find_actor(tx: Transaction, signature: Signature | None) -> Actor | None:
    """Give who signed, as they are now; None for Alur itself and for a closed account."""
    if signature is not None:
        with suppress(NotFound):
            return tx.get_actor(PersonId(signature.person))
    return None


def _expect_seen(task: UserTask, revision: int) -> None:
    """Raise Conflict for a task that was changed since its sender saw it."""
    if task.revision != revision:
        raise Conflict(
            f"Expected revision {revision} of {task.id}, but found {task.revision}",
            code="task_changed",
            who=task.holder_name,
        )
