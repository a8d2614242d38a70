"""The command of the watch over running cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.commands.commands import Commands
from engine.store import InstanceState
from engine.watch import WELL, Look, Rows, look_at, mended, stuck

if TYPE_CHECKING:
    from engine.ids import InstanceId
    from engine.store import Transaction


class WatchCommands(Commands):
    """A worker gives it."""

    def mend(self, instance: InstanceId) -> Look:
        """Let the rows of a running case be what its frontier says, and be an incident if nothing can move it any more.

        Gives what was found. Raises NotFound.
        """

        def work(tx: Transaction) -> Look:
            found = tx.get_instance(instance)
            if found.state is not InstanceState.RUNNING:
                return WELL
            rows = Rows(
                jobs=tx.list_jobs_of(instance),
                subscriptions=tx.list_subscriptions_of(instance),
                open_tasks=len(tx.list_open_tasks(instance)),
                incidents=tx.list_incidents(instance),
            )
            look = look_at(found, rows)
            act = self._system_act(tx, found.agency)
            if look.is_stuck:
                tx.save(stuck(found, act))
            if not look.is_well:
                tx.save_waits(mended(found, look, act))
            return look

        return self._store.transact(work)
