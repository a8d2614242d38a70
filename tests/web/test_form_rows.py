"""What a browser without JavaScript sends: rows that come and go, files, and names of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from form_kit import form_with
from form_page_kit import COMPONENTS, DRAFT, EMPTY, FORM, drawn, pressed, the
from werkzeug.datastructures import MultiDict

from engine.form import (
    RawSubmission,
)
from web.forms import changed_rows, raw_submission

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def test_rows_come_and_go_by_plain_buttons() -> None:
    page = drawn(FORM, EMPTY)
    assert len(page.select("fieldset.row")) == 1
    assert not page.select("button[name=_hapus]")
    page = after(page, the(page, "button[name=_tambah]"))
    assert len(page.select("fieldset.row")) == 2
    the(page, "#isian-penerima-0-nama")["value"] = "Camat A"
    the(page, "#isian-penerima-1-nama")["value"] = "Camat B"
    page = after(page, the(page, "button[name=_tambah]"))
    assert names_in(page) == ["Camat A", "Camat B", ""]
    page = after(page, the(page, "button[name=_hapus][value='penerima.0']"))
    assert names_in(page) == ["Camat B", ""]
    assert the(page, "#isian-penerima-0-nama")["value"] == "Camat B"
    assert all(button.has_attr("formnovalidate") for button in page.select("button"))


def after(page: BeautifulSoup, button: Tag) -> BeautifulSoup:
    """Give the page that answers a row button."""
    sent = pressed(page, button)
    changed = changed_rows(FORM, raw_submission(sent), sent)
    assert changed is not None
    return drawn(FORM, changed)


def names_in(page: BeautifulSoup) -> list[str]:
    return [str(control["value"]) for control in page.select("input[name$='.nama']")]


def test_enter_in_a_form_with_rows_sends_nothing_and_keeps_everything() -> None:
    page = drawn(FORM, RawSubmission(values={"perihal": ("Undangan",)}))
    first = page.select("button")[0]
    assert the(after(page, first), "#isian-perihal")["value"] == "Undangan"


def test_files_of_a_row_move_with_it() -> None:
    components = [{**COMPONENTS[11], "key": "bukti"}, COMPONENTS[1]]
    form = form_with({**COMPONENTS[13], "components": components})
    raw = RawSubmission(
        values={"penerima.0.perihal": ("a",), "penerima.1.perihal": ("b",)},
        files={"penerima.1.bukti": (DRAFT,)},
    )
    changed = changed_rows(form, raw, MultiDict({"_hapus": "penerima.0"}))
    assert changed is not None
    assert changed.values == {"penerima.0.perihal": ("b",)}
    assert changed.files == {"penerima.0.bukti": (DRAFT,)}


@pytest.mark.parametrize("name", ["_tambah", "_hapus"])
@pytest.mark.parametrize(
    "value", ["", "perihal", "asing", "penerima.9", "penerima.x", "asing.0", "<"]
)
def test_a_row_button_that_nobody_drew_changes_nothing(name: str, value: object) -> None:
    raw = RawSubmission(values={"penerima.0.nama": ("a",)})
    assert changed_rows(FORM, raw, MultiDict({name: value})) == raw


def test_a_full_table_takes_no_row_more() -> None:
    raw = RawSubmission(values={f"penerima.{n}.nama": ("a",) for n in range(200)})
    changed = changed_rows(FORM, raw, MultiDict({"_tambah": "penerima"}))
    assert changed is not None
    assert len(changed.values) == 200


def test_sending_is_not_a_change_of_rows() -> None:
    assert changed_rows(FORM, EMPTY, MultiDict({"_aksi": "kirim"})) is None
    assert changed_rows(FORM, EMPTY, MultiDict()) is None


def test_names_of_the_page_itself_are_not_fields() -> None:
    sent = MultiDict(
        [
            ("_csrf", "x"),
            ("_request", "1"),
            ("_revisi", "2"),
            ("_aksi", "kirim"),
            ("_berkas.berkas", DRAFT.digest),
            ("unit", "a"),
            ("unit", "b"),
            ("_asing", "x"),
        ]
    )
    raw = raw_submission(sent, uploads={"berkas": (DRAFT,)}, earlier={DRAFT.digest: DRAFT})
    assert raw.values == {"unit": ("a", "b"), "_asing": ("x",)}
    assert raw.kept == {"berkas": (DRAFT.digest,)}
    assert raw.files == {"berkas": (DRAFT,)}
    assert raw.earlier == {DRAFT.digest: DRAFT}
