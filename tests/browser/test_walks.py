"""Both mail processes, walked to their ends in a real browser by the different people of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

LETTER = b"%PDF-1.4 letter"


def start(desk: Desk, process: str) -> None:
    desk.follow("Mulai proses")
    desk.shoot("mulai-proses")
    desk.press(f"Mulai {process}")


def take(desk: Desk, subject: str, step: str = "") -> None:
    """Take the free task of a case (where there are more, the one with this name) from the list and open it."""
    desk.follow("Tugas saya")
    desk.follow("Bisa diambil")
    desk.shoot("tugas-saya")
    desk.row(subject).get_by_role("button", name=f"Ambil {step}").click()
    assert "sekarang ada pada Anda" in desk.text


def send(desk: Desk) -> None:
    desk.press("Kirim")
    assert not desk.mistakes


def record_letter(desk: Desk, subject: str) -> None:
    start(desk, "Pelayanan Surat Masuk")
    assert desk.title == "Mengirim surat ke dinas"
    assert "atas nama Dinas/Masyarakat/Lembaga Lain" in desk.text
    desk.fill("Nama pengirim/instansi", "Dinas Perdagangan")
    desk.fill("Tanggal surat", "2026-11-18")
    desk.fill("Perihal", subject)
    desk.attach("Berkas surat", "undangan.pdf", LETTER)
    send(desk)


def receive_letter(desk: Desk) -> None:
    assert desk.title == "Menerima surat"
    desk.fill("Tanggal diterima", "2026-11-20T09:15")
    desk.choose("Cara diterima", "Pos/ekspedisi")
    desk.fill("Asal surat", "Dinas Perdagangan")
    desk.choose("Sifat surat", "Segera")
    send(desk)


def file_letter(desk: Desk) -> str:
    """Book the letter, and give the number that the register gave it."""
    assert desk.title == "Mengagendakan surat masuk"
    desk.fill("Tanggal agenda", "2026-11-20")
    desk.fill("Ringkasan isi", "Rapat tentang pasar murah.\nTempat: aula.")
    desk.shoot("nomor-belum-diambil")
    taken = take_number(desk)
    send(desk)
    return taken


def take_number(desk: Desk) -> str:
    """Take the letter's number with the form's button; what is typed stays."""
    desk.press("Ambil nomor")
    shown = desk.page.locator(".letter-number")
    shown.wait_for()
    desk.shoot("nomor-diambil")
    return shown.inner_text()


def instruct(desk: Desk, subject: str) -> None:
    take(desk, subject)
    assert desk.title == "Memberi disposisi"
    desk.tick("Bidang Koperasi", under="Diteruskan kepada")
    desk.tick("Sekretariat", under="Diteruskan kepada")
    desk.fill("Isi disposisi", "Hadir dan laporkan.")


def pass_on(desk: Desk, subject: str) -> None:
    take(desk, subject, "Meneruskan disposisi")
    assert "Hadir dan laporkan." in desk.text
    assert "Sekretariat, Bidang Koperasi" in desk.text
    desk.fill("Arahan tambahan", "Siapkan bahan.")
    desk.fill("Tanggal diteruskan", "2026-11-21")
    send(desk)


def hand_out(desk: Desk, subject: str) -> None:
    take(desk, subject)
    assert desk.title == "Mendistribusikan surat sesuai disposisi"
    desk.fill("Unit", "Sekretariat", row=1)
    desk.press("Tambah baris")
    desk.fill("Unit", "Bidang Koperasi", row=2)
    desk.fill("Diterima oleh", "Petugas koperasi", row=2)
    desk.fill("Waktu diterima", "2026-11-21T10:00", row=2)
    send(desk)


def walk_incoming_letter(open_desk: OpenDesk, subject: str, *, javascript: bool) -> Desk:
    """Walk a letter to its end, and give the desk of its officer at its case."""
    general = open_desk("umum", javascript=javascript)
    record_letter(general, subject)
    receive_letter(general)
    taken = file_letter(general)
    head = open_desk("kepala", javascript=javascript)
    instruct(head, subject)
    head.shoot("tugas")
    send(head)
    pass_on(open_desk("sekretaris", javascript=javascript), subject)
    hand_out(general, subject)
    open_case(general, subject, of="Pelayanan Surat Masuk")
    assert "Selesai" in general.text
    assert taken in general.text
    return general


def open_case(desk: Desk, subject: str, of: str = "") -> None:
    """Open a case from the list, where there are more with this subject the one of a process."""
    desk.follow("Perkara")
    desk.row(subject).filter(has_text=of).get_by_role("link").first.click()


def test_an_incoming_letter_is_walked_to_its_end_by_three_people(open_desk: OpenDesk) -> None:
    desk = walk_incoming_letter(open_desk, "Undangan rapat pasar murah", javascript=True)
    desk.shoot("perkara")
    assert "Petugas koperasi" in desk.text


def test_an_incoming_letter_is_walked_to_its_end_without_javascript(open_desk: OpenDesk) -> None:
    desk = walk_incoming_letter(open_desk, "Undangan tanpa JavaScript", javascript=False)
    desk.follow("Buku agenda")
    assert "Undangan tanpa JavaScript" in desk.text


def request_letter(desk: Desk, subject: str) -> None:
    start(desk, "Pelayanan Surat Keluar")
    assert desk.title == "Meminta pembuatan surat"
    desk.fill("Perihal", subject)
    desk.fill("Tujuan surat", "Koperasi se-kota")
    desk.fill("Pokok isi surat", "Undangan pelatihan.")
    desk.choose("Unit pembuat", "Bidang Koperasi")
    send(desk)


def draft(desk: Desk, subject: str, name: str) -> None:
    take(desk, subject)
    assert desk.title == "Membuat draf surat"
    desk.choose("Jenis naskah", "Undangan")
    desk.attach("Draf surat", name, LETTER + name.encode())


def verify(desk: Desk, subject: str, verdict: str) -> None:
    take(desk, subject)
    assert desk.title == "Memverifikasi draf surat"
    desk.tick(verdict, under="Keputusan")


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


def number(desk: Desk, subject: str) -> str:
    take(desk, subject)
    assert desk.title == "Memberi nomor surat"
    desk.fill("Tanggal surat", "2026-11-21")
    desk.fill("Kode klasifikasi arsip", "500.3")
    taken = take_number(desk)
    send(desk)
    assert desk.title == "Membubuhkan stempel"
    desk.tick("Stempel sudah dibubuhkan")
    desk.fill("Jumlah eksemplar", "1.500")
    send(desk)
    return taken


def deliver(desk: Desk, subject: str) -> None:
    take(desk, subject)
    assert desk.title == "Mendistribusikan surat kepada penerima"
    desk.fill("Nama/instansi", "Koperasi Maju", row=1)
    desk.choose("Cara kirim", "Diantar langsung")
    send(desk)


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
