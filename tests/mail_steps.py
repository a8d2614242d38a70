"""What the people of the office do with a letter at their desks, step by step: both mail processes in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desk import Desk

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


def record_letter(desk: Desk, subject: str, content: bytes = LETTER) -> None:
    start(desk, "Pelayanan Surat Masuk")
    assert desk.title == "Mengirim surat ke dinas"
    assert "atas nama Dinas/Masyarakat/Lembaga Lain" in desk.text
    desk.fill("Nama pengirim/instansi", "Dinas Perdagangan")
    desk.fill("Tanggal surat", "2026-11-18")
    desk.fill("Perihal", subject)
    desk.attach("Berkas surat", "undangan.pdf", content)
    send(desk)


def receive_letter(desk: Desk, nature: str = "Segera") -> None:
    assert desk.title == "Menerima surat"
    desk.fill("Tanggal diterima", "2026-11-20T09:15")
    desk.choose("Cara diterima", "Pos/ekspedisi")
    desk.fill("Asal surat", "Dinas Perdagangan")
    desk.choose("Sifat surat", nature)
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


def instruct(desk: Desk, subject: str, *units: str) -> None:
    take(desk, subject)
    assert desk.title == "Memberi disposisi"
    for unit in units:
        desk.tick(unit, under="Diteruskan kepada")
    desk.fill("Isi disposisi", "Hadir dan laporkan.")


def pass_on(desk: Desk, subject: str, *units: str) -> None:
    take(desk, subject, "Meneruskan disposisi")
    assert "Hadir dan laporkan." in desk.text
    assert ", ".join(units) in desk.text
    desk.fill("Arahan tambahan", "Siapkan bahan.")
    desk.fill("Tanggal diteruskan", "2026-11-21")
    send(desk)


def hand_out(desk: Desk, subject: str, first: str, second: str) -> None:
    take(desk, subject)
    assert desk.title == "Mendistribusikan surat sesuai disposisi"
    desk.fill("Unit", first, row=1)
    desk.press("Tambah baris")
    desk.fill("Unit", second, row=2)
    desk.fill("Diterima oleh", "Petugas koperasi", row=2)
    desk.fill("Waktu diterima", "2026-11-21T10:00", row=2)
    send(desk)


def open_case(desk: Desk, subject: str, of: str = "") -> None:
    """Open a case from the list, where there are more with this subject the one of a process."""
    desk.follow("Perkara")
    desk.row(subject).filter(has_text=of).get_by_role("link").first.click()


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
    fill_draft(desk, name, LETTER + name.encode())


def fill_draft(desk: Desk, name: str, content: bytes) -> None:
    assert desk.title == "Membuat draf surat"
    desk.choose("Jenis naskah", "Undangan")
    desk.attach("Draf surat", name, content)


def verify(desk: Desk, subject: str, verdict: str) -> None:
    take(desk, subject)
    assert desk.title == "Memverifikasi draf surat"
    desk.tick(verdict, under="Keputusan")


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
