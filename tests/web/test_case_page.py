"""The case page and what stands beside a task: comments, first looks, files that are looked at, linked cases, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pictures import pdf_pages
from web_kit import FIRST_REQUEST, Caller, Seen, parts_of, pdf

from engine.chain import instance_chain
from engine.ids import InstanceId
from storage.history import list_records
from web.headers import DOWNLOAD_POLICY

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    Desk = Callable[[str], Caller]

REQUEST = {**FIRST_REQUEST, "unit_pembuat": "sekretariat"}
DRAFTED = {
    "jenis_naskah": "undangan",
    "perihal": "Undangan",
    "tujuan_surat": "Camat",
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}


@pytest.fixture
def case(desk: Desk) -> str:
    """Give the address of a case whose draft can be made by the secretary and by the staff of the secretariat."""
    head = desk("kepala")
    return head.send(head.start("Pelayanan Surat Keluar"), REQUEST).link("Lihat perkara")


def drafted(desk: Desk, content: bytes, name: str = "draf.pdf") -> Seen:
    """Send the draft with a file, and give the head's next task."""
    clerk = desk("sekretariat")
    clerk.send(clerk.take_first(), {**DRAFTED, "draf_surat": pdf(name, content)})
    return desk("kepala").take_first()


def comment(caller: Caller, page: Seen, text: str) -> Seen:
    """Write a comment on a page."""
    form = page.page.select_one('form[action$="/catatan"]')
    assert form is not None
    return caller.post(str(form["action"]), {**page.form("/catatan"), "catatan": text})


def opened(app: Flask, case: str) -> list[str]:
    """Give who opened a task of the case first, by the history."""
    chain = instance_chain(InstanceId(case.rpartition("/")[2]))
    records = parts_of(app).database.read(lambda c: list_records(c, chain))
    return [r.by.name for r in records if r.event.type == "user_task_opened" and r.by]


def test_a_comment_stands_in_the_timeline_and_on_the_task(desk: Desk, case: str) -> None:
    clerk = desk("sekretariat")
    page = clerk.get(case)
    written = comment(clerk, page, "Pak Camat minta dikirim Senin.\nSudah ditelepon.")
    assert "Catatan Anda ditulis" in written.text
    assert "menulis catatan" in written.text
    task = desk("sekretaris").take_first()
    assert "Pak Camat minta dikirim Senin." in task.text
    assert "tidak dapat diubah atau dihapus" in task.text


def test_a_comment_on_a_task_leads_back_to_the_task(desk: Desk, case: str) -> None:
    assert case
    clerk = desk("sekretariat")
    page = clerk.take_first()
    back = comment(clerk, page, "Menunggu lampiran.")
    assert back.path == page.path
    assert "Menunggu lampiran." in back.text


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2_001], ids=["empty", "blank", "long"])
def test_a_comment_that_is_refused_comes_back_as_it_was(desk: Desk, case: str, text: str) -> None:
    clerk = desk("sekretariat")
    answer = comment(clerk, clerk.get(case), text)
    assert answer.status == 422
    assert "Catatan belum tersimpan" in answer.text
    field = answer.page.select_one("#isi-catatan")
    assert field is not None
    assert field.get_text().strip() == text.strip()
    assert "menulis catatan" not in clerk.get(case).text


def test_an_auditor_reads_comments_and_writes_none(desk: Desk, case: str) -> None:
    clerk, auditor = desk("sekretariat"), desk("auditor")
    comment(clerk, clerk.get(case), "Sudah ditelepon.")
    page = auditor.get(case)
    assert "Sudah ditelepon." in page.text
    assert not page.page.select('form[action$="/catatan"]')
    fields = {**page.form("/keluar"), "_request": "0" * 26, "catatan": "x"}
    assert auditor.post(f"{case}/catatan", fields).status == 403


def test_a_first_look_is_noted_once_and_not_of_who_may_not_do_the_task(
    app: Flask, desk: Desk, case: str
) -> None:
    task = desk("sekretariat").get("/tugas?meja=bebas").page.select_one("a.title")
    assert task is not None
    address = str(task["href"])
    for login in ("auditor", "admin", "kepala", "koperasi"):
        desk(login).get(address)
    assert opened(app, case) == []
    commits = parts_of(app).database.statements.commits
    clerk = desk("sekretariat")
    before = parts_of(app).database.statements.commits
    clerk.client.head(address)
    clerk.client.get(address, headers={"Sec-Purpose": "prefetch"})
    assert parts_of(app).database.statements.commits == before > commits
    clerk.get(address)
    assert opened(app, case) == ["Staf Sekretariat"]
    before = parts_of(app).database.statements.commits
    clerk.get(address)
    assert parts_of(app).database.statements.commits == before
    desk("sekretaris").get(address)
    assert opened(app, case) == ["Staf Sekretariat"]


def test_who_sent_the_case_here_does_not_open_the_own_next_task(app: Flask, desk: Desk) -> None:
    head = desk("kepala")
    page = head.start("Pelayanan Surat Keluar")
    case = page.link("Lihat perkara")
    head.get(page.path)
    assert opened(app, case) == []


def test_the_pages_of_a_file_are_beside_the_decision(desk: Desk, case: str) -> None:
    assert case
    page = drafted(desk, pdf_pages(7))
    pictures = page.page.select(".preview img")
    assert len(pictures) == 5
    assert "Halaman 1 dari 7" in page.text
    assert "5 halaman pertama dari 7" in page.text
    head = desk("kepala")
    shown = head.get(str(pictures[0]["src"])).answer
    assert shown.content_type == "image/png"
    assert shown.data.startswith(b"\x89PNG")
    assert shown.headers["Content-Security-Policy"] == DOWNLOAD_POLICY
    assert shown.headers["Cache-Control"] == "no-store"
    alone = head.get(page.link("Lihat besar"))
    assert alone.heading == "draf.pdf"
    assert len(alone.page.select("img")) == 5


def test_a_file_is_looked_at_once(app: Flask, desk: Desk, case: str) -> None:
    assert case
    page = drafted(desk, pdf_pages(1))
    commits = parts_of(app).database.statements.commits
    assert "Halaman" not in page.text.partition("Berkas")[2].partition("Isian Anda")[0]
    desk("sekretaris")
    before = parts_of(app).database.statements.commits
    assert desk_page_is_shown_again(desk, page)
    assert before > commits
    assert parts_of(app).database.statements.commits == before + 1  # the session of the reader


def desk_page_is_shown_again(desk: Desk, page: Seen) -> bool:
    """Open a page once more at another desk of the same person."""
    return bool(desk("kepala").get(page.path).page.select(".preview img"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 nothing behind it", "rusak atau tidak lengkap"),
        (b"%PDF-1.4\n" + b"x" * 500, "rusak atau tidak lengkap"),
    ],
    ids=["cut", "nonsense"],
)
def test_a_file_that_can_not_be_shown_says_so(
    desk: Desk, case: str, content: bytes, sentence: str
) -> None:
    assert case
    page = drafted(desk, content)
    assert sentence in page.text
    assert not page.page.select(".preview img")
    assert "Unduh" in page.text


def test_a_page_of_a_file_is_there_only_for_who_sees_the_case(desk: Desk, case: str) -> None:
    assert case
    picture = drafted(desk, pdf_pages(1)).page.select_one(".preview img")
    assert picture is not None
    address = str(picture["src"])
    assert desk("kepala").get(address).status == 200
    assert desk("umum").get(address).status == 404
    head = desk("kepala")
    other = head.start("Pelayanan Surat Keluar").link("Lihat perkara")
    elsewhere = address.replace(case, other)
    assert head.get(elsewhere).status == 404
    assert head.get(elsewhere.rpartition("/")[0]).status == 404
    assert head.get(address.replace("/1", "/99")).status == 404


def test_what_changed_since_the_last_round_is_told(desk: Desk, case: str) -> None:
    assert case
    head, clerk = desk("kepala"), desk("sekretariat")
    page = head.get(drafted(desk, pdf_pages(1)).path)
    assert "Lihat perubahan" not in page.text
    head.send(page, {"keputusan": "revisi", "catatan_revisi": "Sebutkan tempat."})
    again = clerk.take_first()
    assert "Putaran kedua" in again.text
    assert "Sebutkan tempat." in again.text
    kept = {"_berkas.draf_surat": str(_kept(again)), "perihal": "Undangan di Gedung Serbaguna"}
    clerk.send(again, {**DRAFTED, **kept})
    third = head.take_first()
    rows = [" ".join(row.get_text(" ").split()) for row in third.page.select(".changes tbody tr")]
    assert rows == ["Perihal Undangan Undangan di Gedung Serbaguna"]


def test_a_step_that_was_taken_back_is_no_round_and_shows_what_was_sent(
    desk: Desk, case: str
) -> None:
    head = desk("kepala")
    page = head.get(head.get(case).link("Tarik kembali"))
    back = head.post(page.path, {**page.form("/tarik"), "alasan": "salah tenggat"})
    assert "Putaran" not in back.text
    assert "Kiriman Anda ditarik kembali" in back.text
    assert "↻" not in back.text
    field = back.page.select_one('input[name="perihal"]')
    assert field is not None
    assert field["value"] == REQUEST["perihal"]
    assert "Yang sudah terjadi" not in back.text


def test_who_decides_sees_what_was_corrected_and_why(desk: Desk, case: str) -> None:
    head, clerk = desk("kepala"), desk("sekretariat")
    page = head.get(head.get(case).link("Koreksi"))
    fields = {**page.form(page.path.partition("/koreksi/")[2]), **REQUEST, "tujuan_surat": "Lurah"}
    done = head.post(page.path, {**fields, "_alasan": "salah tujuan"})
    assert done.status == 200, done.page.select_one("#kesalahan")
    task = clerk.take_first()
    assert "Tujuan surat Lurah" in task.text
    assert "Dikoreksi Kepala Dinas" in task.text
    assert "salah tujuan" in task.text
    assert "Camat se-Kota Pasuruan" not in task.text


def _kept(page: Seen) -> object:
    box = page.page.select_one('input[name="_berkas.draf_surat"]')
    assert box is not None
    return box["value"]


def test_a_case_for_paper_has_everything_and_no_buttons(desk: Desk, case: str) -> None:
    drafted(desk, pdf_pages(1))
    clerk = desk("sekretariat")
    comment(clerk, clerk.get(case), "Sudah ditelepon.")
    page = clerk.get(clerk.get(case).link("Versi cetak"))
    assert page.heading == "Undangan"
    for words in ("Sudah ditelepon.", "SHA-256", "draf.pdf", "Dicetak 21 November 2026", "Camat"):
        assert words in page.text
    assert not page.page.select(".paper button, .paper form, .paper details")


def test_the_list_says_who_has_what_and_keeps_what_was_asked_in_the_address(
    desk: Desk, case: str
) -> None:
    assert case
    clerk = desk("sekretariat")
    page = clerk.get("/perkara")
    assert "Sekretariat/Bidang (belum diambil)" in page.text
    task = clerk.take_first()
    clerk.post(f"{task.path}/ambil", task.form("/ambil"))
    found = clerk.get("/perkara?cari=undangan+mikro&keadaan=running&milik=saya&urut=terlama")
    assert "Staf Sekretariat Membuat draf surat" in found.text
    assert found.page.select_one("option[value=running][selected]")
    assert found.page.select_one("option[value=terlama][selected]")
    assert found.page.select_one("#milik[checked]")
    assert "Terlama lebih dahulu" in found.text
    none = clerk.get("/perkara?cari=tidak+ada")
    assert "Tidak ada perkara yang cocok" in none.text
    assert none.link("Hapus saringan") == "/perkara"


@pytest.mark.parametrize(
    "query", ["keadaan=x&urut=y", "proses=tidak+ada", "halaman=99", "cari=%00"]
)
def test_a_strange_wish_gives_a_page(desk: Desk, case: str, query: str) -> None:
    assert case
    assert desk("kepala").get(f"/perkara?{query}").status == 200
