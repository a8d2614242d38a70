"""Values for reading, and the sentences for everything that can be wrong with a form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
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
