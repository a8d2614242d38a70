"""One task at two desks, and what hostile senders try."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from web_kit import FIRST_REQUEST, Caller, Seen, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

REQUEST = {**FIRST_REQUEST, "unit_pembuat": "sekretariat"}
DRAFTED = {"jenis_naskah": "undangan", "perihal": "Undangan", "tujuan_surat": "Camat"}
REST = {"kode_klasifikasi": "", "tanggapan_revisi": "Teks yang panjang sekali."}


@pytest.fixture
def case(desk: Desk) -> str:
    """Give the address of a case whose draft can be made by the secretary and by the staff of the secretariat."""
    head = desk("kepala")
    return head.send(head.start("Pelayanan Surat Keluar"), REQUEST).link("Lihat perkara")


def draft(caller: Caller, page: Seen) -> Seen:
    """Send the draft from a page that was opened before."""
    return caller.send(page, {**DRAFTED, **REST, "draf_surat": pdf()})


def test_a_free_task_is_taken(desk: Desk, case: str) -> None:
    assert case
    clerk = desk("sekretariat")
    page = clerk.take_first()
    held = clerk.post(f"{page.path}/ambil", page.form("/ambil"))
    assert "sekarang ada pada Anda" in held.text
    assert "Untuk saya 1" in clerk.get("/tugas").text
    assert "Ambil" not in [b.get_text(strip=True) for b in held.page.select("main button")]


def test_the_second_of_two_is_told_who_was_first_and_keeps_the_text(desk: Desk, case: str) -> None:
    assert case
    first, second = desk("sekretariat"), desk("sekretaris")
    late_page = second.take_first()
    draft(first, first.take_first())
    answer = draft(second, late_page)
    assert answer.status == 409
    assert (
        "sudah diselesaikan oleh Staf Sekretariat pada 21 November 2026, 08.00 WIB" in answer.text
    )
    assert "Teks yang panjang sekali." in answer.text
    assert "draf.pdf" in answer.text
    assert "Tersimpan sebagai konsep" in answer.text
    shown = second.get(late_page.path)
    assert "sudah diselesaikan oleh Staf Sekretariat" in shown.text
    assert "Teks yang panjang sekali." in shown.text
    assert (
        "Teks yang panjang sekali."
        not in desk("kepala").get(late_page.path).text.partition("Konsep Anda")[2]
    )
    second.post(f"{late_page.path}/konsep/buang", shown.form("/konsep/buang"))
    assert "Konsep Anda" not in second.get(late_page.path).text


def test_a_task_that_another_holds_is_not_taken_away(desk: Desk, case: str) -> None:
    assert case
    first, second = desk("sekretariat"), desk("sekretaris")
    page, late_page = first.take_first(), second.take_first()
    first.post(f"{page.path}/ambil", page.form("/ambil"))
    assert draft(second, late_page).status == 409
    refused = second.post(f"{page.path}/ambil", late_page.form("/ambil"))
    assert refused.status == 409
    assert "sedang dikerjakan oleh Staf Sekretariat" in refused.text
    shown = second.get(page.path)
    assert "sedang dikerjakan oleh Staf Sekretariat" in shown.text
    assert not shown.page.select(f'form[action="{page.path}"]')
    assert "Teks yang panjang sekali." in shown.text


def test_a_form_sent_twice_has_one_effect(desk: Desk, case: str) -> None:
    clerk = desk("sekretariat")
    page = clerk.take_first()
    fields = {**page.form(page.path), **DRAFTED, **REST}
    clerk.post(page.path, {**fields, "draf_surat": pdf()})
    again = clerk.post(page.path, {**fields, "draf_surat": pdf()})
    assert again.status == 200
    assert clerk.get(case).text.count("menyelesaikan “Membuat draf surat”") == 1


def test_a_finished_task_is_shown_as_it_was_sent(desk: Desk, case: str) -> None:
    assert case
    clerk = desk("sekretariat")
    page = clerk.take_first()
    draft(clerk, page)
    shown = clerk.get(page.path)
    assert "sudah diselesaikan oleh Staf Sekretariat" in shown.text
    assert "Yang dikirim" in shown.text
    assert "Teks yang panjang sekali." in shown.text
    assert "Selesai 1" in clerk.get("/tugas?meja=selesai").text


def test_a_due_time_that_has_passed_is_called_late(
    desk: Desk, case: str, clock: FixedClock
) -> None:
    assert case
    assert "Rabu 25 Nov, 23.59" in desk("sekretariat").get("/tugas?meja=bebas").text
    clock.advance(timedelta(days=6))
    late = desk("sekretariat").get("/tugas?meja=bebas")
    assert "Terlambat 1 hari" in late.text
    assert late.page.select("tr.late")


@pytest.mark.parametrize(
    "fields",
    [
        {"__builtins__": "x"},
        {"keputusan": "setuju"},
        {"perihal": "\0"},
        {"perihal": "\x1b[31mmerah"},
        {"jenis_naskah": "bukan pilihan"},
        {"jenis_naskah": ["undangan", "nota_dinas"]},
        {"draf_surat": "bukan berkas"},
        {"_berkas.draf_surat": "0" * 64},
        {"perihal": "x" * 400_000},
    ],
    ids=str,
)
def test_a_hostile_submission_is_refused_and_changes_nothing(
    desk: Desk, case: str, fields: dict[str, object]
) -> None:
    clerk = desk("sekretariat")
    page = clerk.take_first()
    sent = {**DRAFTED, **REST, "draf_surat": pdf(), **fields}
    answer = clerk.send(page, sent)
    assert answer.status == 422, answer.text
    assert "perlu diperbaiki" in answer.text
    assert "Sedang di Sekretariat/Bidang:" in clerk.get(case).text


@pytest.mark.parametrize(
    "broken", [{"_revisi": "x"}, {"_revisi": ""}, {"_request": ""}, {"_request": "A" * 26}]
)
def test_a_form_without_its_control_fields_is_refused(
    desk: Desk, case: str, broken: dict[str, str]
) -> None:
    assert case
    clerk = desk("sekretariat")
    page = clerk.take_first()
    answer = clerk.post(f"{page.path}/ambil", {**page.form("/ambil"), **broken})
    assert answer.status == 400
    assert answer.heading == "Permintaan tidak lengkap"


@pytest.mark.parametrize("page", ["0", "-1", "999999999999", "x", "٣"])
def test_a_strange_page_number_gives_a_page(desk: Desk, page: str) -> None:
    assert desk("kepala").get(f"/tugas?halaman={page}&meja=x").status == 200


@pytest.mark.parametrize("id_", ["x", "-", "a-b", "%00", "01aaaaaaaaaaaaaaaaaaaaaaaa-999"])
def test_a_strange_id_is_not_there(desk: Desk, id_: str) -> None:
    head = desk("kepala")
    assert head.get(f"/tugas/{id_}").status == 404
    assert head.get(f"/perkara/{id_}").status == 404
    assert head.get(f"/perkara/{id_}/berkas/{id_}").status == 404
    assert head.get(f"/tugas?kabar=selesai&id={id_}").status == 200


def test_a_process_of_another_lane_can_not_be_started(desk: Desk) -> None:
    form = desk("kepala").get("/proses").page.select_one("main form")
    assert form is not None
    caraka = desk("caraka")
    assert "Tidak ada proses yang dapat dimulai" in caraka.get("/proses").text
    fields = {**caraka.get("/tugas").form("/keluar"), "_request": "0" * 26}
    assert caraka.post(str(form["action"]), fields).status == 403
    assert caraka.post("/proses/tidakada/mulai", fields).status == 404
