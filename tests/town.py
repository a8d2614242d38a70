"""An office whose cases talk: commands in memory, and a worker of its messages and signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_office import Dinas
from message_kit import Courier

from engine.history import MessageAwaited, MessageReceived, MessageSent
from engine.job import JobKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.history import HistoryEvent
    from engine.ids import InstanceId
    from engine.spiff.execution import Execution


class Town(Dinas):
    """An office with a worker of its messages; `keys` are the versions in force."""

    def __init__(self, *packages: dict[str, bytes]) -> None:
        super().__init__()
        self.courier = Courier(self.runtime, self.store.jobs, self.clock)
        self.keys = {d.key: d.id for p in packages for d in self.deploy(p).values()}

    def begin(self, key: str = "p", **values: object) -> InstanceId:
        """Begin a case and send its first form."""
        case = self.start(self.keys[key], "umum")
        return self.complete(self.task(case), "umum", **values)

    def cases(self, key: str) -> list[InstanceId]:
        """Give the cases of a process that are stored, oldest first."""
        kept = self.store.list_instances()
        return sorted(each.id for each in kept if each.key == key)

    def loaded(self, case: InstanceId) -> Execution:
        """Give a case as it rests."""
        return self._loaded(self.case(case))

    def heard(self, case: InstanceId) -> Iterator[HistoryEvent]:
        """Give what a case's history says of messages."""
        kinds = (MessageAwaited, MessageReceived, MessageSent)
        return (r.event for r in self.records(case) if isinstance(r.event, kinds))

    def under_way(self) -> int:
        """Count the messages that reached nobody yet."""
        return sum(job.kind is JobKind.MESSAGE for job in self.store.list_jobs())
