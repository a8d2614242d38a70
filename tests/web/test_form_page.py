"""A form as a page, drawn by the templates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_kit import form_with
from form_page_kit import COMPONENTS, DRAFT, EMPTY, FORM, ROOT, drawn, the, words

from engine.form import (
    FieldCode,
    FieldProblem,
    RawSubmission,
    StoredFile,
    read_form,
)

if TYPE_CHECKING:
    from pathlib import Path

    from engine.variables import Value


def test_every_control_has_a_label_of_its_own() -> None:
    page = drawn(FORM, RawSubmission(files={"berkas": (DRAFT,)}))
    controls = page.select("input, select, textarea")
    labels = {str(label["for"]) for label in page.select("label")}
    ids = [str(control["id"]) for control in controls]
    assert len(ids) > 20
    assert len(set(ids)) == len(ids)
    assert labels == set(ids)


def test_every_description_that_a_control_points_to_is_there() -> None:
    page = drawn(FORM, EMPTY, FORM.read(EMPTY, {}).errors)
    pointed = [
        i for tag in page.select("[aria-describedby]") for i in tag["aria-describedby"].split()
    ]
    assert pointed
    assert all(len(page.select(f"#{i}")) == 1 for i in pointed)


def test_groups_of_choices_and_rows_have_a_legend() -> None:
    page = drawn(FORM, EMPTY)
    assert all(fieldset.find("legend", recursive=False) for fieldset in page.select("fieldset"))
    assert words(the(page, "fieldset.rows > legend")) == "Penerima (boleh kosong)"


def test_required_fields_are_marked_and_said() -> None:
    page = drawn(FORM, EMPTY)
    assert words(the(page, "label[for=isian-perihal]")) == "Perihal *"
    assert the(page, "#isian-perihal")["aria-required"] == "true"
    assert words(the(page, "label[for=isian-ringkasan]")) == "Ringkasan (boleh kosong)"
    assert not the(page, "#isian-ringkasan").has_attr("aria-required")
    assert words(the(page, ".form-note")) == "Kolom bertanda * wajib diisi."


def test_a_form_without_required_fields_has_no_note_about_them() -> None:
    assert not drawn(form_with(COMPONENTS[2]), EMPTY).select(".form-note")


def test_no_decision_is_chosen_beforehand_and_an_optional_one_can_be_taken_back() -> None:
    page = drawn(FORM, EMPTY)
    assert not page.select("input[name=keputusan][checked]")
    assert [str(radio["value"]) for radio in page.select("input[name=cara]")] == [
        "revisi",
        "setuju",
        "",
    ]
    assert the(page, "input[name=cara][checked]")["value"] == ""


def test_texts_of_a_form_are_headings_paragraphs_and_lists() -> None:
    page = drawn(FORM, EMPTY)
    assert words(the(page, ".form-text h2")) == "Draf surat"
    assert [words(item) for item in page.select(".form-text ul > li")] == ["satu", "dua"]
    assert len(page.select(".form-text ul")) == 1


def test_a_date_field_gives_an_example_in_words() -> None:
    page = drawn(FORM, EMPTY)
    assert the(page, "#isian-tanggal")["type"] == "date"
    assert words(the(page, "#isian-tanggal-contoh")) == "contoh: 5 Desember 2026"
    assert the(page, "#isian-waktu")["type"] == "datetime-local"
    assert words(the(page, "#isian-waktu-contoh")) == "contoh: 5 Desember 2026 09.15"


def test_a_date_that_the_browser_could_not_show_is_kept_as_it_was_typed() -> None:
    page = drawn(FORM, RawSubmission(values={"tanggal": ("30/2/2026",)}))
    control = the(page, "#isian-tanggal")
    assert (control["type"], control["value"]) == ("text", "30/2/2026")


def test_a_figure_is_echoed_as_it_was_understood() -> None:
    def echo(text: str) -> str:
        page = drawn(FORM, RawSubmission(values={"biaya": (text,)}))
        return " ".join(words(tag) for tag in page.select(".echo"))

    assert echo("1500000") == "Terbaca: Rp 1.500.000"
    assert echo("1500000,5") == "Terbaca: Rp 1.500.000,50"
    assert echo("1.500.000") == ""
    assert echo("1.5").startswith("“1.5” bisa berarti 1,5 atau 15.")
    assert echo("") == ""


def test_a_figure_that_was_refused_is_not_asked_about_twice() -> None:
    raw = RawSubmission(values={"biaya": ("1.5",)})
    page = drawn(FORM, raw, FORM.read(raw, {}).errors)
    assert words(the(page, ".echo")) == ""


def test_the_error_summary_links_to_every_field_that_is_wrong() -> None:
    texts = {
        "perihal": "",
        "ringkasan": "",
        "biaya": "1.5",
        "sifat": "",
        "tanggal": "",
        "waktu": "",
    }
    rows = {"penerima.0.nama": "", "penerima.0.jam": "2026-12-05T09:15"}
    raw = RawSubmission(values={name: (text,) for name, text in (texts | rows).items()})
    submission = FORM.read(raw, {})
    page = drawn(FORM, submission.raw, submission.errors)
    summary = the(page, ".error-summary")
    assert (summary["tabindex"], summary["role"]) == ("-1", "alert")
    assert words(summary.h2) == "Ada 4 isian yang perlu diperbaiki"
    assert [(words(link), link["href"]) for link in summary.select("a")] == [
        ("Perihal: Kolom ini wajib diisi.", "#isian-perihal"),
        (
            (
                "Biaya: “1.5” bisa berarti 1,5 atau 15. Tulis 1,5 (dengan koma) bila pecahan, "
                "15 bila bilangan bulat."
            ),
            "#isian-biaya",
        ),
        ("Keputusan: Pilih salah satu.", "#isian-keputusan"),
        ("Penerima, baris 1, Nama: Kolom ini wajib diisi.", "#isian-penerima-0-nama"),
    ]
    assert all(page.select(str(link["href"])) for link in summary.select("a"))
    assert the(page, "#isian-biaya")["value"] == "1.5"
    assert the(page, "#isian-biaya")["aria-invalid"] == "true"
    assert words(the(page, "#isian-perihal-salah")) == "Salah: Kolom ini wajib diisi."


def test_a_problem_of_the_whole_form_has_no_link() -> None:
    problem = FieldProblem(code=FieldCode.UNKNOWN, params={"field": "<asing>"})
    line = the(drawn(FORM, EMPTY, (problem,)), ".error-summary li")
    assert line.a is None
    assert "“<asing>” tidak ada pada formulir ini" in words(line)


def test_a_form_without_problems_has_no_summary() -> None:
    assert not drawn(FORM, EMPTY).select(".error-summary, .field-error, [aria-invalid]")


def test_files_are_shown_with_size_and_can_be_kept_or_dropped() -> None:
    page = drawn(FORM, RawSubmission(files={"berkas": (DRAFT,)}))
    box = the(page, "input[name='_berkas.berkas']")
    assert (box["value"], box.has_attr("checked")) == (DRAFT.digest, True)
    assert words(the(page, f"label[for={box['id']}]")) == "draf <1>.docx 84 KB"
    assert words(the(page, "label[for=isian-berkas]")) == "Tambah berkas untuk Berkas"
    assert the(page, "input[type=file]").has_attr("multiple")
    assert words(the(drawn(FORM, EMPTY), "label[for=isian-berkas]")) == "Pilih berkas untuk Berkas"


def test_read_only_values_are_shown_and_not_sent() -> None:
    variables: dict[str, Value] = {
        "nomor": "005/<1>",
        "surat": [{"nomor": "1", "hari": "2026-12-05"}, {"nomor": Decimal(1500)}],
    }
    page = drawn(FORM, EMPTY, (), variables)
    assert not page.select("[name=nomor], [name=surat]")
    assert [words(tag) for tag in page.select(".shown-label")] == ["Nomor", "Surat lama"]
    assert words(page.select(".shown > .lines")[0]) == "005/<1>"
    cells = [words(cell) for cell in page.select("table td")]
    assert cells == ["1", "5 Desember 2026", "1.500", "–"]
    assert [cell["data-label"] for cell in page.select("table td")][:2] == ["Nomor", "Hari"]


EVIL = "\"><script>alert('x')</script>&amp;"


def test_labels_values_and_names_are_escaped() -> None:
    form = form_with(
        {"type": "textfield", "key": "a", "label": EVIL, "description": EVIL},
        {"type": "textarea", "key": "b", "label": EVIL},
        {"type": "select", "key": "c", "label": EVIL, "values": [{"value": EVIL, "label": EVIL}]},
        {
            "type": "checklist",
            "key": "d",
            "label": EVIL,
            "values": [{"value": EVIL, "label": EVIL}],
        },
        {"type": "number", "key": "e", "label": EVIL, "appearance": {"suffixAdorner": EVIL}},
        {"type": "filepicker", "key": "f", "label": EVIL},
        {"type": "textfield", "key": "g", "label": EVIL, "readonly": True},
        {"type": "group", "label": EVIL, "components": []},
    )
    file = StoredFile(name=EVIL, digest="a" * 64, size=1, content_type="x/y")
    values = dict.fromkeys("abcde", (EVIL,))
    raw = RawSubmission(values=values, files={"f": (file,)})
    problems = form.read(raw, {}).errors
    page = drawn(form, raw, problems, {"g": EVIL})
    assert problems
    assert not page.select("script")
    assert the(page, "#isian-a")["value"] == EVIL
    assert the(page, "#isian-b").text == "\n" + EVIL
    assert the(page, "option[selected]")["value"] == EVIL
    assert page.text.count(EVIL) >= 12


def test_a_page_has_nothing_inline() -> None:
    page = drawn(FORM, EMPTY, FORM.read(EMPTY, {}).errors)
    assert not page.select("script, style, [style]")
    assert not [n for tag in page.find_all() for n in tag.attrs if n.startswith("on")]


@pytest.mark.parametrize(
    "path",
    sorted((ROOT / "forms").glob("**/*.form")),
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_every_shipped_form_is_drawn(path: Path) -> None:
    form = read_form(path.read_bytes(), file=str(path))
    page = drawn(form, form.prefill({}, answered_here=False), form.read(EMPTY, {}).errors)
    assert page.select("input, select, textarea")
    assert all(page.select(str(link["href"])) for link in page.select(".error-summary a"))
