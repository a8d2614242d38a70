"""Commands of a worker that does the work of Alur's own connectors."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from engine import firing, lettered
from engine import instance as case
from engine.commands.commands import Commands
from engine.done_outside import find_work
from engine.errors import InvalidSubmission, WrongState
from engine.history import WorkCompleted
from engine.job import JobFailed
from engine.store import InstanceState, WaitChanges

if TYPE_CHECKING:
    from engine.connectors.connector import Order
    from engine.job import Job
    from engine.spiff.execution import Execution
    from engine.store import Instance, Transaction
    from engine.wait import Wait


class ConnectorCommands(Commands):
    """What a connector is to do; and letter numbers, which are taken within the case's own transaction."""

    def find_order(self, job: Job) -> Order | None:
        """Give what a locked job of a connector is to do, filled in with the case's values as they are now.

        None when the case does not wait for it any more; the job is then off the table. Raises JobFailed for values that
        nothing can be done with, LeaseLost.
        """

        def work(tx: Transaction) -> Order | None:
            found = self._resting(tx, job)
            if found is None:
                tx.save_waits(WaitChanges(finished=(job,)))
                return None
            _, execution, wait = found
            setup = self._library.get(wait.definition, tx).connectors.get(wait.element)
            if setup is None:
                raise JobFailed(
                    f"Expected a connector for {job.topic}, but there is none",
                    code="connector_unknown",
                    is_final=True,
                    told=job.topic,
                )
            return setup.order(execution.asks(wait.token, wait.element))

        return self._store.transact(work)

    def number_letter(self, job: Job) -> None:
        """Take the letter number of a locked job's task and let its case go on, in one transaction.

        Nothing happens when the case went on without it. Raises JobFailed where no number can be taken, LeaseLost, and
        ExecutionFailed when the case can't go on.
        """

        def work(tx: Transaction) -> None:
            found = self._resting(tx, job)
            if found is None:
                tx.save_waits(WaitChanges(finished=(job,)))
                return
            instance, execution, wait = found
            act = self._system_act(tx, instance.agency)
            try:
                taken = lettered.by_alur(instance, wait, act, execution)
            except InvalidSubmission as error:
                raise JobFailed(str(error), code="letter_not_complete", is_final=True) from error
            execution.fire(wait.token, wait.element, taken.values)
            lead = WorkCompleted(token=wait.token, element=wait.element, topic=job.topic)
            changes = case.settle(instance, execution, (lead, *taken.events), act)
            changes = dataclasses.replace(changes, letters=taken.changes)
            tx.save(firing.finishing(changes, job))

        self._store.transact(work)

    def _resting(self, tx: Transaction, job: Job) -> tuple[Instance, Execution, Wait] | None:
        """Give the case of a job, locked, where it waits for the job's work; None when it does not."""
        if job.instance is None:
            raise LookupError(f"Expected job {job.id} to belong to a case, but it does not")
        instance = tx.get_instance(job.instance)
        if instance.state is not InstanceState.RUNNING:
            return None
        execution = case.load(instance, self._system_act(tx, instance.agency))
        try:
            return instance, execution, find_work(execution, firing.place_of(job))
        except WrongState:
            return None
