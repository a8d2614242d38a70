"""Cases of the measured processes in Alur, in memory or in a database, with history written."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from bench import process_a
from engine.actor import Role, Signature
from engine.clock import SystemClock
from engine.ids import AgencyId, InstanceId, PersonId, RequestId
from engine.job import JobKind
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import MemoryStore, example_office, example_post
from engine.worker import Worker
from storage.database import open_database
from storage.jobs import SqlJobs
from storage.migrations import migrate
from storage.notices import Notifier
from storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.ids import DefinitionId
    from engine.store import Store
    from engine.testing.jobs import MemoryJobs
    from engine.user_task import UserTask
    from engine.variables import Value
    from storage.database import Database

_LANES = ("staf", "kepala", "sekretaris")

WORK_AT_ONCE = 50
"""Jobs that are taken together."""


class Ours:
    """A small office in which one person holds every lane.

    `place` is a SQLite file, the address of an empty database, or None to keep all in memory.
    """

    def __init__(self, place: Path | str | None) -> None:
        clock = SystemClock()
        self.database: Database | None = None
        if place is not None:
            self.database = open_database(
                place if isinstance(place, str) else f"sqlite:///{place}", clock
            )
            migrate(self.database)
        memory = MemoryStore()
        self._store: Store = SqlStore(self.database) if self.database else memory
        self._jobs: SqlJobs | MemoryJobs = SqlJobs(self.database) if self.database else memory.jobs
        self.runtime = Runtime(self._store, clock)
        self._numbers = count()
        post = example_post("petugas", *_LANES)
        self.runtime.set_up(example_office(post))
        person = Registration(
            person=PersonId("petugas"),
            agency=AgencyId("contoh"),
            login="petugas",
            name="Petugas",
            posts=(post.id,),
            roles=frozenset({Role.STAFF}),
            password_hash="-",  # noqa: S106 - nobody signs in here
        )
        self.runtime.register(person, by=Signature.of_system())
        self.actor = self._store.transact(lambda tx: tx.get_actor(person.person))

    def deploy(self, package: Mapping[str, bytes]) -> DefinitionId:
        """Deploy a package of one process."""
        agency = AgencyId("contoh")
        return self.runtime.deploy(package, agency=agency, by=Signature.of_system())[0].id

    def start(self, definition: DefinitionId) -> InstanceId:
        """Start a case."""
        return self.runtime.start(definition, actor=self.actor, request=self._request())

    def open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self._store.transact(lambda tx: tx.list_open_tasks(instance))

    def complete(self, task: UserTask, values: Mapping[str, Value]) -> None:
        """Complete a task."""
        self.runtime.complete(
            task.id,
            values,
            actor=self.actor,
            request=self._request(),
            revision=task.revision,
        )

    def work(self) -> int:
        """Do the work that service tasks wait for, as a worker outside does; gives how many there were."""
        jobs = self._jobs.claim({JobKind.WORK}, WORK_AT_ONCE)
        for job in jobs:
            self.runtime.complete_work(job, {}, worker="bench")
        return len(jobs)

    def tell(self) -> None:
        """Write the notices that the acts so far call for."""
        if self.database is None or not isinstance(self._jobs, SqlJobs):
            return
        notifier = Notifier(self.database, digest_at=None, wake=lambda: None)
        worker = Worker(self._jobs, {JobKind.NOTIFY: notifier}, SystemClock())
        while worker.run_due(WORK_AT_ONCE):
            pass

    def size(self, instance: InstanceId) -> int:
        """Give the bytes of a case's state and variables at rest."""
        found = self._store.transact(lambda tx: tx.get_instance(instance))
        return len(found.frontier) + len(found.variables)

    def close(self) -> None:
        """Let go of the database."""
        if self.database is not None:
            self.database.close()

    def _request(self) -> RequestId:
        # as the pages make them: 26 characters, in the order of time
        return RequestId(f"{next(self._numbers):026}")


def walk_values(step: str, visit: int) -> dict[str, Value]:
    """Give what is sent at a step of process A."""
    return dict(process_a.values_at(step, visit))
