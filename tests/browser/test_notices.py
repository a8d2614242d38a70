"""The bell at work: an act at one desk rings at another, and leads straight to what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

LETTER = b"%PDF-1.4 letter"
WITHIN = 10_000
"""Milliseconds in which the worker has told; it is woken at once, but the machine may be busy."""


def unread(desk: Desk) -> int:
    """Give the number that the bell shows; it is counted when a page is opened."""
    desk.page.goto("/tugas")
    shown = desk.page.locator("a.bell b")
    return int(shown.inner_text().split()[0]) if shown.count() else 0


def bell(desk: Desk, expected: Callable[[int], bool]) -> None:
    """Wait until the bell shows what is expected; others may be at work before this test, but not during it."""
    for _ in range(100):
        if expected(unread(desk)):
            return
        desk.page.wait_for_timeout(WITHIN / 100)
    assert expected(unread(desk)), unread(desk)


def rings(desk: Desk, number: int) -> None:
    """Wait until the bell shows a number."""
    bell(desk, number.__eq__)


def read_all(desk: Desk) -> None:
    """Begin with a bell that shows nothing."""
    desk.page.goto("/pemberitahuan")
    if desk.page.get_by_role("button", name="Tandai semua dibaca").count():
        desk.press("Tandai semua dibaca")
    rings(desk, 0)


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


def test_what_one_desk_sends_rings_at_the_next_and_comes_back_as_such(open_desk: OpenDesk) -> None:
    head, staff = open_desk("kepala"), open_desk("koperasi")
    subject = "Undangan dengan lonceng"
    read_all(head)
    read_all(staff)
    ask_for(head, subject)
    rings(staff, 1)
    draft(staff, subject)
    rings(head, 1)
    ask_for_revision(head, subject)
    ask_for(head, "Surat pengantar data koperasi")
    rings(staff, 2)
    staff.page.goto("/pemberitahuan")
    assert "Tugas “Membuat draf surat” kembali kepada Anda" in staff.text
    for width in (1280, 390):
        staff.page.set_viewport_size({"width": width, "height": 900})
        assert complaints(staff.page) == ""
        assert staff.page.evaluate("document.documentElement.scrollWidth") <= width
    staff.shoot("pemberitahuan")
    staff.follow("Tugas “Membuat draf surat” kembali")
    assert "Tanggal belum ada." in staff.text
    rings(staff, 1)


def test_notices_are_read_without_javascript(open_desk: OpenDesk) -> None:
    ask_for(open_desk("kepala"), "Surat tanpa JavaScript")
    staff = open_desk("koperasi", javascript=False)
    bell(staff, lambda number: number > 0)
    staff.page.locator("a.bell").click()
    staff.press("Tandai semua dibaca")
    assert "belum dibaca" not in staff.page.locator("a.bell").inner_text()


def test_the_page_of_failed_jobs_has_no_barrier(open_desk: OpenDesk) -> None:
    admin = open_desk("admin")
    admin.follow("Pekerjaan gagal")
    assert "Tidak ada yang gagal." in admin.text
    assert complaints(admin.page) == ""
