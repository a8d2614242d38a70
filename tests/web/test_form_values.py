"""Values for reading, and the sentences for everything that can be wrong with a form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from form_kit import LINE, NUMBER, REQUIRED, Json, form_with, isi, read_one
from form_page_kit import DRAFT, FORM, VALUES_TEMPLATE, the, words

from engine.form import (
    FieldCode,
    FieldProblem,
    Form,
    FormCode,
    FormProblem,
    InvalidForm,
)
from web.form_view import shown_items
from web.form_words import (
    FIELD_SENTENCES,
    FORM_SENTENCES,
    KINDS,
    form_problem_texts,
    problem_text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.variables import Value


def shown(form: Form, variables: Mapping[str, Value], *, only: bool = False) -> BeautifulSoup:
    items = shown_items([form], variables)
    html = VALUES_TEMPLATE.render(items=items, address=lambda f: f"/berkas/{f.digest}", only=only)
    return BeautifulSoup(html, "html.parser")


def test_values_are_shown_for_reading_each_once() -> None:
    variables: dict[str, Value] = {
        "perihal": "Undangan\nrapat",
        "biaya": Decimal(1500000),
        "keputusan": "revisi",
        "stempel": True,
        "waktu": "2026-12-05T09:15:00",
        "berkas": [DRAFT.as_value()],
        "penerima": [{"nama": "Camat", "jam": "2026-12-05T10:00:00", "hadir": "setuju"}],
    }
    page = shown(FORM, variables, only=True)
    pairs = [(words(item.dt), words(item.dd)) for item in page.select(".value")]
    assert pairs == [
        ("Perihal", "Undangan rapat"),
        ("Biaya", "Rp 1.500.000"),
        ("Keputusan", "Perlu <revisi>"),
        ("Stempel", "Ya"),
        ("Waktu", "5 Desember 2026 09.15"),
        ("Berkas", "draf <1>.docx 84 KB"),
        ("Penerima", "Penerima NamaJamHadir Camat5 Desember 2026 10.00Setuju"),
    ]
    assert the(page, "dd a")["href"] == f"/berkas/{DRAFT.digest}"
    assert len(shown(FORM, variables).select(".value")) == len(FORM.keys)


def test_every_problem_has_a_sentence() -> None:
    assert set(FIELD_SENTENCES) == set(FieldCode)
    assert set(FORM_SENTENCES) == set(FormCode)


def test_every_kind_of_field_has_a_word() -> None:
    assert {field.kind for field in FORM.fields} <= set(KINDS)
    for kind in KINDS:
        problem = FieldProblem(code=FieldCode.WRONG_TYPE, params={"kind": kind})
        assert (
            problem_text(problem)
            == f"Isian ini bukan {KINDS[kind]}. Periksa isinya, lalu kirim lagi."
        )


def test_a_wrong_form_file_is_explained_with_file_and_field() -> None:
    problem = FormProblem(
        code=FormCode.PROPERTY_UNSUPPORTED, component="nik", params={"property": "validate.pattern"}
    )
    assert form_problem_texts(InvalidForm("surat.form", (problem,))) == [
        (
            "surat.form: Isian “nik”: Sifat “validate.pattern” belum didukung Alur. "
            "Kosongkan sifat itu di Camunda Modeler."
        )
    ]


TYPED: list[tuple[Json, str, str]] = [
    ({**LINE, "properties": {"jenis": "nik"}}, "1", "16 angka"),
    ({**LINE, "properties": {"jenis": "nik"}}, "0000003203900001", "(000000) bukan kode wilayah"),
    ({**LINE, "properties": {"jenis": "nik"}}, "3575013203900001", "(320390) bukan tanggal lahir"),
    ({**LINE, "properties": {"jenis": "nip"}}, "1", "18 angka"),
    ({**LINE, "properties": {"jenis": "nip"}}, "198013012005011001", "tidak mungkin"),
    ({**LINE, "properties": {"jenis": "npwp"}}, "1", "15 atau 16 angka"),
    ({**LINE, "properties": {"jenis": "telepon"}}, "1", "0812-3456-7890"),
    ({**LINE, "validate": {"validationType": "email"}}, "a", "nama@instansi.go.id"),
    ({**LINE, "validate": {"pattern": "^[A-Z]{2}$"}}, "a", "(^[A-Z]{2}$)"),
    (
        {**LINE, "validate": {"pattern": "^[A-Z]", "patternErrorMessage": "Huruf {besar}."}},
        "a",
        "Huruf {besar}.",
    ),
    ({**NUMBER, "increment": 500}, "700", "kelipatan 500: Rp 500 atau Rp 1.000"),
    ({**NUMBER, "validate": {"min": 1000}}, "1,5", "paling sedikit Rp 1.000"),
    ({**NUMBER, "validate": {"max": 1500000}}, "1500001", "paling banyak Rp 1.500.000"),
    ({"type": "select", "valuesKey": "x", **REQUIRED}, "", "Belum ada yang dapat dipilih"),
]


@pytest.mark.parametrize(("component", "text", "said"), TYPED)
def test_a_mistake_is_said_with_what_was_typed_and_what_to_do(
    component: Json, text: str, said: str
) -> None:
    (problem,) = read_one(component, text).errors
    assert said in problem_text(problem)


FILES: list[tuple[Json, str]] = [
    ({"conditional": {"hide": "=a 1"}}, "kolom 4: sesudah “a” diharapkan tanda hitung"),
    ({"conditional": {"hide": "a"}}, "diawali “=”"),
    ({"conditional": {"hide": "=isi = 1"}}, "(isi → isi)"),
    ({"validate": {"pattern": "(?=a)"}}, "memuat “(?=”"),
    ({"validate": {"pattern": "("}}, "Pola “(” bukan pola"),
    ({"validate": {"maxLength": 1}, "defaultValue": "abc"}, "paling banyak 1 huruf"),
    ({"readonly": True, "defaultValue": "a"}, "nilai awalnya tidak pernah dipakai"),
    ({"type": "filepicker", "accept": ".exe"}, "Berkas .exe tidak pernah diterima"),
    (
        {"type": "radio", "valuesKey": "a", "valuesExpression": "=b"},
        "(valuesKey, valuesExpression)",
    ),
    ({"label": "{{nama}}"}, "Sifat “label” berisi rumus"),
]


@pytest.mark.parametrize(("properties", "said"), FILES)
def test_a_form_that_is_refused_is_told_what_and_why(properties: Json, said: str) -> None:
    with pytest.raises(InvalidForm) as caught:
        form_with(isi({**LINE, **properties}))
    (sentence,) = form_problem_texts(caught.value)
    assert said in sentence
    assert sentence.startswith("contoh.form: Isian “isi”:")
