"""What Alur itself does about deadlines: moves them when the calendar changes, reminds of them, tells heads of late tasks.

Nobody signs for these; each is done once for a deadline, whoever asks for it and however often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import deadline
from engine.commands.commands import Commands
from engine.deadline_heads import heads_of
from engine.user_task import DueTold

if TYPE_CHECKING:
    from engine.ids import InstanceId, UserTaskId
    from engine.store import Transaction


class DeadlineCommands(Commands):
    """Move deadlines, remind and escalate."""

    def move_deadlines(self, instance: InstanceId) -> int:
        """Count the deadlines of a case's open tasks by the calendar as it is now; gives how many moved. Raises NotFound."""

        def work(tx: Transaction) -> int:
            found = tx.get_instance(instance)
            calendar = tx.get_calendar(found.agency)
            tasks = tx.list_open_tasks(instance)
            changes = deadline.moved(found, tasks, calendar, self._clock.now())
            if changes is None:
                return 0
            tx.save(changes)
            count = deadline.count_moved(changes)
            tx.count_moved(found.agency, count)
            return count

        return self._store.transact(work)

    def remind(self, task: UserTaskId) -> bool:
        """Tell who has a task, or may take it, that its deadline is near; False when there is nothing to tell (any more)."""

        def work(tx: Transaction) -> bool:
            instance, found = tx.get_case_of(task)
            if not found.is_open or found.due_told is not DueTold.NOTHING:
                return False
            now = self._clock.now()
            windows = deadline.windows(tx.get_calendar(found.agency), now)
            if not any(window.holds(found) for window in windows):
                return False
            tx.save(deadline.reminded(instance, found, now))
            return True

        return self._store.transact(work)

    def escalate(self, task: UserTaskId) -> bool:
        """Tell the heads of who has a late task, or may take it; False when there is nothing to tell (any more)."""

        def work(tx: Transaction) -> bool:
            instance, found = tx.get_case_of(task)
            now = self._clock.now()
            is_late = found.due_at is not None and found.due_at < now
            wanted = tx.get_calendar(found.agency).escalates
            if not (found.is_open and is_late and wanted):
                return False
            if found.due_told is DueTold.ESCALATED:
                return False
            heads = heads_of(found, tx.get_roster(found.agency), now)
            tx.save(deadline.escalated(instance, found, heads, now))
            return True

        return self._store.transact(work)
