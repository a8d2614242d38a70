"""What an officer fills in who reports work as done outside."""

from __future__ import annotations

import pytest
from form_kit import form_with

from engine.connectors.report import list_wrong, report_form
from engine.form import Checkbox, DateField, Form, NumberField, TextArea, TextField
from engine.process import Element, ElementKind

FORMS = {
    "Isi": form_with(
        {
            "type": "textarea",
            "key": "uraian",
            "label": "Uraian izin",
            "validate": {"required": True},
        },
        {"type": "textfield", "key": "nik", "label": "NIK", "properties": {"pribadi": "ya"}},
        {"type": "filepicker", "key": "berkas", "label": "Berkas"},
    )
}


def task(fields: str) -> Element:
    return Element(
        id="oss",
        kind=ElementKind.SERVICE_TASK,
        name="OSS",
        line=1,
        properties={"hasil.isian": fields},
    )


def asked(fields: str) -> Form:
    form = report_form(task(fields), FORMS)
    assert form is not None
    return form


def test_a_variable_of_a_form_is_filled_in_as_there_and_may_be_left_empty() -> None:
    (text, person) = asked("uraian, nik").fields
    assert (type(text), text.label, text.required) == (TextArea, "Uraian izin", False)
    assert person.personal


def test_a_variable_of_no_form_is_a_line_of_text_or_what_it_is_said_to_be() -> None:
    form = asked("nib, biaya:angka, terbit : tanggal, sah:ya_tidak")
    kinds = [type(field) for field in form.fields]
    assert kinds == [TextField, NumberField, DateField, Checkbox]
    assert [field.label for field in form.fields] == ["Nib", "Biaya", "Terbit", "Sah"]
    values = {"nib": "9120", "terbit": "2026-11-21", "sah": True}
    assert form.submit_json(values) == {**values, "biaya": None}


def test_a_task_without_variables_has_no_form() -> None:
    assert report_form(task(" , "), FORMS) is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ("uraian, nib", []),
        ("nomor izin", ["nomor izin"]),
        ("biaya:uang", ["biaya:uang"]),
        ("uraian:angka", ["uraian:angka"]),
        ("berkas", ["berkas"]),
        ("nib, nib", ["nib, nib"]),
        (", ".join(f"a{n}" for n in range(21)), [", ".join(f"a{n}" for n in range(21))]),
    ],
)
def test_what_cannot_be_filled_in_is_named(fields: str, wrong: list[str]) -> None:
    assert list(list_wrong(task(fields), FORMS)) == wrong
