"""Work on the desks of the demonstration office: cases of a small map, a line each, begun by commands and not by pages."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from engine_maps import drawn, form_of
from web_kit import parts_of

from engine.actor import Signature
from engine.ids import AgencyId, PersonId, RequestId

if TYPE_CHECKING:
    from flask import Flask
    from web_kit import Caller, Seen

    from engine.actor import Actor
    from engine.ids import InstanceId
    from engine.user_task import UserTask

LINES = """
    start mulai
    user minta name="Meminta bahan" formRef=bahan_minta formRefBinding=deployment
    manual siapkan name="Menyiapkan bahan" {narrowing} "dueDate=${{tenggat}}"
    end selesai
    mulai -> minta
    minta -> siapkan
    siapkan -> selesai
"""


class Materials:
    """Cases of *Penyiapan bahan*: the head asks, the staff of the secretariat and the bidang prepare; the step has no form."""

    def __init__(self, app: Flask, *, narrowing: str = "", key: str = "bahan") -> None:
        self.parts = parts_of(app)
        self._numbers = count(1)
        lines = LINES.format(narrowing=narrowing)
        drawing = drawn(
            lines,
            key=key,
            lanes={"kepala_dinas": "mulai minta", "sekretariat_bidang": "siapkan selesai"},
            properties={"perkara.perihal": "perihal", "perkara.nomor": "nomor"},
        )
        form = form_of("bahan_minta", "perihal", "nomor", "tenggat", "sifat")
        package = {f"{key}.bpmn": drawing, "bahan_minta.form": form}
        agency = AgencyId("pasuruan")
        (self._definition,) = self.parts.runtime.deploy(
            package, agency=agency, by=Signature.of_system()
        )

    def ask(self, subject: str, due: str = "", number: str = "", sifat: str = "") -> UserTask:
        """Begin a case and give the task that waits in the lane."""
        runtime, head = self.parts.runtime, self.person("kepala")
        case = runtime.start(self._definition.id, actor=head, request=self.request())
        values = {"perihal": subject, "nomor": number, "tenggat": due or None, "sifat": sifat}
        runtime.complete(self.task(case).id, values, actor=head, request=self.request(), revision=1)
        return self.task(case)

    def claim(self, task: UserTask, login: str) -> UserTask:
        """Let somebody take a task."""
        self.parts.runtime.claim(
            task.id, actor=self.person(login), request=self.request(), revision=task.revision
        )
        return self.task(task.instance)

    def complete(self, task: UserTask, login: str) -> None:
        """Let somebody finish a task."""
        self.parts.runtime.complete(
            task.id, {}, actor=self.person(login), request=self.request(), revision=task.revision
        )

    def task(self, case: InstanceId) -> UserTask:
        """Give the open task of a case."""
        (found,) = self.parts.runtime._store.transact(lambda tx: tx.list_open_tasks(case))
        return found

    def any_task(self, task: UserTask) -> UserTask:
        """Give a task as it is now, open or not."""
        return self.parts.runtime._store.transact(lambda tx: tx.get_case_of(task.id)[1])

    def person(self, login: str) -> Actor:
        """Give a person of the office."""
        known = self.parts.directory.find_credentials(login)
        assert known is not None
        found = self.parts.directory.find_actor(PersonId(known.person))
        assert found is not None
        return found

    def request(self) -> RequestId:
        """Give a new request id."""
        return RequestId(f"{next(self._numbers):026}")


def rows(page: Seen) -> list[str]:
    """Give the titles of a list of tasks."""
    return [title.get_text() for title in page.page.select("table.tasks a.title")]


def choices(page: Seen, name: str) -> dict[str, str]:
    """Give the choices of a list in a form: words by value."""
    select = page.page.select_one(f"select[name={name}]")
    assert select is not None, f"no list {name}"
    return {str(option["value"]): option.get_text() for option in select.select("option")}


def tabs(page: Seen) -> list[str]:
    """Give the desks with their figures."""
    return [" ".join(a.get_text(" ").split()) for a in page.page.select(".tabs a")]


def ticked(*tasks: UserTask) -> list[str]:
    """Give what the boxes of these tasks send."""
    return [f"{task.id}.{task.revision}" for task in tasks]


def act(caller: Caller, page: Seen, **fields: object) -> Seen:
    """Press a button of the bar for many."""
    return caller.post("/tugas/banyak", {**page.form("/tugas/banyak"), **fields})
