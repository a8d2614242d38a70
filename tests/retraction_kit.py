"""A case whose first step was sent, and how it is taken back, for tests of *tarik kembali*."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas
from link_kit import letter

from engine.history import InstanceLinked
from engine.ids import InstanceId

if TYPE_CHECKING:
    from engine.errors import CommandRejected
    from engine.ids import UserTaskId
    from engine.user_task import UserTask

WAY = """
    start mulai
    user isi formRef=isi
    xor pilih
    user periksa formRef=periksa
    manual lain
    end selesai
    mulai -> isi
    isi -> pilih
    pilih -> periksa if =perihal != null
    pilih -> lain default
    periksa -> selesai
    lain -> selesai
"""
BOTH = """
    start mulai
    and bagi
    manual satu
    manual dua
    and temu
    user isi formRef=isi
    end selesai
    mulai -> bagi
    bagi -> satu
    bagi -> dua
    satu -> temu
    dua -> temu
    temu -> isi
    isi -> selesai
"""


def begun(
    lines: str = WAY, lanes: dict[str, str] | None = None, *, personal: str = "", **properties: str
) -> tuple[Dinas, InstanceId]:
    """Give a case whose step `periksa` stands in the head's lane."""
    dinas = Dinas()
    lanes = {"kepala": "periksa"} if lanes is None else lanes
    package = {
        "p.bpmn": drawn(lines, lanes=lanes, properties=properties),
        "isi.form": form_of("isi", "perihal", "nomor", personal=personal),
        "periksa.form": form_of("periksa", "keputusan"),
    }
    return dinas, dinas.start(dinas.deploy_one(package).id, "umum")


def retract(
    dinas: Dinas, task: UserTaskId, login: str, reason: str = "salah lampiran"
) -> InstanceId:
    """Take a step back, and see that the history agrees."""
    return dinas.agree(
        dinas.runtime.retract(
            task,
            reason,
            actor=dinas.person(login),
            request=dinas.request(),
            revision=dinas.any_task(task).revision,
        )
    )


def open_task(dinas: Dinas, task: UserTask, login: str) -> None:
    """Look at a task for the first time."""
    dinas.runtime.open_task(task.id, actor=dinas.person(login), request=dinas.request())


def sent(
    lines: str = WAY, lanes: dict[str, str] | None = None, *, personal: str = "", **properties: str
) -> tuple[Dinas, InstanceId, UserTask]:
    """Give a case whose first step was sent, and that step."""
    dinas, case = begun(lines, lanes, personal=personal, **properties)
    first = dinas.tasks(case)[0]
    values = {"perihal": "Rapat", "nomor": "1"} if first.element == "isi" else {}
    dinas.complete(first, "umum", **values)
    return dinas, case, first


def refused(
    dinas: Dinas, case: InstanceId, task: UserTaskId, login: str, kind: type[CommandRejected]
) -> CommandRejected:
    """Give why the step can't be taken back; nothing may have changed."""
    before = dinas.at_rest(case)
    with pytest.raises(kind) as caught:
        retract(dinas, task, login)
    assert dinas.at_rest(case) == before
    return caught.value


def handed_on(*to: str) -> tuple[Dinas, InstanceId, UserTask, list[InstanceId]]:
    """Give a letter that was handed on, its sent step, and the cases that this began."""
    dinas = Dinas()
    case = dinas.start(dinas.deploy(letter())["surat"].id, "umum")
    task = dinas.task(case)
    dinas.complete(task, "umum", perihal="Rapat", penerima=list(to))
    events = [record.event for record in dinas.records(case)]
    linked = [InstanceId(e.instance) for e in events if isinstance(e, InstanceLinked)]
    return dinas, case, task, linked
