"""An office with maps that wait for timers, on any store, and a worker that lets them fire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from sqlalchemy import select

from engine.actor import Role, Signature
from engine.chain import instance_chain
from engine.history import TimerFired
from engine.ids import AgencyId, Ids, InstanceId, PersonId, RequestId
from engine.job import JobKind
from engine.office import NO_PASSWORD
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import MemoryStore, example_office, example_post
from engine.worker import Worker
from storage.store import SqlStore
from storage.tables import instances

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from storage_kit import Workplace

    from engine.actor import Actor
    from engine.chain import Record
    from engine.deployment import Prepared
    from engine.ids import DefinitionId
    from engine.job import Job
    from engine.testing import FixedClock
    from engine.user_task import UserTask

AGENCY = AgencyId("contoh")
KINDS = frozenset({JobKind.TIMER, JobKind.START_TIMER})
MOST_JOBS = 50

ENDED = "start mulai\nuser kerja formRef=isi\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
"""A task; what a test adds says what happens when it takes too long."""


PAUSED = (
    "start mulai\ncatch jeda {}\nuser kerja formRef=isi\nend selesai\n"
    "mulai -> jeda\njeda -> kerja\nkerja -> selesai"
)
"""A timer, of which a test says what it is given as, and a task behind it."""


class TimedOffice:
    """An office with one clerk, whose clock is the test's."""

    def __init__(self, backend: Workplace, clock: FixedClock) -> None:
        self.clock, self._backend, self.store = clock, backend, backend.store
        self.jobs = backend.jobs
        self._ids = Ids(clock)
        self.reported: list[BaseException] = []
        self.restart()
        self.runtime.set_up(example_office(example_post("umum", "petugas"), agency=AGENCY))
        self.runtime.register(
            Registration(
                person=PersonId("ani"),
                agency=AGENCY,
                login="ani",
                name="Ani",
                posts=(example_post("umum").id,),
                roles=frozenset({Role.STAFF, Role.PROCESS_OWNER}),
                password_hash=NO_PASSWORD,
            ),
            by=Signature.of_system(),
        )

    def restart(self) -> None:
        """Begin anew with what is stored."""
        self.runtime = Runtime(self.store, self.clock, self._ids)
        self.worker = Worker(
            self.jobs,
            {
                JobKind.TIMER: self.runtime.fire_timer,
                JobKind.START_TIMER: self.runtime.fire_start,
            },
            self.clock,
            give_up={JobKind.TIMER: self.runtime.raise_incident},
            report=lambda _job, error: self.reported.append(error),
        )

    @property
    def ani(self) -> Actor:
        """The clerk."""
        return self.store.transact(lambda tx: tx.get_actor(PersonId("ani")))

    def deploy(self, lines: str, key: str = "p") -> Prepared:
        """Put a map in force."""
        package = {f"{key}.bpmn": drawn(lines, key=key), "isi.form": form_of("isi", "catatan")}
        return self.runtime.put_in_force(package, agency=AGENCY, by=Signature.of_system())

    def start(self, lines: str) -> InstanceId:
        """Put a map in force and begin a case of it."""
        (definition,) = self.deploy(lines).definitions
        return self.begin(definition.id)

    def begin(self, definition: DefinitionId) -> InstanceId:
        """Begin a case."""
        return self.runtime.start(definition, actor=self.ani, request=self.request())

    def request(self) -> RequestId:
        """Give a fresh request id."""
        return RequestId(self._ids.new())

    def pass_by(self, time: timedelta) -> int:
        """Let time pass and the worker do what is due; give how many jobs it took."""
        self.clock.advance(time)
        return self.work()

    def work(self) -> int:
        """Let the worker do what is due; a worker that never comes to an end fails the test."""
        for done in range(MOST_JOBS):
            if self.worker.run_due(1) == 0:
                return done
        raise AssertionError(f"Expected less than {MOST_JOBS} jobs to be due, but there are more")

    def waiting(self) -> list[tuple[str, datetime]]:
        """Give the timers that run: kind and time."""
        found = []
        for kind in KINDS:
            due = self.jobs.next_due({kind})
            if due is not None:
                found.append((kind.value, due))
        return sorted(found)

    def claim(self) -> tuple[Job, ...]:
        """Take what is due, as another worker would."""
        return self.jobs.claim(KINDS, MOST_JOBS)

    def open(self, case: InstanceId) -> list[str]:
        """Give the elements of the open tasks of a case, sorted."""
        return sorted(task.element for task in self.tasks(case))

    def tasks(self, case: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self.store.transact(lambda tx: tx.list_open_tasks(case))

    def complete(self, case: InstanceId, catatan: str = "ada") -> None:
        """Let the clerk finish the only open task of a case."""
        (task,) = self.tasks(case)
        self.runtime.complete(
            task.id,
            {"catatan": catatan},
            actor=self.ani,
            request=self.request(),
            revision=task.revision,
        )

    def list_cases(self) -> list[InstanceId]:
        """Give the cases of the agency, oldest first."""
        if isinstance(self.store, MemoryStore):
            return sorted(self.store._tables.instances)
        assert isinstance(self.store, SqlStore)
        query = select(instances.c.id).order_by(instances.c.id)
        rows = self.store._database.read(lambda c: c.execute(query).scalars().all())
        return [InstanceId(row) for row in rows]

    def records(self, case: InstanceId) -> tuple[Record, ...]:
        """Give the history of a case."""
        return self._backend.records(instance_chain(case))

    def fired(self, case: InstanceId) -> list[TimerFired]:
        """Give what the history says of timers that fired."""
        return [r.event for r in self.records(case) if isinstance(r.event, TimerFired)]
