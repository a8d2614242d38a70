"""Agenda books, numbers by hand and registers, by HTTP."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_office import UNUSED
from letter_pages import ASKED, take
from web_kit import FIRST_REQUEST, Caller, Seen, parts_of, pdf

from engine.actor import Role, Signature
from engine.chain import agency_chain
from engine.history import LetterNumberReserved
from engine.ids import AgencyId, PersonId, PostId
from engine.store import Registration
from engine.testing import example_office, example_post
from storage.history import list_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

BOOK, HAND = "/agenda/surat_keluar", "/agenda/surat_keluar/ambil"


@pytest.fixture
def clerk(desk: Desk) -> Caller:
    """Give the browser of a clerk whose lane numbers outgoing letters."""
    return desk("mikro")


def void(caller: Caller, page: Seen, reason: str = "salah klasifikasi") -> Seen:
    """Void the number of a page."""
    return caller.post(f"{page.path}/batal", {**page.form("/batal"), "alasan": reason})


def cells(page: Seen) -> list[list[str]]:
    """Give the lines of the page's table."""
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in page.page.select("table tbody tr")
    ]


# numbers by hand


def test_a_number_is_taken_by_hand_and_stands_in_the_book(clerk: Caller) -> None:
    page = take(clerk)
    assert page.heading == "000.8.3.3/001/UM/XI/2026"
    assert "Nomor diambil. Sementara" in page.text
    (line,) = cells(clerk.get(BOOK))
    assert line[0].startswith("1 ")
    assert "000.8.3.3/001/UM/XI/2026 21 November 2026" in line[2]
    assert line[3:5] == ["Camat Gadingrejo", "Undangan rapat luar biasa"]
    assert "Tanpa perkara: Surat dibuat sebelum" in line[5]


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(clerk: Caller) -> None:
    page = take(clerk, subject="", classification="", letter_date="31/31/2026")
    assert page.status == 422
    assert page.page.select_one("#subject-salah")
    typed = page.page.select_one("#party")
    assert typed is not None
    assert typed["value"] == "Camat Gadingrejo"
    page = take(clerk, classification="")
    assert page.page.select_one("#classification-salah")
    page = take(clerk, reason=" ", unit="", subject="")
    for wrong in ("reason", "unit", "subject"):
        assert page.page.select_one(f"#{wrong}-salah"), wrong
    assert cells(clerk.get(BOOK)) == []


def test_the_lines_of_a_summary_are_kept_as_a_browser_sends_them(clerk: Caller) -> None:
    taken = take(
        clerk, summary="Membahas:\r\n1. anggaran\r\n2. jadwal", reason="Mendesak.\r\nLisan."
    )
    assert taken.status == 200
    cell = cells(clerk.get(BOOK))[0]
    assert "Membahas: 1. anggaran 2. jadwal" in cell[4]
    assert "Tanpa perkara: Mendesak. Lisan." in cell[5]


def test_a_letter_dated_back_gets_the_next_number_and_the_page_says_why(clerk: Caller) -> None:
    assert "tidak dapat dipilih, dilompati, atau disisipkan" in clerk.get(HAND).text
    take(clerk)
    page = take(clerk, letter_date="2 Oktober 2026")
    assert page.heading == "000.8.3.3/002/UM/XI/2026"
    newest = cells(clerk.get(BOOK))[0]
    assert "2 Oktober 2026" in newest[2]
    assert "Bertanggal mundur" in newest[5]


def test_the_same_form_sent_twice_takes_one_number(clerk: Caller) -> None:
    fields = {**clerk.get(HAND).form(HAND), **ASKED}
    assert clerk.post(HAND, fields).heading == clerk.post(HAND, fields).heading
    assert len(cells(clerk.get(BOOK))) == 1


def test_a_number_by_hand_is_confirmed_when_its_letter_is_signed(clerk: Caller) -> None:
    page = take(clerk)
    entry = {"subject": "Undangan rapat", "party": "Camat", "letter_date": "2026-11-22"}
    fields = {**page.form("/sahkan"), **entry, "sent_on": "2026-11-23", "summary": ""}
    done = clerk.post(f"{page.path}/sahkan", fields)
    assert "Nomor berlaku." in done.text
    (line,) = cells(clerk.get(BOOK))
    assert line[1] == "23 November 2026"
    assert "Berlaku" in line[0]
    assert not done.page.select('form[action$="/sahkan"]')


def test_a_voided_number_stays_in_the_book_with_its_reason(clerk: Caller) -> None:
    page = take(clerk)
    assert void(clerk, page, " ").status == 422
    done = void(clerk, page)
    assert "tetap tercatat di buku agenda" in done.text
    (line,) = cells(clerk.get(BOOK))
    assert "Batal: salah klasifikasi" in line[5]
    assert take(clerk).heading == "000.8.3.3/002/UM/XI/2026"


def test_a_number_that_changed_meanwhile_is_not_voided(clerk: Caller, desk: Desk) -> None:
    page, other = take(clerk), desk("koperasi")
    void(other, other.get(page.path))
    late = void(clerk, page)
    assert late.status == 409
    assert "baru saja diubah orang lain" in late.text


# who may


@pytest.mark.parametrize("login", ["kepala", "caraka", "umum"])
def test_who_does_not_keep_the_register_does_not_see_its_book(
    desk: Desk, clerk: Caller, login: str
) -> None:
    number = take(clerk).path
    stranger = desk(login)
    for path in (BOOK, f"{BOOK}/cetak", f"{BOOK}/unduh", HAND, number):
        assert stranger.get(path).status == 404, path
    answer = stranger.post(HAND, {**stranger.get("/tugas").form("/keluar"), **ASKED, **request()})
    assert answer.status == 404


def request() -> dict[str, str]:
    """Give a request id."""
    return {"_request": "01kagr3c00c5t6ywhr9n7mxjd4", "_revisi": "1"}


def test_an_auditor_reads_and_changes_nothing(desk: Desk, clerk: Caller) -> None:
    number = take(clerk)
    auditor = desk("auditor")
    assert auditor.get(BOOK).status == auditor.get(f"{BOOK}/unduh").status == 200
    page = auditor.get(number.path)
    assert not page.page.select("main form")
    assert auditor.get(HAND).status == 404
    token = auditor.get("/tugas").form("/keluar")
    refused = auditor.post(f"{number.path}/batal", {**token, **request(), "alasan": "coba"})
    assert refused.status == 403
    assert "hanya dapat diubah oleh jabatan yang menomori suratnya" in refused.text


@pytest.mark.parametrize(
    ("login", "shown"), [("mikro", True), ("umum", True), ("auditor", True), ("caraka", False)]
)
def test_the_navigation_has_the_books_for_who_reads_one(
    desk: Desk, login: str, *, shown: bool
) -> None:
    page = desk(login).get("/tugas")
    links = [link.get_text(strip=True) for link in page.page.select("nav.side a")]
    assert ("Buku agenda" in links) is shown
    assert desk(login).get("/agenda").heading == "Buku agenda"


def test_a_book_of_another_agency_is_not_there(app: Flask, desk: Desk, clerk: Caller) -> None:
    number = take(clerk).path
    other_office(app)
    stranger = desk("luar")
    for path in (BOOK, number, "/register-surat/surat_keluar"):
        assert stranger.get(path).status == 404, path
    assert "Belum ada register" in stranger.get("/register-surat").text


def other_office(app: Flask) -> None:
    """Set up another agency with an administrator."""
    runtime = parts_of(app).runtime
    runtime.set_up(example_office(example_post("tamu", "sekretariat_bidang"), agency="lain"))
    person = Registration(
        person=PersonId("luar"),
        agency=AgencyId("lain"),
        login="luar",
        name="Orang Luar",
        posts=(PostId("tamu"),),
        roles=frozenset({Role.ADMINISTRATOR}),
        password_hash=UNUSED,
    )
    runtime.register(person, by=Signature.of_system())


# the book


def incoming(office: Caller, subject: str = "Permintaan data", **received: str) -> Seen:
    """Record a letter that came in and book it."""
    page = office.start("Pelayanan Surat Masuk")
    letter = {"nama_pengirim": "Provinsi", "nomor_surat": "B/7", "tanggal_surat": "2026-11-19"}
    page = office.send(page, {**letter, "perihal": subject, "berkas_surat": pdf()})
    there = {"tanggal_terima": "2026-11-20T08:00", "cara_terima": "pos", "sifat": "", **received}
    page = office.send(page, {**there, "asal_surat": "Pemerintah Provinsi"})
    booked = {"tanggal_agenda": "2026-11-21", "nomor_surat": "B/7", "perihal": subject}
    more = {"ringkasan": "Data koperasi aktif.", "kode_klasifikasi": ""}
    return office.send(page, {**booked, **more})


def test_the_book_of_incoming_letters_has_the_columns_of_the_rule(desk: Desk) -> None:
    office, head = desk("umum"), desk("kepala")
    incoming(office)
    page = office.get("/agenda/surat_masuk")
    headings = [h.get_text() for h in page.page.select("table thead th")]
    assert headings == [
        "No. urut",
        "Tanggal terima",
        "Tanggal dan nomor surat",
        "Asal surat",
        "Isi ringkas",
        "Unit yang dituju",
        "Keterangan",
    ]
    (line,) = cells(page)
    assert line[0] == "1 , 001/2026 001/2026 Berlaku"
    assert line[1:4] == ["20 November 2026", "19 November 2026 B/7", "Pemerintah Provinsi"]
    assert line[4] == "Permintaan data Data koperasi aktif."
    orders = {"unit_tujuan": ["sekretariat", "bidang_koperasi"], "instruksi": "Siapkan."}
    head.send(head.take_first(), {**orders, "prioritas": "", "tenggat": ""})
    assert cells(office.get("/agenda/surat_masuk"))[0][5] == "Sekretariat, Bidang Koperasi"


def test_a_line_leads_to_its_case_for_who_sees_it(desk: Desk) -> None:
    office = desk("umum")
    case = incoming(office).link("Lihat perkara")
    link = office.get("/agenda/surat_masuk").page.select_one("td.lines a")
    assert link is not None
    assert str(link["href"]) == case.partition("?")[0]


def test_a_secret_letter_shows_number_and_day_only(desk: Desk) -> None:
    office, owner = desk("umum"), desk("pemilik")
    incoming(office, "Perkara yang rahasia", sifat="rahasia")
    for page in (owner.get("/agenda/surat_masuk"), owner.get("/agenda/surat_masuk/cetak")):
        assert "rahasia" in page.text
        assert "Perkara yang rahasia" not in page.text
        assert "Pemerintah Provinsi" not in page.text
        assert "001/2026" in page.text
    assert "Perkara yang rahasia" not in owner.get("/agenda/surat_masuk/unduh").answer.text
    assert "Perkara yang rahasia" in desk("auditor").get("/agenda/surat_masuk").text
    found = owner.get("/agenda/surat_masuk?cari=Perkara")
    assert "Tidak ada surat yang cocok" in found.text


def test_a_book_is_searched_and_narrowed_by_its_address(desk: Desk, clock: FixedClock) -> None:
    take(desk("mikro"))
    clock.advance(timedelta(days=41))
    clerk = desk("mikro")
    take(clerk, subject="Surat tahun baru", letter_date="2026-12-31")
    assert len(cells(clerk.get(BOOK))) == 1
    both = clerk.get(f"{BOOK}?dari=2026-01-01&sampai=2027-12-31")
    assert [line[4] for line in cells(both)] == ["Surat tahun baru", "Undangan rapat luar biasa"]
    found = clerk.get(f"{BOOK}?dari=2026-01-01&sampai=2027-12-31&cari=undangan")
    assert [line[4] for line in cells(found)] == ["Undangan rapat luar biasa"]
    assert cells(clerk.get(f"{BOOK}?dari=2026-01-01&keadaan=voided")) == []
    assert clerk.get(f"{BOOK}?dari=bukan&sampai=tanggal&keadaan=x&halaman=x").status == 200


def test_paper_has_the_office_the_period_and_a_row_of_column_numbers(clerk: Caller) -> None:
    take(clerk)
    take(clerk)
    page = clerk.get(f"{BOOK}/cetak?dari=2026-01-01&sampai=2026-12-31")
    caption = page.page.select_one("caption")
    assert caption is not None
    words = " ".join(caption.get_text(" ").split())
    assert words.startswith("BUKU AGENDA SURAT KELUAR Dinas Koperasi")
    assert "1 Januari 2026 sampai 31 Desember 2026" in words
    counter = [td.get_text() for td in page.page.select("tr.counter td")]
    assert counter == ["1", "2", "3", "4", "5", "6"]
    assert [line[0] for line in cells(page)] == ["1", "2"]


def test_the_file_is_for_a_spreadsheet_and_holds_no_formula(clerk: Caller) -> None:
    take(clerk, subject='=HYPERLINK("http://x")', party="+62; Camat")
    answer = clerk.client.get(f"{BOOK}/unduh")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="agenda-surat_')
    assert answer.data.startswith(b"\xef\xbb\xbf")
    text = answer.data.decode("utf-8-sig")
    heading, line = csv.reader(io.StringIO(text), delimiter=";")
    found = dict(zip(heading, line, strict=True))
    assert found["Hal"] == """'=HYPERLINK("http://x")"""
    assert found["Asal atau tujuan"] == "'+62; Camat"
    assert found["Nomor"] == "000.8.3.3/001/UM/XI/2026"
    assert found["Tanggal nomor diambil"] == "2026-11-21"


def test_numbers_that_hang_say_who_and_since_when(desk: Desk, clock: FixedClock) -> None:
    head, clerk = desk("kepala"), desk("mikro")
    head.send(head.start("Pelayanan Surat Keluar"), FIRST_REQUEST)
    task = clerk.take_first()
    clerk.send(task, {"kode_klasifikasi": "005", "_nomor": "nomor_surat"})
    clock.advance(timedelta(days=3))
    clerk = desk("mikro")
    take(clerk)
    page = clerk.get("/agenda/menggantung")
    of_case, by_hand = cells(page)
    assert of_case[0].startswith("005/001/UM/XI/2026 Undangan sosialisasi izin usaha mikro")
    assert of_case[1] == "Staf Bidang Usaha Mikro"
    assert "3 hari" in of_case[2]
    assert of_case[3].startswith("Sedang berjalan")
    assert by_hand[3] == "Tanpa perkara"
    assert page.page.select_one('a[aria-current="page"] .count').get_text() == "2"  # type: ignore[union-attr]


def test_what_is_taken_by_hand_stands_in_the_office_s_chain(app: Flask, clerk: Caller) -> None:
    take(clerk)
    chain = agency_chain(AgencyId("pasuruan"))
    records = parts_of(app).database.read(lambda c: list_records(c, chain))
    (told,) = [r for r in records if isinstance(r.event, LetterNumberReserved)]
    assert told.by is not None
    assert told.by.post_name == "Staf Bidang Usaha Mikro"
