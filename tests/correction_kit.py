"""A case whose first form was sent, and how it is corrected, for tests of *koreksi*."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas
from form_kit import form_file
from kit import values_of

from engine.chain import instance_chain
from engine.errors import CommandRejected
from engine.survey import Survey, survey
from engine.testing import example_post

if TYPE_CHECKING:
    from engine.ids import InstanceId, UserTaskId
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
    pilih -> periksa if =jenis = "biasa"
    pilih -> lain default
    periksa -> lain
    lain -> selesai
"""
KEPALA = dataclasses.replace(example_post("kepala", "kepala", unit="pimpinan"))
POSTS = (
    KEPALA,
    dataclasses.replace(example_post("umum", "petugas"), superior=KEPALA.id),
    dataclasses.replace(example_post("bidang", "petugas", unit="bidang"), superior=KEPALA.id),
    example_post("arsip", "arsip"),
)
ISI = form_file(
    {"type": "textfield", "key": "perihal", "label": "Perihal", "validate": {"required": True}},
    {"type": "textfield", "key": "jenis", "label": "Jenis"},
    {"type": "number", "key": "jumlah", "label": "Jumlah"},
    {"type": "textfield", "key": "nama", "label": "Nama", "properties": {"pribadi": "ya"}},
    {"type": "filepicker", "key": "berkas", "label": "Berkas"},
    {"type": "textfield", "key": "sifat", "label": "Sifat"},
    id="isi",
)
FIRST = {"perihal": "Rapat", "jenis": "biasa", "jumlah": 3, "nama": "Warga Lama"}


def sent(lines: str = WAY, **forms: bytes) -> tuple[Dinas, InstanceId, UserTask]:
    """Give a case whose first step was sent by `umum`, and that step; `periksa` stands in the head's lane."""
    dinas = Dinas(*POSTS)
    package = {
        "p.bpmn": drawn(
            lines,
            lanes={"kepala": "periksa"} if "periksa" in lines else {},
            properties={"perkara.perihal": "perihal"},
        ),
        "isi.form": ISI,
        "periksa.form": form_of("periksa", "keputusan"),
        **{f"{name}.form": form for name, form in forms.items()},
    }
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    task = dinas.task(case)
    dinas.complete(task, "umum", **FIRST)
    return dinas, case, task


def surveyed(dinas: Dinas, case: InstanceId, task: UserTaskId) -> Survey:
    """Say what can be corrected."""
    personal = dinas.store.personal_values(instance_chain(case))
    return survey(task, dinas.records(case), personal, dinas.runtime.program)


def correct(
    dinas: Dinas, task: UserTask, login: str, /, reason: str = "salah ketik", **values: object
) -> InstanceId:
    """Correct some fields of a form; the others are sent as they are now."""
    found = surveyed(dinas, task.instance, task.id)
    open_keys = [field.key for field in found.form.open_fields]
    return dinas.agree(
        dinas.runtime.correct(
            task.id,
            {**{key: found.seen[key] for key in open_keys}, **values_of(values)},
            reason,
            actor=dinas.person(login),
            request=dinas.request(),
            revision=found.revision,
        )
    )


def refused(dinas: Dinas, task: UserTask, login: str, /, **values: object) -> CommandRejected:
    """Give why a correction is refused; nothing may have changed."""
    before = dinas.at_rest(task.instance)
    with pytest.raises(CommandRejected) as caught:
        correct(dinas, task, login, **values)
    assert dinas.at_rest(task.instance) == before
    return caught.value
