"""Persons from a CSV file: what each line would do, what is wrong with it, and that a file is taken whole or not at all."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from office_pages import HOME, hire, page_of, roster, settle_abroad
from web_kit import parts_of

from engine.chain import agency_chain
from engine.history import HoldingStarted, PersonRegistered
from engine.ids import PersonId
from storage.history import list_records
from web.csv_rows import COLUMNS, MOST_BYTES, template

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

IMPORT = "/kantor/pegawai/impor"
HEADER = "nama_masuk;nama;surel;peran;jabatan;sebagai;nomor_surat;mulai;sampai"
GOOD = f"""{HEADER}
ani;Ani Lestari;ani@contoh.go.id;Pegawai;Caraka;;;;
budi;Budi Santoso;;Pegawai+Auditor;;;;;
budi;;;;Sekretaris Dinas;Plh.;094/12/2026;1/12/2026;8 Desember 2026
caraka;;;;staf_umum;;;2026-12-01;
"""


@pytest.fixture
def admin(desk: Desk) -> Caller:
    """Give the administrator's browser."""
    return desk("admin")


def check(admin: Caller, content: bytes | str, name: str = "pegawai.csv") -> Seen:
    """Let a file be checked."""
    sent = content.encode() if isinstance(content, str) else content
    fields = admin.get(IMPORT).form(IMPORT)
    return admin.post(IMPORT, {**fields, "berkas": (io.BytesIO(sent), name, "text/csv")})


def take(admin: Caller, report: Seen) -> Seen:
    """Take a file that was checked."""
    return admin.post(f"{IMPORT}/masukkan", report.form("/masukkan"))


def results(report: Seen) -> list[str]:
    """Give what is said of each line."""
    rows = report.page.select("main tbody tr")
    return [" ".join(row.select("td")[2].get_text(" ", strip=True).split()) for row in rows]


def test_a_good_file_is_only_checked_until_it_is_taken(app: Flask, admin: Caller) -> None:
    before = roster(app)
    report = check(admin, GOOD)
    assert report.status == 200
    assert "Semua 4 baris benar: 2 akun baru, 3 jabatan" in report.text
    assert results(report) == [
        "Benar akun baru: Pegawai; Caraka, sejak 21 November 2026",
        "Benar akun baru: Pegawai, Auditor",
        "Benar pegawai sudah ada; Plh. Sekretaris Dinas, 1 Desember 2026 sampai 8 Desember 2026",
        "Benar pegawai sudah ada; Staf Sub Bagian Umum dan Kepegawaian, sejak 1 Desember 2026",
    ]
    assert roster(app) == before


def test_a_file_that_is_taken_makes_accounts_with_links_and_posts(
    app: Flask, admin: Caller, desk: Desk, visitor: Caller
) -> None:
    page = take(admin, check(admin, GOOD))
    assert page.heading == "Pegawai dimasukkan"
    links = [code.get_text() for code in page.page.select("dd code")]
    assert len(links) == 2
    chosen = visitor.get("/" + links[0].split("/", 3)[3])
    assert "Ani Lestari" in chosen.text
    assert "Caraka" in desk("ani").get("/akun").text
    assert "Plh. Sekretaris Dinas surat 094/12/2026" in admin.get(page_of(app, "budi")).text
    records = parts_of(app).database.read(lambda c: list_records(c, agency_chain(HOME)))
    begun = [r for r in records if r.request]
    (act,) = [r for r in begun if isinstance(r.event, PersonRegistered)]
    told = [r.event for r in records if act.seq in {r.seq, r.cause}]
    assert [type(e) for e in told] == [PersonRegistered] * 2 + [HoldingStarted] * 3
    assert act.by is not None
    assert act.by.name == "Administrator"


def test_a_file_taken_twice_is_taken_once_and_shows_links_again(
    app: Flask, admin: Caller, visitor: Caller
) -> None:
    report = check(admin, GOOD)
    first, again = take(admin, report), take(admin, report)
    assert (first.status, again.status) == (200, 200)
    assert len(roster(app).persons) == 13 + 2
    old, new = ([c.get_text() for c in page.page.select("dd code")] for page in (first, again))
    assert len(old) == len(new) == 2
    assert visitor.get("/" + old[0].split("/", 3)[3]).status == 404
    assert visitor.get("/" + new[0].split("/", 3)[3]).status == 200


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_excel_may_write_it(
    admin: Caller, encoding: str, separator: str, newline: str
) -> None:
    text = newline.join(
        separator.join((login, f'"{name}"', post))
        for login, name, post in (
            ("nama_masuk", "nama", "jabatan"),
            ("ani", "Ani, S.E.; “Žofia”", "Caraka"),
        )
    )
    report = check(admin, text.encode(encoding))
    assert results(report) == ["Benar akun baru: Pegawai; Caraka, sejak 21 November 2026"]
    assert "Ani, S.E.; “Žofia”" in report.text


def test_lines_are_numbered_as_a_spreadsheet_does_and_empty_ones_skipped(admin: Caller) -> None:
    text = "sep=;\nNama Masuk; NAMA ;\n\nani;Ani;\n;;\nAni Besar;Ani;\n"
    report = check(admin, text)
    rows = report.page.select("main tbody tr")
    assert [row.select("td")[1].get_text() for row in rows] == ["4", "6"]
    assert results(report)[1].startswith("Salah Nama masuk “ani besar” tidak dapat dipakai")
    assert "1 dari 2 baris perlu diperbaiki" in report.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ani;;;;;;;;", "Nama belum diisi"),
        (";Ani;;;;;;;", "tidak dapat dipakai"),
        ("ani;=HYPERLINK(1);;;;;;;", "Kolom nama berisi rumus"),
        ("ani;Ani;;;;;+62;;", "Kolom nomor_surat berisi rumus"),
        ("ani;Ani;;;@SUM(1);;;;", "Kolom jabatan berisi rumus"),
        ("ani;-Ani;;;;;;;", "Kolom nama berisi rumus"),
        ("ani;Ani\x07;;;;;;;", "Kolom nama berisi tanda yang tidak terlihat"),
        ('ani;"Ani\nLestari";;;;;;;', "Kolom nama berisi tanda yang tidak terlihat"),
        ("ani;Ani\u202e;;;;;;;", "Kolom nama berisi tanda yang tidak terlihat"),
        ("ani;Ani;bukan;;;;;;", "surel"),
        ("ani;Ani;;Raja;;;;;", "Peran “raja” tidak dikenal"),
        ("ani;Ani;;;Caroka;;;;", "Jabatan “Caroka” tidak ada. Mungkin maksudnya: Caraka"),
        ("ani;Ani;;;xyz;;;;", "Mungkin maksudnya: lihat daftar Jabatan"),
        ("ani;Ani;;;Caraka;Pjs;;;", "“Pjs” tidak dikenal"),
        ("ani;Ani;;;Caraka;Plh;;;1/12/2026", "Nomor surat penugasan"),
        ("ani;Ani;;;Caraka;Plh;1;;", "isi tanggal berakhirnya"),
        ("ani;Ani;;;Caraka;;;31/2/2026;", "“31/2/2026” bukan tanggal"),
        ("ani;Ani;;;Caraka;;;12/2026;", "bukan tanggal"),
        ("ani;Ani;;;Caraka;;;2/12/2026;1/12/2026", "sesudah tanggal mulai"),
        ("ani;Ani;;;Caraka;;;;;;lebih", "di luar kolom"),
        ("kepala;Orang Lain;;;;;;;", "“kepala” sudah dipakai Kepala Dinas"),
        ("kepala;;k@contoh.id;;;;;;", "surel dan perannya diubah pada halamannya"),
        ("caraka;;;;Caraka;;;;", "sudah memegang jabatan"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_and_nothing_is_taken(
    app: Flask, admin: Caller, line: str, said: str
) -> None:
    before = roster(app)
    report = check(admin, f"{HEADER}\nbudi;Budi;;;;;;;\n{line}\n")
    assert report.status == 422
    first, second = results(report)
    assert first.startswith("Benar")
    assert second.startswith("Salah")
    assert said in second
    assert not report.page.select('form[action$="/masukkan"]')
    assert roster(app) == before


def test_a_login_of_another_agency_is_refused_when_the_file_is_taken(
    app: Flask, admin: Caller
) -> None:
    settle_abroad(app)
    before = roster(app)
    report = check(admin, f"{HEADER}\nbudi;Budi;;;;;;;\nasing;Ani;;;;;;;\n")
    page = take(admin, report)
    assert page.status == 422
    assert "“asing” sudah dipakai" in page.text
    assert roster(app) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Kolom nama_masuk, nama tidak ada"),
        (b"login;nama\nani;Ani\n", "Kolom nama_masuk tidak ada"),
        (b"nama_masuk;nama;umur\nani;Ani;3\n", "Kolom umur tidak dikenal"),
        (b"nama_masuk;nama;nama\nani;Ani;Ani\n", "Kolom nama ada lebih dari satu"),
        (b"nama_masuk;nama\n;\n", "Tidak ada baris pegawai"),
        (b'nama_masuk;nama\nani;"Ani\n', "Baris 2 rusak"),
        ("nama_masuk;nama\nani;Žofia\n".encode("utf-16"), "CSV UTF-8"),
        ("nama_masuk;nama\nani;Café\n".encode("cp1252"), "CSV UTF-8"),
        (b"x" * (MOST_BYTES + 1), "paling banyak 500 kB"),
        (b"nama_masuk;nama\n" + b"a;b\n" * 1001, "lebih dari 1000 baris"),
        (b"PK\x03\x04 an xlsx \xff", "CSV UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(admin: Caller, content: bytes, said: str) -> None:
    page = check(admin, content)
    assert page.status == 422
    assert said in page.text


def test_no_file_is_said_too(admin: Caller) -> None:
    page = admin.post(IMPORT, admin.get(IMPORT).form(IMPORT))
    assert page.status == 422
    assert "Pilih dahulu berkas" in page.text


def test_one_bad_line_keeps_the_whole_file_out_even_when_the_form_is_forged(
    app: Flask, admin: Caller
) -> None:
    report = check(admin, GOOD)
    fields = report.form("/masukkan")
    forged = {**fields, "isi": f"{HEADER}\nani;Ani;;;;;;;\nbudi;=1;;;;;;;\n"}
    before = roster(app)
    assert admin.post(f"{IMPORT}/masukkan", forged).status == 422
    assert roster(app) == before


def test_what_changed_since_the_check_is_said_and_nothing_is_taken(
    app: Flask, admin: Caller
) -> None:
    report = check(admin, GOOD)
    hire(app, "ani")
    before = roster(app)
    page = take(admin, report)
    assert page.status == 422
    assert "“ani” sudah dipakai Nama ani" in page.text
    assert roster(app) == before


def test_the_example_file_has_every_column_and_is_read(admin: Caller) -> None:
    answer = admin.get(f"{IMPORT}/contoh.csv").answer
    assert answer.data == template()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="pegawai.csv"'
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == list(COLUMNS)
    assert all(result.startswith("Benar") for result in results(check(admin, answer.data)))


def test_three_hundred_lines_are_taken(app: Flask, admin: Caller) -> None:
    lines = "\n".join(f"p{n:04};Pegawai {n};;;staf_umum;;;;" for n in range(300))
    page = take(admin, check(admin, f"{HEADER}\n{lines}\n"))
    assert len(page.page.select("dd code")) == 300
    found = roster(app)
    assert len(found.persons) == 13 + 300
    assert found.find_actor(PersonId(found.find_login("p0299").id), parts_of(app).clock.now())
