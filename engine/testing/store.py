"""The store in memory."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from engine.clock import SystemClock
from engine.testing.jobs import MemoryJobs
from engine.testing.tables import Tables, read_back
from engine.testing.transaction import MemoryTransaction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.chain import Record
    from engine.clock import Clock
    from engine.ids import ChainId, InstanceId
    from engine.job import Job
    from engine.store import Instance, Transaction

K = TypeVar("K")
T = TypeVar("T")


class MemoryStore:
    """A store in memory: one command at a time, each written whole or not at all. Posts are held by the clock."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._tables = Tables()
        self._clock = clock or SystemClock()
        self._one_at_a_time = threading.Lock()

    def transact(self, work: Callable[[Transaction], T]) -> T:
        """Run the work on a draft, and keep the draft if it ends well."""
        with self._one_at_a_time:
            draft = self._tables.draft()
            result = work(MemoryTransaction(draft, self._clock))
            self._tables.accept(draft)
        return result

    def list_records(self, chain: ChainId) -> tuple[Record, ...]:
        """Give the records of a chain in order, each event read back from its stored form."""
        kept = self._tables.records
        numbers = range(1, sum(1 for key in kept if key[0] == chain) + 1)
        return tuple(read_back(kept[chain, seq]) for seq in numbers)

    def personal_values(self, chain: ChainId) -> Mapping[tuple[int, str], bytes]:
        """Give the personal values kept beside a chain, by record number and key."""
        kept = self._tables.personal.values()
        return {(value.seq, value.key): value.value for value in kept if value.chain == chain}

    def list_files(self, instance: InstanceId) -> frozenset[str]:
        """Give the digests of the files that a case uses."""
        return self._tables.files.get(instance, frozenset())

    def list_instances(self) -> tuple[Instance, ...]:
        """Give the cases, oldest first."""
        return tuple(self._tables.instances.values())

    @property
    def jobs(self) -> MemoryJobs:
        """The jobs that commands left, for a worker of the same thread."""
        return MemoryJobs(self._clock, self._tables.jobs)

    def list_jobs(self) -> tuple[Job, ...]:
        """Give the jobs that commands left, oldest first; nobody does them here."""
        return tuple(self._tables.jobs.values())
