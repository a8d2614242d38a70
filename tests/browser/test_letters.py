"""The agenda book in a real browser: on paper, and a register's rule tried out before it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

LONG = "\n".join(f"Baris {line} dari isi ringkas." for line in range(30))


def take_by_hand(desk: Desk, subject: str) -> str:
    """Take a number without a case, and give it."""
    desk.follow("Buku agenda")
    desk.follow("Ambil nomor")
    desk.fill("Kode klasifikasi", "500.3")
    desk.fill("Perihal", subject)
    desk.fill("Isi ringkas", LONG)
    desk.fill("Alasan", "Surat dibuat sebelum prosesnya ada.")
    desk.press("Ambil nomor")
    assert "Nomor diambil." in desk.text
    return desk.title


def test_the_book_is_printed_on_numbered_landscape_pages_each_with_its_heading(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk("mikro")
    numbers = [take_by_hand(desk, subject) for subject in ("Undangan satu", "Undangan dua")]
    desk.follow("Buku agenda")
    desk.shoot("buku-agenda")
    desk.follow("Cetak")
    paper = pypdfium2.PdfDocument(desk.page.pdf(prefer_css_page_size=True))
    sheets = [sheet.get_textpage().get_text_range() for sheet in paper]
    assert len(sheets) >= 2
    assert {tuple(map(round, sheet.get_size())) for sheet in paper} == {(842, 595)}
    for page, sheet in enumerate(sheets, 1):
        assert "Isi ringkas" in sheet
        assert f"Halaman {page} dari {len(sheets)}" in sheet
    written = "".join("".join(sheets).split())
    for number in numbers:
        assert number in written
    assert "BUKU AGENDA SURAT KELUAR" in sheets[0]
    assert "Dinas Koperasi dan Usaha Mikro Kota Pasuruan" in sheets[0]
    assert not any("Buku agenda untuk dicetak" in sheet for sheet in sheets)


def test_a_register_s_numbers_are_looked_at_before_the_rule_is_saved(open_desk: OpenDesk) -> None:
    desk = open_desk("admin")
    desk.follow("Register surat")
    desk.follow("Tambah register")
    desk.fill("Pola nomor", "SK/{nomor}/{tahun}")
    desk.fill("Banyaknya angka", "4")
    desk.press("Lihat contoh")
    assert "SK/0001/" in desk.text
    desk.shoot("register-contoh")
    desk.press("Simpan")
    assert "Belum disimpan" in desk.text
    desk.fill("Kata register", "keputusan")
    desk.fill("Nama register", "Surat keputusan")
    desk.choose("Isi buku agenda", "Naskah lain (misalnya SK, SPPD)")
    desk.tick("Sekretariat/Bidang", under="Lajur yang menomori suratnya")
    desk.press("Simpan")
    assert "Aturan nomor disimpan." in desk.text
    assert "Surat keputusan" in desk.text
