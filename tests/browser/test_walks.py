"""Both mail processes, walked to their ends in a real browser by the different people of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mail_steps import (
    LETTER,
    deliver,
    draft,
    file_letter,
    hand_out,
    instruct,
    number,
    open_case,
    pass_on,
    receive_letter,
    record_letter,
    request_letter,
    send,
    start,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

UNITS = ("Sekretariat", "Bidang Koperasi")


def walk_incoming_letter(open_desk: OpenDesk, subject: str, *, javascript: bool) -> Desk:
    """Walk a letter to its end, and give the desk of its officer at its case."""
    general = open_desk("umum", javascript=javascript)
    record_letter(general, subject)
    receive_letter(general)
    taken = file_letter(general)
    head = open_desk("kepala", javascript=javascript)
    instruct(head, subject, *UNITS)
    head.shoot("tugas")
    send(head)
    pass_on(open_desk("sekretaris", javascript=javascript), subject, *UNITS)
    hand_out(general, subject, *UNITS)
    open_case(general, subject, of="Pelayanan Surat Masuk")
    assert "Selesai" in general.text
    assert taken in general.text
    return general


def test_an_incoming_letter_is_walked_to_its_end_by_three_people(open_desk: OpenDesk) -> None:
    desk = walk_incoming_letter(open_desk, "Undangan rapat pasar murah", javascript=True)
    desk.shoot("perkara")
    assert "Petugas koperasi" in desk.text


def test_an_incoming_letter_is_walked_to_its_end_without_javascript(open_desk: OpenDesk) -> None:
    desk = walk_incoming_letter(open_desk, "Undangan tanpa JavaScript", javascript=False)
    desk.follow("Buku agenda")
    assert "Undangan tanpa JavaScript" in desk.text


def test_an_outgoing_letter_goes_back_once_and_then_to_its_end(open_desk: OpenDesk) -> None:
    subject = "Undangan pelatihan pembukuan"
    head, cooperatives = open_desk("kepala"), open_desk("koperasi")
    request_letter(head, subject)

    draft(cooperatives, subject, "draf-1.pdf")
    send(cooperatives)

    verify(head, subject, "Perlu revisi")
    head.fill("Catatan revisi", "Tanggal belum ada.")
    send(head)

    draft(cooperatives, subject, "draf-2.pdf")
    assert "Tanggal belum ada." in cooperatives.text
    cooperatives.shoot("revisi")
    cooperatives.fill("Perbaikan atas catatan revisi", "Tanggal ditambahkan.")
    send(cooperatives)

    verify(head, subject, "Disetujui")
    send(head)
    assert head.title == "Menandatangani surat"
    head.tick("Tanda tangan basah", under="Cara tanda tangan")
    head.fill("Tanggal tanda tangan", "2026-11-21")
    send(head)

    taken = number(cooperatives, subject)
    deliver(open_desk("caraka"), subject)

    open_case(head, subject)
    assert "Selesai" in head.text
    assert taken.startswith("500.3/")
    assert taken in head.text
    assert "Tanggal belum ada." in head.text  # what was asked in the first round is still told
    assert "draf-2.pdf" in head.text
    assert "1.500" in head.text
    assert "2×" in head.text  # the drawing counts the rounds
    head.shoot("perkara-revisi")


def test_a_form_with_mistakes_comes_back_with_what_was_typed(open_desk: OpenDesk) -> None:
    desk = open_desk("kepala")
    start(desk, "Pelayanan Surat Keluar")
    desk.fill("Pokok isi surat", "Belum lengkap.")
    desk.press("Kirim")
    assert len(desk.mistakes) == 3
    desk.shoot("salah-isi")
    assert "Belum lengkap." in desk.page.content()
    desk.follow(desk.mistakes[0])
    assert desk.page.evaluate("document.activeElement.name") == "perihal"


def test_a_file_is_downloaded_by_its_name_and_never_opened(open_desk: OpenDesk) -> None:
    desk = open_desk("umum")
    record_letter(desk, "Surat dengan berkas")
    open_case(desk, "Surat dengan berkas")
    with desk.page.expect_download() as waiting:
        desk.follow("undangan.pdf")
    assert waiting.value.suggested_filename == "undangan.pdf"
    assert waiting.value.path().read_bytes() == LETTER


def test_a_task_taken_at_another_desk_is_refused_with_who_and_the_text_kept(
    open_desk: OpenDesk,
) -> None:
    subject = "Surat yang diperebutkan"
    request_letter(open_desk("kepala"), subject)
    first, second = open_desk("koperasi"), open_desk("koperasi")
    draft(first, subject, "draf.pdf")
    second.follow("Tugas saya")
    second.row(subject).get_by_role("link").first.click()
    second.choose("Jenis naskah", "Nota dinas")
    second.attach("Draf surat", "lain.pdf", LETTER)
    second.fill("Perbaikan atas catatan revisi", "Teks yang tidak boleh hilang.")
    send(first)
    second.press("Kirim")
    assert second.title == "Isian Anda belum terkirim"
    assert "Staf Bidang Koperasi" in second.text
    assert "Teks yang tidak boleh hilang." in second.text
    second.shoot("belum-terkirim")
