"""A day in the office: twelve people, both mail maps, each at a browser of their own, and all of it comes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mail_steps import (
    deliver,
    file_letter,
    fill_draft,
    hand_out,
    instruct,
    open_case,
    pass_on,
    receive_letter,
    record_letter,
    request_letter,
    send,
    take,
    take_number,
    verify,
)
from office_day import Office, bell, counted, in_days
from pictures import pdf_pages
from serving import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from desk import Desk

    OpenDesk = Callable[..., Desk]

pytestmark = pytest.mark.browser

INVITATION, SECRET = "Undangan gelar produk koperasi", "Hasil pemeriksaan khusus"
OUTGOING = "Edaran laporan tahunan koperasi"
UNITS = ("Bidang Koperasi", "Bidang Usaha Mikro")
INCOMING_MAP = "Pelayanan Surat Masuk"
FOLLOW_UP = "Menindaklanjuti disposisi"
PEOPLE = (
    *("kepala", "sekretaris", "kabid.koperasi", "kabid.mikro", "umum", "sekretariat"),
    *("koperasi", "mikro", "caraka", "pemilik", "auditor", "admin"),
)
ASSIGNMENT = "800/17/SEKR/2026"
ACTING = "Plh. Sekretaris Dinas"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of an office where nothing happened before this day, so that counts can be told."""
    server = Server(tmp_path_factory.mktemp("day"))
    server.start()
    yield server.address
    server.stop()


# Incoming letters


def the_post_comes_in(office: Office) -> None:
    general = office["umum"]
    record_letter(general, INVITATION, pdf_pages(1))
    receive_letter(general)
    general.shoot("hari-01-agenda")
    office.numbers[INVITATION] = file_letter(general)
    record_letter(general, SECRET, pdf_pages(2))
    receive_letter(general, "Rahasia")
    office.numbers[SECRET] = file_letter(general)
    first, second = (int(office.numbers[each].partition("/")[0]) for each in (INVITATION, SECRET))
    assert second == first + 1


def the_head_disposes(office: Office) -> None:
    head = office["kepala"]
    assert INVITATION in bell(head)
    head.shoot("hari-02-lonceng-kepala")
    counted(head, "Bisa diambil")
    instruct(head, INVITATION, *UNITS)
    head.fill("Tenggat tindak lanjut", in_days(3))
    head.shoot("hari-03-disposisi-kepala")
    send(head)
    instruct(head, SECRET, "Sekretariat")
    head.fill("Tenggat tindak lanjut", in_days(1))
    send(head)
    assert counted(office["sekretariat"], "Bisa diambil") == 1


def decide(desk: Desk, subject: str, choice: str) -> None:
    """Take a disposition and choose what to do with it."""
    take(desk, subject, FOLLOW_UP)
    assert desk.title == FOLLOW_UP
    assert "Hadir dan laporkan." in desk.text
    desk.tick(choice, under="Tindakan Anda")


def the_units_follow_up(office: Office) -> None:
    manager = office["kabid.koperasi"]
    decide(manager, INVITATION, "Disposisi lanjutan")
    manager.tick("Staf Bidang Koperasi", under="Diteruskan kepada")
    manager.fill("Isi disposisi lanjutan", "Siapkan tiga produk unggulan.")
    manager.fill("Tenggat tindak lanjut", in_days(2))
    manager.shoot("hari-04-disposisi-lanjutan")
    send(manager)
    other = office["kabid.mikro"]
    decide(other, INVITATION, "Dikembalikan kepada pemberi disposisi")
    other.fill("Alasan pengembalian", "Gelar produk hanya untuk koperasi.")
    send(other)
    clerk = office["koperasi"]
    take(clerk, INVITATION, FOLLOW_UP)
    assert "Siapkan tiga produk unggulan." in clerk.text
    clerk.tick("Ditindaklanjuti sampai selesai", under="Tindakan Anda")
    clerk.fill("Hasil tindak lanjut", "Tiga produk terdaftar.")
    send(clerk)


def the_head_reviews(office: Office) -> None:
    head = office["kepala"]
    take(head, INVITATION, "Meninjau disposisi yang dikembalikan")
    assert "Gelar produk hanya untuk koperasi." in head.text
    head.shoot("hari-05-tinjau")
    head.tick("Tetap kepada penerima semula", under="Keputusan Anda")
    head.fill("Catatan untuk penerima", "Hadir dan laporkan. Usaha mikro juga diundang.")
    send(head)
    clerk = office["mikro"]
    decide(clerk, INVITATION, "Ditindaklanjuti sampai selesai")
    assert "Usaha mikro juga diundang." in clerk.text
    clerk.shoot("hari-06-tindak-lanjut-kedua")
    clerk.fill("Hasil tindak lanjut", "Dua usaha mikro ikut.")
    send(clerk)
    open_case(head, INVITATION, of=INCOMING_MAP)
    head.follow("Siapa memegang apa")
    for said in ("Bidang Koperasi Diteruskan", "Tiga produk terdaftar.", "Dua usaha mikro ikut."):
        assert said in head.text
    head.shoot("hari-07-pohon-disposisi")


# The secretary goes away


def the_secretary_puts_a_task_aside(office: Office) -> None:
    secretary = office["sekretaris"]
    take(secretary, SECRET, "Meneruskan disposisi")
    before = counted(secretary, "Untuk saya")
    secretary.follow(SECRET)
    secretary.follow("Tunda")
    secretary.fill("Muncul kembali pada", in_days(2))
    secretary.shoot("hari-08-tunda")
    secretary.press("Tunda")
    assert counted(secretary, "Untuk saya") == before - 1
    secretary.shoot("hari-09-meja-sekretaris")
    assert secretary.row(SECRET).count() == 0
    secretary.tick("Tampilkan yang ditunda (1)")
    secretary.press("Tampilkan")
    assert "Ditunda sampai" in secretary.row(SECRET).inner_text()


def somebody_acts_for_the_secretary(office: Office) -> None:
    admin = office["admin"]
    admin.follow("Kantor")
    admin.shoot("hari-10-kantor")
    admin.page.goto("/kantor/pegawai?cari=sekretariat")
    admin.follow("Staf Sekretariat")
    admin.follow("Beri jabatan")
    admin.choose("Jabatan", "Sekretaris Dinas")
    admin.tick("Plh. (pelaksana harian): pemegangnya berhalangan sementara")
    admin.fill("Nomor surat penugasan", ASSIGNMENT)
    admin.fill("Hari terakhir", in_days(0))
    admin.shoot("hari-11-beri-jabatan")
    admin.press("Simpan")
    assert ACTING in admin.text
    assert ASSIGNMENT in admin.text
    admin.shoot("hari-12-pegawai")
    deputy = office["sekretariat"]
    pass_on(deputy, INVITATION, *UNITS)
    hand_out(office["umum"], INVITATION, *UNITS)
    open_case(deputy, INVITATION, of=INCOMING_MAP)
    assert "Selesai" in deputy.text
    assert ACTING in deputy.text
    deputy.shoot("hari-13-perkara-plh")


# An outgoing letter


def the_head_asks_for_a_letter_and_takes_it_back(office: Office) -> None:
    head = office["kepala"]
    request_letter(head, "Edaran laporan")
    head.follow("Lihat perkara")
    head.follow("Tarik kembali")
    head.fill("Alasan", "Perihal kurang lengkap.")
    head.press("Tarik kembali")
    assert head.title == "Meminta pembuatan surat"
    head.fill("Perihal", "Edaran laporan tahunan kopersi")
    send(head)
    head.follow("Lihat perkara")
    head.follow("Koreksi")
    head.fill("Perihal", OUTGOING)
    head.fill("Alasan koreksi", "Salah ketik.")
    head.press("Simpan koreksi")
    assert head.title == OUTGOING
    assert "Perihal kurang lengkap." in head.text
    assert "“Edaran laporan tahunan kopersi” → “Edaran laporan tahunan koperasi”" in head.text
    head.shoot("hari-14-perkara-koreksi")


def the_manager_gives_it_to_a_clerk(office: Office) -> None:
    manager = office["kabid.koperasi"]
    manager.follow("Tim saya")
    manager.shoot("hari-15-tim")
    manager.follow("Semua tugas tim")
    manager.row(OUTGOING).locator("input[name=tugas]").check()
    manager.shoot("hari-16-tugas-tim")
    manager.press("Tugaskan ke…")
    manager.choose("Kepada", "Staf Bidang Koperasi")
    manager.fill("Catatan", "Tolong hari ini.")
    manager.shoot("hari-17-tugaskan")
    manager.press("Tugaskan")
    assert "Staf Bidang Koperasi" in manager.row(OUTGOING).inner_text()


def the_clerk_drafts(office: Office) -> None:
    clerk = office["koperasi"]
    assert OUTGOING in bell(clerk)
    counted(clerk, "Untuk saya")
    clerk.shoot("hari-18-meja-koperasi")
    clerk.follow(OUTGOING)
    task = clerk.page.url
    clerk.choose("Jenis naskah", "Surat edaran")
    clerk.fill("Kode klasifikasi arsip", "500.3")
    clerk.press("Simpan dulu")
    clerk.follow("Perkara")
    clerk.page.goto(task)
    assert "Konsep Anda, belum terkirim" in clerk.text
    assert clerk.page.locator("[name=kode_klasifikasi]").input_value() == "500.3"
    clerk.page.locator("summary", has_text="Tulis catatan").click()
    clerk.page.locator("#isi-catatan").fill("Format laporan sama dengan tahun lalu.")
    clerk.press("Simpan catatan")
    assert "Format laporan sama dengan tahun lalu." in clerk.text
    office.numbers[OUTGOING] = take_number(clerk)
    fill_draft(clerk, "edaran-1.pdf", pdf_pages(2))
    clerk.shoot("hari-19-draf")
    send(clerk)


def the_letter_goes_back_once(office: Office) -> None:
    head, clerk = office["kepala"], office["koperasi"]
    verify(head, OUTGOING, "Perlu revisi")
    head.fill("Catatan revisi", "Tambahkan batas waktunya.")
    head.shoot("hari-20-verifikasi")
    send(head)
    assert "kembali kepada Anda" in bell(clerk)
    clerk.shoot("hari-21-lonceng-koperasi")
    clerk.follow("Tugas “Membuat draf surat” kembali")
    assert "Tambahkan batas waktunya." in clerk.text
    if clerk.page.get_by_role("button", name="Ambil", exact=True).count():
        clerk.press("Ambil")
    fill_draft(clerk, "edaran-2.pdf", pdf_pages(1))
    clerk.fill("Perbaikan atas catatan revisi", "Batas waktu 31 Januari.")
    clerk.shoot("hari-22-revisi")
    send(clerk)


def the_letter_goes_out(office: Office) -> None:
    head, clerk = office["kepala"], office["koperasi"]
    verify(head, OUTGOING, "Disetujui")
    send(head)
    assert head.title == "Menandatangani surat"
    head.tick("Tanda tangan basah", under="Cara tanda tangan")
    head.fill("Tanggal tanda tangan", in_days(0))
    head.shoot("hari-23-tanda-tangan")
    send(head)
    take(clerk, OUTGOING)
    assert clerk.title == "Memberi nomor surat"
    assert f"{office.numbers[OUTGOING]} Berlaku" in clerk.text  # signing confirmed it
    clerk.fill("Tanggal surat", in_days(0))
    clerk.fill("Kode klasifikasi arsip", "500.3")
    clerk.shoot("hari-24-nomor")
    send(clerk)
    clerk.tick("Stempel sudah dibubuhkan")
    send(clerk)
    messenger = office["caraka"]
    assert OUTGOING in bell(messenger)
    messenger.shoot("hari-25-lonceng-caraka")
    deliver(messenger, OUTGOING)
    assert counted(messenger, "Selesai") == 1
    messenger.shoot("hari-26-selesai-caraka")


# The evening: who looks on, and what the books say


def the_books_tell_the_numbers(office: Office) -> None:
    for login, book, subjects in (
        ("umum", "Surat masuk", (INVITATION, SECRET)),
        ("koperasi", "Surat keluar", (OUTGOING,)),
    ):
        desk = office[login]
        desk.follow("Buku agenda")
        desk.page.locator("nav.tabs a", has_text=book).click()
        for subject in subjects:
            assert office.numbers[subject] in desk.row(subject).inner_text()
            assert "Berlaku" in desk.row(subject).inner_text()
        desk.shoot(f"hari-27-buku-{login}")


def the_auditor_reads_who_did_what(office: Office) -> None:
    auditor = office["auditor"]
    open_case(auditor, OUTGOING)
    history = auditor.text
    for said in (
        "Selesai",
        office.numbers[OUTGOING],
        "Kepala Dinas menarik kembali",
        "Perihal kurang lengkap.",
        "Salah ketik.",
        "Tambahkan batas waktunya.",
        "Batas waktu 31 Januari.",
        "Format laporan sama dengan tahun lalu.",
        "Tolong hari ini.",
        "edaran-2.pdf",
        "Caraka menyelesaikan",
    ):
        assert said in history, said
    assert auditor.page.get_by_role("button", name="Simpan").count() == 0
    auditor.shoot("hari-28-perkara-auditor")
    open_case(auditor, INVITATION, of=INCOMING_MAP)
    assert ACTING in auditor.text
    assert auditor.page.locator(".timeline .when").count() >= 10
    auditor.follow("Versi cetak")
    auditor.shoot("hari-29-versi-cetak")
    for said in (ACTING, office.numbers[INVITATION]):
        assert said in auditor.text


def the_owner_looks_at_the_cases(office: Office) -> None:
    owner = office["pemilik"]
    owner.follow("Perkara")
    owner.shoot("hari-30-perkara-pemilik")
    assert "Selesai" in owner.row(OUTGOING).inner_text()
    assert "Selesai" in owner.row(INVITATION).filter(has_text=INCOMING_MAP).inner_text()


def nobody_else_reads_the_secret(office: Office) -> None:
    for login in ("caraka", "koperasi", "mikro", "kabid.mikro"):
        desk = office[login]
        desk.follow("Perkara")
        desk.fill("Cari nomor, perihal, atau nama orang", SECRET)
        desk.press("Tampilkan")
        assert "Tidak ada perkara yang cocok" in desk.text
        assert desk.row(SECRET).count() == 0
    open_case(office["kepala"], SECRET, of=INCOMING_MAP)
    assert "Sekretaris Dinas" in office["kepala"].text
    assert "Rahasia" in office["kepala"].text
    office["kepala"].shoot("hari-31-perkara-rahasia")


def every_count_agrees(office: Office) -> None:
    for login in sorted(office.present):
        for tab in ("Untuk saya", "Bisa diambil", "Selesai"):
            counted(office[login], tab)
    assert office.present == set(PEOPLE)


def test_twelve_people_work_a_day_on_both_mail_maps(open_desk: OpenDesk) -> None:
    office = Office(open_desk)
    the_post_comes_in(office)
    the_head_disposes(office)
    the_units_follow_up(office)
    the_head_reviews(office)
    the_secretary_puts_a_task_aside(office)
    somebody_acts_for_the_secretary(office)
    the_head_asks_for_a_letter_and_takes_it_back(office)
    the_manager_gives_it_to_a_clerk(office)
    the_clerk_drafts(office)
    the_letter_goes_back_once(office)
    the_letter_goes_out(office)
    the_books_tell_the_numbers(office)
    the_auditor_reads_who_did_what(office)
    the_owner_looks_at_the_cases(office)
    nobody_else_reads_the_secret(office)
    every_count_agrees(office)
