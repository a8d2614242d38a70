"""The administrator's pages in a real browser: no barrier that axe can find, not wider than a phone, and a walk through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk
    from playwright.sync_api import Page

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

PHONE = 390
FILE = """nama_masuk;nama;jabatan;sebagai;nomor_surat;sampai
sari.arsip;Sari Wulandari;;;;
sari.arsip;;Caraka;Plh;094/12/2026;31/12/2030
"""
BROKEN = "nama_masuk;nama;jabatan\nsalah;Orang;Caroka\nbenar;Orang Lain;Caraka\n"


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """Give the administrator's desk."""
    desk: Desk = open_desk("admin")
    return desk


def is_sound(page: Page) -> bool:
    """Tell whether axe finds nothing at both widths, and nothing sticks out on a phone."""
    assert complaints_at_widths(page) == []
    return True


def choose_file(page: Page, content: str) -> None:
    """Choose a CSV file and let it be checked."""
    chosen = {"name": "pegawai.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.goto("/kantor/pegawai/impor")
    page.locator("#berkas").set_input_files(chosen)
    page.get_by_role("button", name="Periksa berkas").click()


def test_the_office_s_pages_have_no_barrier(desk: Desk) -> None:
    page = desk.page
    for address in (
        "/kantor",
        "/kantor/pegawai",
        "/kantor/pegawai/baru",
        "/kantor/pegawai/impor",
        "/kantor/jabatan",
        "/kantor/jabatan-baru",
        "/kantor/jabatan/kepala_dinas",
        "/kantor/jabatan/kepala_dinas/ubah",
        "/kantor/unit",
        "/kantor/unit-baru",
        "/kantor/unit/pimpinan",
    ):
        page.goto(address)
        assert is_sound(page)
    page.goto("/kantor/pegawai?cari=auditor")
    desk.follow("Auditor")
    assert is_sound(page)
    desk.follow("Ubah")
    desk.fill("Nama masuk", "dua kata")
    desk.press("Simpan")
    assert page.evaluate("document.activeElement.id") == "kesalahan"
    assert is_sound(page)


def test_a_person_is_imported_made_deputy_and_closed_again(desk: Desk) -> None:
    page = desk.page
    choose_file(page, BROKEN)
    assert "1 dari 2 baris perlu diperbaiki" in desk.text
    assert page.evaluate("document.activeElement.id") == "kesalahan"
    assert is_sound(page)
    choose_file(page, FILE)
    assert is_sound(page)
    desk.shoot("impor-periksa")
    desk.press("Masukkan semua")
    assert desk.title == "Pegawai dimasukkan"
    assert is_sound(page)
    page.goto("/kantor")
    assert is_sound(page)  # with somebody who has no password yet
    desk.follow("Sari Wulandari")
    assert "Plh. Caraka" in desk.text
    assert is_sound(page)
    for act in ("Beri jabatan", "Akhiri", "Tutup akun"):
        desk.follow(act)
        assert is_sound(page)
        if act != "Tutup akun":
            page.go_back()
    desk.press("Tutup akun")
    assert "Alasan belum diisi" in desk.text
    desk.fill("Alasan", "selesai magang")
    desk.press("Tutup akun")
    assert "Akun ditutup" in desk.text


def test_a_link_for_a_password_is_shown_once(desk: Desk) -> None:
    desk.page.goto("/kantor/pegawai?cari=auditor")
    desk.follow("Auditor")
    desk.press("Buat tautan kata sandi")
    assert desk.title == "Tautan kata sandi"
    assert "/sandi-baru/" in desk.text
    assert is_sound(desk.page)
