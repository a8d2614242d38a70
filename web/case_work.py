"""What lets cases go on by themselves: one handler a kind of job, each one command in nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.job import JobKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.worker import GiveUp, Handler
    from web.parts import Parts


class CaseWork:
    """The handlers of timers, messages and signals."""

    def __init__(self, parts: Parts) -> None:
        self._runtime = parts.runtime

    @property
    def handlers(self) -> Mapping[JobKind, Handler]:
        """What carries each kind of job out."""
        return {
            JobKind.TIMER: self._runtime.fire_timer,
            JobKind.START_TIMER: self._runtime.fire_start,
            JobKind.MESSAGE: self._runtime.deliver_message,
            JobKind.SIGNAL: self._runtime.spread_signal,
            JobKind.SIGNAL_DELIVERY: self._runtime.deliver_signal,
        }

    @property
    def give_up(self) -> Mapping[JobKind, GiveUp]:
        """What becomes of a case's job that has failed for good; a start timer belongs to no case and waits itself."""
        kinds = self.handlers.keys() - {JobKind.START_TIMER}
        return dict.fromkeys(kinds, self._runtime.raise_incident)
