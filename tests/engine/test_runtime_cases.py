from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn, form_of
from engine_office import Dinas
from form_kit import form_file

from engine.errors import InvalidSubmission

if TYPE_CHECKING:
    from engine.ids import InstanceId

TWO_FORMS = """
    start mulai
    user terima formRef=terima
    user nomori formRef=nomori
    end selesai
    mulai -> terima
    terima -> nomori
    nomori -> selesai
"""
NAMED = {"perkara.nomor": "nomor", "perkara.perihal": "perihal"}


def begun() -> tuple[Dinas, InstanceId]:
    dinas = Dinas()
    package = {
        "p.bpmn": drawn(TWO_FORMS, properties=NAMED),
        "terima.form": form_of("terima", "perihal"),
        "nomori.form": form_of("nomori", "nomor"),
    }
    return dinas, dinas.start(dinas.deploy_one(package).id, "umum")


def test_a_case_is_called_by_the_fields_that_its_process_names() -> None:
    dinas, case = begun()
    assert (dinas.case(case).number, dinas.case(case).subject) == ("", "")
    dinas.complete(dinas.task(case), "umum", perihal="Undangan rapat")
    assert (dinas.case(case).number, dinas.case(case).subject) == ("", "Undangan rapat")
    dinas.complete(dinas.task(case), "umum", nomor="005/12")
    assert (dinas.case(case).number, dinas.case(case).subject) == ("005/12", "Undangan rapat")


CALLER = """
    start mulai
    call panggil calledElement=anak in=pesan:tugas out=jawab:jawaban
    manual akhir
    end selesai
    mulai -> panggil
    panggil -> akhir
    akhir -> selesai
"""
CALLED = """
    start mulai_anak
    user jawab formRef=jawab
    end selesai_anak
    mulai_anak -> jawab
    jawab -> selesai_anak
"""


def calling() -> tuple[Dinas, InstanceId, str]:
    dinas = Dinas()
    package = {
        "induk.bpmn": drawn(CALLER, key="induk"),
        "anak.bpmn": drawn(CALLED, key="anak", lanes={"kepala": "jawab"}),
        "jawab.form": form_of("jawab", "jawab"),
    }
    deployed = dinas.deploy(package)
    return dinas, dinas.start(deployed["induk"].id, "umum"), deployed["anak"].id


def test_a_task_of_a_called_process_carries_its_definition_and_takes_its_form() -> None:
    dinas, case, called = calling()
    task = dinas.task(case)
    assert (task.definition, task.element, task.lane) == (called, "jawab", "kepala")
    with pytest.raises(InvalidSubmission):
        dinas.complete(task, "kepala", lain="x")
    dinas.complete(task, "kepala", jawab="ya")
    assert dinas.values(case) == {"jawaban": "ya"}
    assert (dinas.task(case).definition, dinas.task(case).element) == (
        dinas.case(case).definition,
        "akhir",
    )


ROWS = {
    "type": "dynamiclist",
    "path": "penerima",
    "label": "Penerima",
    "isRepeating": True,
    "allowAddRemove": True,
    "components": [{"type": "textfield", "key": "nama", "label": "Nama"}],
}


def test_a_step_for_each_row_has_a_scope_of_its_own() -> None:
    dinas = Dinas()
    source = drawn(
        """
        start mulai
        user daftar formRef=daftar
        user kirim formRef=kirim each=penerima item=orang
        end selesai
        mulai -> daftar
        daftar -> kirim
        kirim -> selesai
        """
    )
    package = {
        "p.bpmn": source,
        "daftar.form": form_file(ROWS, id="daftar"),
        "kirim.form": form_of("kirim", "resi"),
    }
    case = dinas.start(dinas.deploy_one(package).id, "umum")
    dinas.complete(dinas.task(case), "umum", penerima=[{"nama": "A"}, {"nama": "B"}])
    for number, task in enumerate(dinas.tasks(case)):
        dinas.complete(task, "bidang", resi=f"R{number}")
    rows = [{"nama": "A"}, {"nama": "B"}]
    assert dinas.values(case)["penerima"] == rows


def test_a_sub_process_in_a_lane_lends_its_lane_to_its_steps() -> None:
    dinas = Dinas()
    source = drawn(
        """
        start mulai
        sub periksa
        start awal inside periksa
        manual baca inside periksa
        end akhir inside periksa
        end selesai
        mulai -> periksa
        awal -> baca
        baca -> akhir
        periksa -> selesai
        """,
        lanes={"kepala": "periksa"},
    )
    case = dinas.start(dinas.deploy_one({"p.bpmn": source}).id, "umum")
    assert dinas.task(case).lane == "kepala"
    dinas.complete(dinas.task(case), "kepala")
    assert json.loads(dinas.case(case).variables) == {"0": {}}
