"""The command of start timers: a case that begins in nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import instance as case
from engine.commands.commands import Commands
from engine.ids import InstanceId
from engine.start_timer import due_start, next_start
from engine.store import WaitChanges

if TYPE_CHECKING:
    from engine.job import Job
    from engine.store import Transaction


class StartTimerCommands(Commands):
    """A worker gives it."""

    def fire_start(self, job: Job) -> None:
        """Begin a case because a start timer's locked job is due, once, and let it come again if it does.

        Nothing begins when another version is in force meanwhile. Raises LeaseLost when another worker has the job,
        ExecutionFailed when no case can begin; then nothing is written.
        """

        def work(tx: Transaction) -> None:
            due = due_start(job)
            latest = tx.find_latest(job.agency, job.topic)
            if latest is None or latest.id != due.definition:
                tx.save_waits(WaitChanges(finished=(job,)))
                return
            act = self._system_act(tx, job.agency)
            coming, missed = next_start(latest, due, now=act.at, zone=act.zone())
            origin = case.Origin(told=(due.told(missed),))
            program = self._library.get(latest.id, tx)
            changes = case.start(InstanceId(act.new_id()), program, "", act, origin)
            tx.save(changes)
            jobs = () if coming is None else (coming,)
            tx.save_waits(WaitChanges(finished=(job,), jobs=jobs))

        self._store.transact(work)
