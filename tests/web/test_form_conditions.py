"""Fields that come and go, on the page: what stands there, what is kept out of sight, and what a browser sends of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from form_kit import form_with
from form_page_kit import DRAFT, TODAY, drawn, pressed, the, words
from form_process_kit import COMPONENTS
from werkzeug.datastructures import MultiDict

from engine.form import FieldCode, FieldProblem, RawSubmission
from web.forms import changed_rows, raw_submission

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

FORM = form_with(*COMPONENTS)
FRESH = FORM.prefill({}, answered_here=False)


def raw(**texts: str) -> RawSubmission:
    """Give the form as it was typed; a dot in a name is written as two underlines."""
    typed = {name.replace("__", "."): (text,) for name, text in texts.items()}
    return RawSubmission(values={**FRESH.values, **typed})


def controls(page: BeautifulSoup) -> set[str]:
    """Give the names of the fields that can be seen."""
    found = page.select("input:not([type=hidden]), select, textarea")
    return {str(control["name"]) for control in found}


def box(page: BeautifulSoup, name: str) -> Tag:
    """Give the box that a field stands in."""
    found = page.select_one(f"[name='{name}']")
    assert found is not None
    around = found.find_parent(attrs={"data-part": True})
    assert around is not None
    return around


def test_only_what_is_there_can_be_filled_in() -> None:
    assert not controls(drawn(FORM, FRESH)) & {"keperluan_lain", "barang.0.jenis", "alasan_besar"}
    page = drawn(FORM, raw(keperluan="alat", jumlah="15.000.000"))
    assert {"barang.0.jenis", "penawaran", "alasan_besar", "barang_utama"} <= controls(page)
    assert "Sebutkan tiap alat" in page.text
    assert "Sebutkan tiap alat" not in drawn(FORM, raw(keperluan="lain")).text


def test_what_was_typed_in_a_hidden_field_waits_out_of_sight() -> None:
    page = drawn(FORM, raw(keperluan="modal", keperluan_lain="Sewa\nkios"))
    waiting = the(page, "[name=keperluan_lain]")
    assert (waiting["type"], waiting["value"]) == ("hidden", "Sewa\nkios")
    sent = pressed(page)
    sent["keperluan"] = "lain"
    again = drawn(FORM, raw_submission(sent))
    assert the(again, "#isian-keperluan_lain")["value"] == "Sewa\nkios"


def test_rows_and_files_of_a_hidden_group_wait_too() -> None:
    texts = {"barang.0.jenis": ("lain",), "barang.0.jenis_lain": ("Gerobak",)}
    typed = RawSubmission(
        values={**raw(keperluan="modal").values, **texts}, files={"penawaran": (DRAFT,)}
    )
    sent = pressed(drawn(FORM, typed))
    assert sent.getlist("barang.0.jenis_lain") == ["Gerobak"]
    assert sent.getlist("_berkas.penawaran") == [DRAFT.digest]


def test_a_hidden_column_of_a_row_waits_in_its_row() -> None:
    page = drawn(
        FORM,
        raw(keperluan="alat", barang__0__jenis="mesin", barang__0__jenis_lain="Gerobak"),
    )
    assert the(page, "[name='barang.0.jenis_lain']")["type"] == "hidden"
    sent = pressed(page)
    sent["barang.0.jenis"] = "lain"
    again = drawn(FORM, raw_submission(sent))
    assert the(again, "#isian-barang-0-jenis_lain")["value"] == "Gerobak"


def test_the_page_says_which_fields_with_a_condition_it_showed() -> None:
    assert pressed(drawn(FORM, FRESH)).getlist("_tampak") == []
    page = drawn(FORM, raw(keperluan="alat", barang__0__jenis="lain"))
    assert pressed(page).getlist("_tampak") == [
        "barang",
        "barang.0.jenis_lain",
        "penawaran",
        "barang_utama",
    ]


def test_without_javascript_nothing_is_sent_that_nobody_saw() -> None:
    sent = pressed(drawn(FORM, FRESH))
    sent["keperluan"] = "alat"
    first = FORM.read(raw_submission(sent), {}, today=TODAY)
    codes = {error.name: error.code for error in first.errors}
    assert codes["barang"] == codes["penawaran"] == FieldCode.APPEARED
    again = pressed(drawn(FORM, first.raw, first.errors))
    second = FORM.read(raw_submission(again), {}, today=TODAY)
    assert FieldCode.APPEARED not in {error.code for error in second.errors}


def test_the_button_shows_what_there_is_now_and_puts_one_into_the_first_new_field() -> None:
    page = drawn(FORM, FRESH)
    assert not page.select("[autofocus]")
    button = the(page, ".refresh button")
    assert words(button) == "Perbarui isian"
    assert button.has_attr("formnovalidate")
    sent = pressed(page, button)
    sent["keperluan"] = "lain"
    changed = changed_rows(FORM, raw_submission(sent), sent)
    assert changed is not None
    assert the(drawn(FORM, changed), "[autofocus]")["name"] == "keperluan_lain"


def test_fields_that_others_depend_on_are_marked_and_no_others() -> None:
    page = drawn(FORM, raw(keperluan="alat"))
    marked = {str(tag["name"]) for tag in page.select("[data-trigger]")}
    assert marked == {
        "keperluan",
        "jumlah",
        "barang.0.jenis",
        "barang.0.harga",
    }


def test_a_form_in_which_nothing_depends_on_anything_has_no_button() -> None:
    page = drawn(form_with(COMPONENTS[1]), RawSubmission())
    assert not page.select(".refresh, [data-changed], [data-part], [data-trigger]")


def test_a_box_says_something_else_when_and_only_when_something_else_is_in_it() -> None:
    typed = raw(keperluan="alat", barang__0__jenis="mesin", barang_utama="mesin")
    before, same = drawn(FORM, typed), drawn(FORM, raw(keperluan="alat", barang__0__jenis="mesin"))
    other = drawn(FORM, raw(keperluan="alat", barang__0__jenis="bahan"))
    for name, stays in (("penawaran", True), ("barang_utama", False)):
        state = box(before, name)["data-state"]
        assert box(same, name)["data-state"] == state
        assert (box(other, name)["data-state"] == state) is stays
    assert len({str(tag["data-part"]) for tag in before.select("[data-part]")}) == len(
        before.select("[data-part]")
    )


def test_a_condition_that_can_not_be_decided_is_said_beside_its_field() -> None:
    doubtful = {**COMPONENTS[1], "conditional": {"hide": "=1 + 1"}}
    page = drawn(form_with(doubtful), RawSubmission(values={"nama": ("Ani",)}))
    assert words(the(page, ".doubt")).startswith("Syarat tampil bagian ini tidak dapat dihitung")
    assert the(page, "#isian-nama")["value"] == "Ani"


def test_options_that_can_not_be_found_are_said_beside_their_field() -> None:
    choice = {"type": "radio", "key": "unit", "label": "Unit", "valuesKey": "unit_kerja"}
    form = form_with({**choice, "validate": {"required": True}})
    empty = form.read(RawSubmission(), {})
    page = drawn(form, empty.raw, empty.errors)
    assert "Belum ada yang dapat dipilih" in words(the(page, "fieldset"))
    assert page.select(str(the(page, ".error-summary a")["href"]))
    broken = drawn(form, RawSubmission(), (), {"unit_kerja": "bukan daftar"})
    assert "tidak dapat dihitung" in words(the(broken, ".doubt"))


def test_a_file_that_was_not_taken_is_a_problem_whatever_was_pressed() -> None:
    refused = {"lampiran": FieldProblem(code=FieldCode.FILE_PROGRAM, params={"file": "a.pdf"})}
    typed = RawSubmission(values=FRESH.values, refused=refused)
    changed = changed_rows(FORM, typed, MultiDict({"_aksi": "perbarui"}))
    assert changed is not None
    page = drawn(FORM, changed)
    assert words(the(page, ".error-summary li")).startswith(
        "Lampiran: Berkas “a.pdf” memuat program"
    )
    read = FORM.read(typed, {}, today=TODAY)
    again = drawn(FORM, read.raw, read.errors)
    assert len(again.select(".error-summary a[href='#isian-lampiran']")) == 1


def test_a_refused_file_of_a_row_moves_with_it() -> None:
    table = {
        "type": "dynamiclist",
        "path": "bukti",
        "label": "Bukti",
        "isRepeating": True,
        "allowAddRemove": True,
        "components": [{"type": "filepicker", "key": "foto", "label": "Foto"}],
    }
    form = form_with(table)
    problem = FieldProblem(code=FieldCode.FILE_EMPTY, params={"file": "a.png"})
    typed = RawSubmission(files={"bukti.0.foto": (DRAFT,)}, refused={"bukti.3.foto": problem})
    changed = changed_rows(form, typed, MultiDict({"_hapus": "bukti.0"}))
    assert changed is not None
    assert words(the(drawn(form, changed), ".error-summary li")).startswith("Bukti, baris 1, Foto:")


@pytest.mark.parametrize("kind", ["date", "datetime"])
def test_a_day_that_may_not_be_past_begins_today(kind: str) -> None:
    moment = {"type": "datetime", "subtype": kind, "key": "hari", "dateLabel": "Hari"}
    form = form_with({**moment, "disallowPassedDates": True})
    control = the(drawn(form, RawSubmission(values={"hari": ("",)})), "#isian-hari")
    assert str(control["min"]).startswith("2026-11-21")
    assert control.get("step") == (None if kind == "date" else "900")


def test_numbers_of_people_bring_their_keyboard() -> None:
    page = drawn(FORM, FRESH)
    modes = {name: the(page, f"#isian-{name}").get("inputmode") for name in ("nik", "telepon")}
    assert modes == {"nik": "numeric", "telepon": "tel"}
    assert the(page, "#isian-jumlah")["inputmode"] == "decimal"
    assert not the(page, "#isian-nama").has_attr("inputmode")


def test_each_file_field_says_what_it_takes() -> None:
    page = drawn(FORM, raw(keperluan="alat"))
    assert words(the(page, "#isian-lampiran-batas")) == (
        "Yang diterima: .pdf, .jpg, .png, paling besar 20 MB tiap berkas."
    )
    assert words(the(page, "#isian-penawaran-batas")) == (
        "Dokumen, gambar, atau teks, paling besar 20 MB tiap berkas."
    )


def test_a_full_table_offers_no_row_more() -> None:
    rows = {f"barang.{n}.jenis": ("mesin",) for n in range(200)}
    page = drawn(FORM, RawSubmission(values={**raw(keperluan="alat").values, **rows}))
    assert not page.select("button[name=_tambah]")
    assert "Paling banyak 200 baris." in page.text
