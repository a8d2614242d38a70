from __future__ import annotations

import pytest
from drawn_form_maps import carrying
from engine_maps import drawn, form_of
from engine_office import Dinas

from engine.errors import InvalidSubmission

GIVEN = {"nama": "Budi", "jumlah": 4, "sah": False, "tanggal": "2026-12-01", "jenis": "b"}


def test_the_fields_of_a_step_in_the_drawing_are_its_form() -> None:
    dinas = Dinas()
    definition = dinas.deploy_one({"p.bpmn": carrying()})
    form = dinas.runtime.program(definition.id).forms["kerja"]
    assert [(f.key, f.kind, f.label) for f in form.fields] == [
        ("nama", "textfield", "Nama"),
        ("jumlah", "number", "Jumlah"),
        ("sah", "checkbox", "Sah"),
        ("tanggal", "date", "Tanggal"),
        ("jenis", "select", "jenis"),
        ("asal", "textfield", "Asal"),
    ]
    assert {f.key: f.default for f in form.fields if f.default is not None} == {
        "nama": "Ani",
        "jumlah": 2,
        "sah": True,
        "tanggal": "2026-12-05",
    }
    assert [f.key for f in form.fields if f.personal] == ["nama"]


def test_what_is_filled_in_there_is_kept() -> None:
    dinas = Dinas()
    case = dinas.start(dinas.deploy_one({"p.bpmn": carrying()}).id, "umum")
    dinas.complete(dinas.task(case), "umum", **GIVEN)
    assert dinas.values(case) == {**GIVEN, "asal": None}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("nama", None),
        ("nama", "Al"),
        ("nama", "A" * 41),
        ("jumlah", 0),
        ("jumlah", 10),
        ("jenis", "c"),
        ("asal", "diisi"),
    ],
)
def test_what_its_rules_forbid_is_refused(name: str, value: object) -> None:
    dinas = Dinas()
    case = dinas.start(dinas.deploy_one({"p.bpmn": carrying()}).id, "umum")
    with pytest.raises(InvalidSubmission):
        dinas.complete(dinas.task(case), "umum", **{**GIVEN, name: value})


def test_a_form_key_names_a_form_of_the_package() -> None:
    lines = "start mulai\nuser kerja formKey=camunda-forms:deployment:isi.form\nend selesai\nmulai -> kerja\nkerja -> selesai\n"
    definition = Dinas().deploy_one({"p.bpmn": drawn(lines), "isi.form": form_of("isi", "catatan")})
    assert set(definition.forms) == {"isi"}
