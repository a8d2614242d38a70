"""Cases of process A (and of a multi-instance) in Alur, in memory or in SQLite, with history written."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from bench import process_a
from engine.actor import Role, Signature
from engine.clock import SystemClock
from engine.ids import AgencyId, InstanceId, PersonId, RequestId
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import MemoryStore, example_office, example_post
from storage.database import open_database
from storage.migrations import migrate
from storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.ids import DefinitionId
    from engine.store import Store
    from engine.user_task import UserTask
    from engine.variables import Value
    from storage.database import Database

_LANES = ("staf", "kepala", "sekretaris")


class Ours:
    """A small office in which one person holds every lane; `path` is a SQLite file, or None to keep all in memory."""

    def __init__(self, path: Path | None) -> None:
        clock = SystemClock()
        self.database: Database | None = None
        if path is not None:
            self.database = open_database(f"sqlite:///{path}", clock)
            migrate(self.database)
        self._store: Store = SqlStore(self.database) if self.database else MemoryStore()
        self.runtime = Runtime(self._store, clock)
        self._requests = (RequestId(f"bench-{n}") for n in count())
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
        self._actor = self._store.transact(lambda tx: tx.get_actor(person.person))

    def deploy(self, package: Mapping[str, bytes]) -> DefinitionId:
        """Deploy a package of one process."""
        agency = AgencyId("contoh")
        return self.runtime.deploy(package, agency=agency, by=Signature.of_system())[0].id

    def start(self, definition: DefinitionId) -> InstanceId:
        """Start a case."""
        return self.runtime.start(definition, actor=self._actor, request=next(self._requests))

    def open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self._store.transact(lambda tx: tx.list_open_tasks(instance))

    def complete(self, task: UserTask, values: Mapping[str, Value]) -> None:
        """Complete a task."""
        self.runtime.complete(
            task.id,
            values,
            actor=self._actor,
            request=next(self._requests),
            revision=task.revision,
        )

    def size(self, instance: InstanceId) -> int:
        """Give the bytes of a case's state and variables at rest."""
        found = self._store.transact(lambda tx: tx.get_instance(instance))
        return len(found.frontier) + len(found.variables)

    def close(self) -> None:
        """Let go of the database."""
        if self.database is not None:
            self.database.close()


def walk_values(step: str, visit: int) -> dict[str, Value]:
    """Give what is sent at a step of process A."""
    if step == "susun":
        return dict(process_a.form_values())
    return {"keputusan": process_a.decision(visit)}
