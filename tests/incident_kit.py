"""An office whose cases wait for work that no person does from the inbox, on any store, and a worker for it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from kit import values_of
from letter_kit import numbering

from engine.actor import Role, Signature
from engine.chain import instance_chain
from engine.done_outside import WorkReport
from engine.firing import Place
from engine.history import WorkRequested
from engine.ids import AgencyId, InstanceId, JobId, PersonId, PostId, RequestId
from engine.job import JobKind
from engine.runtime import Runtime
from engine.store import Registration
from engine.testing import example_office, example_post, predictable_ids
from engine.variables import object_of
from engine.wait import wait_id
from engine.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from storage_kit import Workplace

    from engine.actor import Actor
    from engine.history import HistoryEvent
    from engine.incident import Incident
    from engine.job import Job
    from engine.testing import FixedClock
    from engine.user_task import UserTask

    Do = Callable[[Job], None]

LINES = """
    start mulai
    user isi formRef=isi
    service kerja topic={}
    user lanjut formRef=isi
    end selesai
    mulai -> isi
    isi -> kerja
    kerja -> lanjut
    lanjut -> selesai
"""
POSTS = (
    example_post("kepala", "kepala", unit="pimpinan"),
    replace(example_post("petugas", "petugas"), superior=PostId("kepala")),
    example_post("luar", "lain"),
)
THROWING = """
    start mulai
    user isi formRef=isi
    throw kerja message=kabar
    user lanjut formRef=isi
    end selesai
    mulai -> isi
    isi -> kerja
    kerja -> lanjut
    lanjut -> selesai
"""
"""A case that sends a message and does not wait for what becomes of it."""

HTTP = {"http.alamat": "https://oss.contoh.go.id/${nomor}", "http.hasil": "jawaban"}


UNUSED = "-"
"""A password hash that fits no password."""


class Kantor:
    """An office `contoh` with a case that waits for work; one person for each post, called like it."""

    def __init__(
        self,
        backend: Workplace,
        clock: FixedClock,
        topic: str = "oss.permohonan",
        /,
        lines: str = LINES,
        **properties: str,
    ) -> None:
        self.backend = backend
        self.jobs = backend.jobs
        self.clock = clock
        self.store = backend.store
        self.runtime = Runtime(self.store, clock, predictable_ids(clock))
        self._requests = count(1)
        self.runtime.set_up(example_office(*POSTS))
        for post in POSTS:
            self._hire(post.id, post.id)
        self._hire("pengelola", role=Role.ADMINISTRATOR)
        source = drawn(lines.format(topic), lanes={"kepala": "selesai"})
        package = {
            "p.bpmn": numbering(source, {"kerja": properties}) if properties else source,
            "isi.form": form_of("isi", "nomor", "nib"),
        }
        (definition,) = self.runtime.deploy(
            package, agency=AgencyId("contoh"), by=Signature.of_system()
        )
        self.definition = definition.id

    def _hire(self, login: str, *posts: str, role: Role = Role.STAFF) -> None:
        registration = Registration(
            person=PersonId(login),
            agency=AgencyId("contoh"),
            login=login,
            name=f"Nama {login}",
            posts=tuple(map(PostId, posts)),
            roles=frozenset({role}),
            password_hash=UNUSED,
        )
        self.runtime.register(registration, by=Signature.of_system())

    def person(self, login: str) -> Actor:
        """Give a person as they are now."""
        return self.store.transact(lambda tx: tx.get_actor(PersonId(login)))

    def request(self) -> RequestId:
        """Give a new request id."""
        return RequestId(f"permintaan-{next(self._requests)}")

    def wait(self, **values: object) -> InstanceId:
        """Begin a case and bring it to where it waits for the work."""
        actor = self.person("petugas")
        case = self.runtime.start(self.definition, actor=actor, request=self.request())
        return self.send(case, **{"nomor": "7", "nib": None, **values})

    def send(self, case: InstanceId, **values: object) -> InstanceId:
        """Finish the only open task of a case."""
        (task,) = self.tasks(case)
        return self.runtime.complete(
            task.id,
            values_of(values),
            actor=self.person("petugas"),
            request=self.request(),
            revision=task.revision,
        )

    def tasks(self, case: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        return self.store.transact(lambda tx: tx.list_open_tasks(case))

    def steps(self, case: InstanceId) -> list[str]:
        """Give the elements of the open tasks."""
        return [task.element for task in self.tasks(case)]

    def values(self, case: InstanceId) -> Mapping[str, object]:
        """Give the case's own variables."""
        found = self.store.transact(lambda tx: tx.get_instance(case))
        values = object_of(found.variables)["0"]
        assert isinstance(values, dict)
        return values

    def events(self, case: InstanceId, *kinds: type[HistoryEvent]) -> list[HistoryEvent]:
        """Give the events of these kinds in a case's history."""
        found = (record.event for record in self.backend.records(instance_chain(case)))
        return [event for event in found if isinstance(event, kinds)]

    def place(self, case: InstanceId) -> Place:
        """Give where the case waits for work."""
        *_, event = self.events(case, WorkRequested)
        assert isinstance(event, WorkRequested)
        return Place(token=event.token, element=event.element)

    def incidents(self, case: InstanceId) -> tuple[Incident, ...]:
        """Give the open incidents of a case."""
        return self.store.transact(lambda tx: tx.list_incidents(case))

    def job(self, case: InstanceId) -> Job | None:
        """Give the job of the work that a case waits for."""
        place = self.place(case)
        job = JobId(wait_id(case, place.token, place.element))
        return self.store.transact(lambda tx: tx.find_job(job))

    def report(
        self, case: InstanceId, by: str = "petugas", reason: str = "lewat portal", **values: object
    ) -> InstanceId:
        """Report the work as done outside."""
        told = WorkReport(place=self.place(case), values=values_of(values), reason=reason)
        return self.runtime.report_work(case, told, actor=self.person(by), request=self.request())

    def retry(self, case: InstanceId, by: str = "petugas") -> InstanceId:
        """Begin the only incident's job anew."""
        (incident,) = self.incidents(case)
        return self.runtime.retry_incident(
            incident.id, actor=self.person(by), request=self.request()
        )

    def worker(self, do: Do, kind: JobKind = JobKind.CONNECTOR) -> Worker:
        """Give a worker of connectors, or of another kind of job, that does this."""
        give_up = {kind: self.runtime.raise_incident}
        return Worker(self.jobs, {kind: do}, self.clock, give_up=give_up)
