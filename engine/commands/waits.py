"""Commands of what a case waits for besides people: timers, messages, signals, work of programs, incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import firing
from engine.commands.commands import Commands
from engine.errors import WrongState
from engine.history import TimerFired, WorkCompleted
from engine.process import TriggerKind
from engine.spiff.raising import Raised
from engine.store import InstanceState, WaitChanges
from engine.variables import object_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.act import Act
    from engine.history import HistoryEvent
    from engine.ids import InstanceId
    from engine.job import Job
    from engine.spiff.waits import Fired
    from engine.store import Changes, Instance, Transaction
    from engine.variables import Value


class WaitCommands(Commands):
    """Timers fire, work is reported, incidents are raised; a worker gives these commands, in nobody's name."""

    def fire_timer(self, job: Job) -> None:
        """Let a locked timer job fire, once: its case goes on, or, if it no longer waits for this moment, nothing happens.

        Raises LeaseLost when another worker has the job, ExecutionFailed when the case can't go on; then nothing is written.
        """

        def work(tx: Transaction) -> None:
            instance = tx.get_instance(_case_of(job))
            act = self._system_act(tx, instance.agency)
            place, due = firing.place_of(job), str(object_of(job.data)["due"])
            if not firing.waits_at(instance, place, due, act):
                tx.save_waits(WaitChanges(finished=(job,)))
                return

            def lead(fired: Fired) -> HistoryEvent:
                return TimerFired(
                    token=place.token, element=place.element, due=due, missed=fired.missed
                )

            tx.save(firing.finishing(firing.fire(instance, place, {}, lead, act), job))

        self._store.transact(work)

    def complete_work(self, job: Job, values: Mapping[str, Value], *, worker: str) -> None:
        """Take the result of a locked job's work: its service task is done, with these variables.

        Nothing happens if the case went on without it. Raises LeaseLost and ExecutionFailed as `fire_timer`.
        """
        self._end_work(
            job,
            worker,
            lambda instance, place, event, act: firing.fire(
                instance, place, values, lambda _: event, act
            ),
        )

    def throw_error(self, job: Job, code: str, message: str = "", *, worker: str) -> None:
        """Take a locked job's work as done with a business error: who catches the code goes on (BPMN 2.0.2, 10.5.7).

        Nothing happens if the case went on without it. Raises LeaseLost, and ExecutionFailed (`error_uncaught`) when nobody
        catches it; then nothing is written.
        """
        raised = Raised(kind=TriggerKind.ERROR, code=code, message=message)
        self._end_work(
            job,
            worker,
            lambda instance, place, event, act: firing.throw(instance, place, raised, event, act),
        )

    def _end_work(
        self,
        job: Job,
        worker: str,
        end: Callable[[Instance, firing.Place, HistoryEvent, Act], Changes],
    ) -> None:
        def work(tx: Transaction) -> None:
            instance = tx.get_instance(_case_of(job))
            place = firing.place_of(job)
            event = WorkCompleted(
                token=place.token, element=place.element, topic=job.topic, worker=worker
            )
            act = self._system_act(tx, instance.agency)
            try:
                _expect_running(instance)
                changes = end(instance, place, event, act)
            except WrongState:
                tx.save_waits(WaitChanges(finished=(job,)))
            else:
                tx.save(firing.finishing(changes, job))

        self._store.transact(work)

    def raise_incident(self, job: Job, code: str, told: str = "") -> None:
        """Leave a locked job of a case that has failed for good to a person. Raises LeaseLost."""

        def work(tx: Transaction) -> None:
            instance = tx.get_instance(_case_of(job))
            act = self._system_act(tx, instance.agency)
            tx.save(firing.raise_incident(instance, job, code, told, act))

        self._store.transact(work)


def _case_of(job: Job) -> InstanceId:
    if job.instance is None:
        raise LookupError(f"Expected job {job.id} to belong to a case, but it belongs to none")
    return job.instance


def _expect_running(instance: Instance) -> None:
    if instance.state is not InstanceState.RUNNING:
        raise WrongState(
            f"Expected a running case, but it is {instance.state}", code="instance_ended"
        )
