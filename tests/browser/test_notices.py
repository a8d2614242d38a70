"""The bell at work: an act at one desk rings at another, and leads straight to what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LETTER = b"%PDF-1.4 letter"
WITHIN = 10_000
"""Milliseconds in which the worker has told; it is woken at once, but the machine may be busy."""


def bell(desk: Desk, text: str) -> None:
    """Wait until the bell shows a number; it is counted when a page is opened."""
    link = desk.page.locator("a.bell")
    for _ in range(100):
        desk.page.goto("/tugas")
        if text in link.inner_text():
            return
        desk.page.wait_for_timeout(WITHIN / 100)
    expect(link).to_contain_text(text)


def ask_for(desk: Desk, subject: str) -> None:
    desk.follow("Mulai proses")
    desk.press("Mulai Pelayanan Surat Keluar")
    desk.fill("Perihal", subject)
    desk.fill("Tujuan surat", "Koperasi se-kota")
    desk.fill("Pokok isi surat", "Undangan pelatihan.")
    desk.choose("Unit pembuat", "Bidang Koperasi")
    desk.press("Kirim")


def draft(desk: Desk, subject: str) -> None:
    desk.follow("Tugas saya")
    desk.follow("Bisa diambil")
    desk.row(subject).get_by_role("button", name="Ambil").click()
    desk.choose("Jenis naskah", "Undangan")
    desk.attach("Draf surat", "draf.pdf", LETTER)
    desk.press("Kirim")


def ask_for_revision(desk: Desk, subject: str) -> None:
    desk.page.goto("/pemberitahuan")
    desk.page.locator("tr", has_text=subject).locator("a.title").first.click()
    assert desk.title == "Memverifikasi draf surat"
    desk.press("Ambil")
    desk.tick("Perlu revisi", under="Keputusan")
    desk.fill("Catatan revisi", "Tanggal belum ada.")
    desk.press("Kirim")


def complaints(desk: Desk) -> str:
    results = Axe().run(desk.page, options={"runOnly": {"type": "tag", "values": WCAG}})
    return results.generate_report() if results.violations_count else ""


def test_what_one_desk_sends_rings_at_the_next_and_comes_back_as_such(open_desk: OpenDesk) -> None:
    head, staff = open_desk("kepala"), open_desk("koperasi")
    subject = "Undangan dengan lonceng"
    ask_for(head, subject)
    bell(staff, "1")
    draft(staff, subject)
    bell(head, "1")
    ask_for_revision(head, subject)
    ask_for(head, "Surat pengantar data koperasi")
    bell(staff, "2")
    staff.page.goto("/pemberitahuan")
    assert "Tugas “Membuat draf surat” kembali kepada Anda" in staff.text
    for width in (1280, 390):
        staff.page.set_viewport_size({"width": width, "height": 900})
        assert complaints(staff) == ""
        assert staff.page.evaluate("document.documentElement.scrollWidth") <= width
    staff.shoot("pemberitahuan")
    staff.follow("Tugas “Membuat draf surat” kembali")
    assert "Tanggal belum ada." in staff.text
    bell(staff, "1")


def test_notices_are_read_without_javascript(open_desk: OpenDesk) -> None:
    ask_for(open_desk("kepala"), "Surat tanpa JavaScript")
    staff = open_desk("koperasi", javascript=False)
    bell(staff, "belum dibaca")
    staff.page.locator("a.bell").click()
    staff.press("Tandai semua dibaca")
    assert "belum dibaca" not in staff.page.locator("a.bell").inner_text()


def test_the_page_of_failed_jobs_has_no_barrier(open_desk: OpenDesk) -> None:
    admin = open_desk("admin")
    admin.follow("Pekerjaan gagal")
    assert "Tidak ada yang gagal." in admin.text
    assert complaints(admin) == ""
