"""Looks every minute which deadlines are near or over, and has them told: a round of a worker (`web/worker.py`).

Any number of processes may look: each telling is a command that is carried out once a deadline (`engine.commands.deadlines`).
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from engine import deadline
from engine.errors import CommandRejected
from storage.calendar import find_calendar
from storage.queries.calendar_watch import list_agencies, list_late, list_near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.ids import AgencyId, UserTaskId
    from web.parts import Parts

BETWEEN_LOOKS = timedelta(minutes=1)
"""How much later than it could a deadline may be told."""

_log = logging.getLogger("alur.deadlines")


class DeadlineWatch:
    """Has deadlines told."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def look(self) -> int:
        """Have told what is to be told now; gives how many deadlines."""
        agencies = self._parts.database.read(list_agencies)
        return sum(self._look_at(agency) for agency in agencies)

    def _look_at(self, agency: AgencyId) -> int:
        parts = self._parts
        now = parts.clock.now()
        calendar = parts.database.read(lambda c: find_calendar(c, agency))
        if calendar is None:
            return 0
        told = 0
        for window in deadline.windows(calendar, now):
            near = parts.database.read(partial(list_near, agency=agency, window=window))
            told += self._tell(parts.runtime.remind, near)
        if calendar.escalates:
            late = parts.database.read(lambda c: list_late(c, agency, now))
            told += self._tell(parts.runtime.escalate, late)
        return told

    def _tell(self, command: Callable[[UserTaskId], bool], tasks: Iterable[UserTaskId]) -> int:
        told = 0
        for task in tasks:
            try:
                told += command(task)
            except (
                CommandRejected
            ) as error:  # another command was first: the next look sees how it is now
                _log.info("deadline of %s is not told now: %s", task, error.code)
        return told
