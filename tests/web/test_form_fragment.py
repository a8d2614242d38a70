"""What the script asks for while a form is filled in: the form alone, and nothing has happened by it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import form_process_kit
import pytest
from bs4 import BeautifulSoup
from web_kit import parts_of, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

FRAGMENT = {"X-Fragment": "1"}


@pytest.fixture
def form(app: Flask, desk: Desk) -> tuple[Caller, Seen]:
    """Give somebody at the first page of a form that has everything."""
    form_process_kit.deploy(parts_of(app))
    clerk = desk("umum")
    return clerk, clerk.start("permohonan")


def ask(caller: Caller, page: Seen, fields: dict[str, object]) -> BeautifulSoup:
    """Give what the script gets for what was typed so far."""
    answer = caller.client.post(
        page.path,
        data={**page.form(page.path), **fields},
        headers=FRAGMENT,
        content_type="multipart/form-data",
    )
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_script_gets_the_form_alone_as_it_is_now(form: tuple[Caller, Seen]) -> None:
    caller, page = form
    assert not page.page.select("#isian-keperluan_lain")
    fragment = ask(caller, page, {"keperluan": "lain", "jumlah": "15000000"})
    assert fragment.select("#isian-keperluan_lain")
    assert "Terbaca: Rp 15.000.000" in fragment.text
    assert not fragment.select("html, body, h1, main, form, .error-summary, .field-error")


def test_nothing_is_checked_stored_or_sent_by_it(form: tuple[Caller, Seen], app: Flask) -> None:
    caller, page = form
    ask(caller, page, {"keperluan": "lain", "nik": "salah", "nama": ""})
    shown = caller.get(page.path)
    assert "Tugas ini belum diambil siapa pun" in shown.text
    assert not shown.page.select("[value=lain][checked]")
    assert parts_of(app).files.list_uploads(person_of(app, "umum")) == ()


def test_the_same_page_can_be_sent_afterwards(form: tuple[Caller, Seen]) -> None:
    caller, page = form
    fields = {
        "nama": "Ani",
        "nik": "3575011203900001",
        "telepon": "",
        "keperluan": "modal",
        "jumlah": "1.500.000",
        "dibutuhkan": "",
        "kota": "Pasuruan",
        "benar": "ya",
    }
    ask(caller, page, fields)
    sent = caller.send(page, fields)
    assert sent.heading == "Membaca permohonan"
    assert "357501 120390 0001" in sent.text


def test_somebody_who_may_not_send_gets_nothing(form: tuple[Caller, Seen], desk: Desk) -> None:
    caller, page = form
    caller.post(f"{page.path}/ambil", page.form("/ambil"))
    token = page.form(page.path)
    answer = caller.client.post(page.path, data=token, headers=FRAGMENT)
    assert answer.status_code == 200
    head = desk("kepala")
    refused = head.client.post(
        page.path,
        data={**token, "_csrf": head.get("/tugas").form("/keluar")["_csrf"]},
        headers=FRAGMENT,
    )
    assert refused.status_code in (403, 404, 409)
    assert "isian-nama" not in refused.text


def test_without_the_token_of_the_page_nothing_is_answered(form: tuple[Caller, Seen]) -> None:
    caller, page = form
    answer = caller.client.post(page.path, data={"keperluan": "lain"}, headers=FRAGMENT)
    assert answer.status_code == 403


def test_without_a_script_the_button_does_the_same(form: tuple[Caller, Seen]) -> None:
    caller, page = form
    fields = {"keperluan": "lain", "nama": "Ani", "_aksi": "perbarui", "lampiran": pdf()}
    shown = caller.send(page, fields)
    assert shown.status == 200
    assert shown.page.select("#isian-keperluan_lain[autofocus]")
    assert "draf.pdf" in shown.text
    assert not shown.page.select(".error-summary")


def test_a_file_is_looked_at_when_it_comes_in(form: tuple[Caller, Seen], app: Flask) -> None:
    caller, page = form
    program = (io.BytesIO(b"MZ\x90\x00" + b"\0" * 80), "surat.pdf", "application/pdf")
    shown = caller.send(page, {"keperluan": "modal", "lampiran": program})
    assert shown.status == 422
    assert "Berkas “surat.pdf” memuat program" in shown.text
    assert not shown.page.select("input[name='_berkas.lampiran']")
    assert parts_of(app).files.list_uploads(person_of(app, "umum")) == ()
    named = (io.BytesIO(b"%PDF-1.7 isi"), "../../surat.pdf", "text/html")
    shown = caller.send(page, {"keperluan": "modal", "lampiran": named})
    (kept,) = parts_of(app).files.list_uploads(person_of(app, "umum"))
    assert (kept.name, kept.content_type) == ("surat.pdf", "application/pdf")


def person_of(app: Flask, login: str) -> str:
    """Give the id of a person."""
    known = parts_of(app).directory.find_credentials(login)
    assert known is not None
    return known.person


def test_a_draft_says_which_file_was_not_taken(form: tuple[Caller, Seen], app: Flask) -> None:
    caller, page = form
    program = (io.BytesIO(b"MZ\x90\x00" + b"\0" * 80), "surat.pdf", "application/pdf")
    fields = {**page.form(page.path), "nama": "Ani", "lampiran": program}
    shown = caller.post(f"{page.path}/konsep", fields)
    assert "Berkas “surat.pdf” memuat program" in shown.text
    assert caller.get(page.path).page.select("#isian-nama[value=Ani]")
    assert parts_of(app).files.list_uploads(person_of(app, "umum")) == ()


def test_what_was_typed_in_a_hidden_field_is_kept_in_a_draft(form: tuple[Caller, Seen]) -> None:
    caller, page = form
    fields = {**page.form(page.path), "keperluan": "modal", "keperluan_lain": "Sewa kios"}
    caller.post(f"{page.path}/konsep", fields)
    again = caller.get(page.path)
    assert again.page.select("input[type=hidden][name=keperluan_lain][value='Sewa kios']")
