"""Taking back and correcting in a real browser: at both widths, by keyboard names, and without barriers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from barriers import complaints_at_widths

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

WIDTHS = (1280, 390)


def expect_no_barrier(desk: Desk) -> None:
    """Look at the page as axe-core does, wide and narrow; no page may be wider than a phone."""
    assert complaints_at_widths(desk.page) == []


def sent_letter(desk: Desk, subject: str) -> None:
    """Ask for a letter and go to its case."""
    desk.follow("Mulai proses")
    desk.press("Mulai Pelayanan Surat Keluar")
    desk.fill("Perihal", subject)
    desk.fill("Tujuan surat", "Koperasi se-kota")
    desk.fill("Pokok isi surat", "Undangan pelatihan.")
    desk.choose("Unit pembuat", "Bidang Koperasi")
    desk.press("Kirim")
    desk.follow("Lihat perkara")
    assert desk.title == subject


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sent_step_is_taken_back_and_sent_again(open_desk: OpenDesk, javascript: bool) -> None:  # noqa: FBT001 - a browser's switch
    desk = open_desk("kepala", javascript=javascript)
    sent_letter(desk, "Surat yang ditarik")
    desk.shoot("perkara-kiriman")
    desk.follow("Tarik kembali")
    assert desk.title == "Tarik kembali kiriman"
    if javascript:
        expect_no_barrier(desk)
    desk.shoot("tarik-kembali")
    desk.fill("Alasan", "Perihal keliru.")
    desk.press("Tarik kembali")
    assert desk.title == "Meminta pembuatan surat"
    assert "ditarik kembali" in desk.text
    desk.shoot("ditarik-kembali")
    desk.fill("Perihal", "Surat yang dikirim lagi")
    desk.press("Kirim")
    desk.follow("Lihat perkara")
    assert desk.title == "Surat yang dikirim lagi"
    assert "Perihal keliru." in desk.text


def test_a_sent_form_is_corrected(open_desk: OpenDesk) -> None:
    desk = open_desk("kepala")
    sent_letter(desk, "Surat yang salah ketik")
    expect_no_barrier(desk)
    desk.follow("Koreksi")
    assert desk.title == "Koreksi isian"
    expect_no_barrier(desk)
    desk.shoot("koreksi")
    desk.fill("Perihal", "")
    desk.press("Simpan koreksi")
    assert desk.mistakes
    expect_no_barrier(desk)
    desk.fill("Perihal", "Surat yang benar")
    desk.press("Simpan koreksi")
    assert "Alasan belum diisi" in desk.text
    desk.fill("Alasan koreksi", "Salah ketik.")
    desk.press("Simpan koreksi")
    assert desk.title == "Surat yang benar"
    assert "“Surat yang salah ketik” → “Surat yang benar”" in desk.text
    expect_no_barrier(desk)
    desk.shoot("dikoreksi")


def test_what_somebody_has_opened_is_not_taken_back(open_desk: OpenDesk) -> None:
    head, staff = open_desk("kepala"), open_desk("koperasi")
    sent_letter(head, "Surat yang sudah dibuka")
    head.follow("Tarik kembali")
    head.fill("Alasan", "Keliru.")
    staff.page.goto("/tugas?meja=bebas")
    staff.follow("Surat yang sudah dibuka")
    head.press("Tarik kembali")
    assert "sudah dibuka" in head.text
    expect_no_barrier(head)
    head.shoot("tarik-kembali-ditolak")
