"""Tarik kembali and koreksi at the desks of the demonstration office."""

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
DRAFTED = {
    "jenis_naskah": "undangan",
    "perihal": "Undangan",
    "tujuan_surat": "Camat",
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}


@pytest.fixture
def case(desk: Desk) -> str:
    """Give the address of a case that the head has just begun: the secretariat is to draft it."""
    head = desk("kepala")
    return head.send(head.start("Pelayanan Surat Keluar"), REQUEST).link("Lihat perkara")


def retract_page(caller: Caller, case: str) -> Seen:
    """Follow the link on the page of the case."""
    return caller.get(caller.get(case).link("Tarik kembali"))


def correct_page(caller: Caller, case: str) -> Seen:
    """Follow the link on the page of the case."""
    return caller.get(caller.get(case).link("Koreksi"))


def sent(page: Seen) -> dict[str, str]:
    """Give what a page's form would send as it stands: texts and hidden fields."""
    form = page.page.select_one("main form[method=post][enctype]")
    assert form is not None
    fields = {str(f["name"]): str(f.get("value", "")) for f in form.select("input[type=hidden]")}
    for field in form.select("input[type=text],input[type=date],input:checked"):
        fields[str(field["name"])] = str(field.get("value", ""))
    for field in form.select("textarea"):
        fields[str(field["name"])] = field.get_text().removeprefix("\n")
    for field in form.select("select"):
        chosen = field.select_one("option[selected]")
        fields[str(field["name"])] = str(chosen.get("value", "")) if chosen else ""
    return fields


def test_what_was_sent_is_taken_back_and_waits_with_its_sender_with_what_was_typed(
    desk: Desk, case: str
) -> None:
    head = desk("kepala")
    page = retract_page(head, case)
    assert page.heading == "Tarik kembali kiriman"
    assert "Hilang dari meja" in page.text
    back = head.post(page.path, {**page.form("/tarik"), "alasan": "salah tenggat"})
    assert back.status == 200
    assert "ditarik kembali" in back.text
    assert REQUEST["perihal"] in {str(f.get("value")) for f in back.page.select("main input")}
    assert "Tidak ada tugas yang bisa diambil" in desk("sekretariat").get("/tugas?meja=bebas").text
    timeline = head.get(case).text
    assert "menarik kembali" in timeline
    assert "salah tenggat" in timeline


def test_what_was_taken_back_is_sent_again(desk: Desk, case: str) -> None:
    head = desk("kepala")
    page = retract_page(head, case)
    back = head.post(page.path, {**page.form("/tarik"), "alasan": "salah"})
    again = head.send(back, {**REQUEST, "perihal": "Undangan yang benar"})
    assert "Terkirim" in again.text
    assert "Undangan yang benar" in desk("sekretariat").get("/tugas?meja=bebas").text


def test_without_a_reason_nothing_is_taken_back(desk: Desk, case: str) -> None:
    head = desk("kepala")
    page = retract_page(head, case)
    refused = head.post(page.path, {**page.form("/tarik"), "alasan": " "})
    assert refused.status == 422
    assert "Alasan belum diisi" in refused.text
    assert refused.form("/tarik")


def test_once_the_next_one_has_opened_it_the_page_says_who_and_when(
    desk: Desk, case: str, clock: FixedClock
) -> None:
    head = desk("kepala")
    page = retract_page(head, case)
    clock.advance(timedelta(minutes=30))
    desk("sekretariat").take_first()
    refused = head.post(page.path, {**page.form("/tarik"), "alasan": "salah"})
    assert refused.status == 409
    assert "sudah dibuka Staf Sekretariat pada 21 November 2026, 08.30 WIB" in refused.text
    assert not refused.page.select("main form")
    with pytest.raises(AssertionError, match="no link"):
        head.get(case).link("Tarik kembali")


def test_only_the_sender_is_offered_to_take_it_back(desk: Desk, case: str) -> None:
    clerk = desk("sekretariat")
    with pytest.raises(AssertionError, match="no link"):
        clerk.get(case).link("Tarik kembali")
    address = retract_page(desk("kepala"), case).path
    shown = clerk.get(address)
    assert not shown.page.select("main form")
    fields = {**retract_page(desk("kepala"), case).form("/tarik"), "alasan": "x"}
    foreign = {**fields, "_csrf": clerk.get("/tugas").form("/keluar")["_csrf"]}
    assert clerk.post(address, foreign).status in (403, 404)
    assert "menarik kembali" not in clerk.get(case).text


def test_a_sent_field_is_corrected_and_the_history_says_from_what_to_what_and_why(
    desk: Desk, case: str
) -> None:
    head = desk("kepala")
    page = correct_page(head, case)
    assert page.heading == "Koreksi isian"
    fields = {**sent(page), "perihal": "Undangan sosialisasi", "_alasan": "salah ketik"}
    done = head.post(page.path, fields)
    assert done.status == 200
    assert "dikoreksi" in done.text
    assert done.heading == "Undangan sosialisasi"
    assert "mengoreksi isian" in done.text
    assert "salah ketik" in done.text
    assert f"{REQUEST['perihal']}” → “Undangan sosialisasi" in done.text


def test_the_page_of_a_correction_shows_what_is_written_now(desk: Desk, case: str) -> None:
    page = correct_page(desk("kepala"), case)
    assert "Tertulis sekarang" in page.text
    assert REQUEST["perihal"] in page.text
    assert REQUEST["perihal"] in sent(page).values()


def test_a_correction_with_a_mistake_comes_back_as_it_was_typed(desk: Desk, case: str) -> None:
    head = desk("kepala")
    page = correct_page(head, case)
    fields = {**sent(page), "perihal": "", "tujuan_surat": "Lurah", "_alasan": "salah"}
    back = head.post(page.path, fields)
    assert back.status == 422
    assert sent(back)["tujuan_surat"] == "Lurah"
    assert sent(back)["_alasan"] == "salah"
    assert "Ada 1 isian yang perlu diperbaiki" in back.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"perihal": "Lain", "_alasan": ""}, "Alasan belum diisi"),
        ({"_alasan": "sama saja"}, "Tidak ada isian yang berbeda dari semula"),
    ],
)
def test_a_correction_without_reason_or_change_is_refused(
    desk: Desk, case: str, changes: dict[str, str], sentence: str
) -> None:
    head = desk("kepala")
    page = correct_page(head, case)
    refused = head.post(page.path, {**sent(page), **changes})
    assert refused.status == 422
    assert sentence in refused.text


def test_a_second_correction_from_an_old_page_is_told_who_was_first_and_keeps_the_text(
    desk: Desk, case: str
) -> None:
    head = desk("kepala")
    page = correct_page(head, case)
    first = {**sent(page), "perihal": "Undangan satu", "_alasan": "salah"}
    second = {**sent(page), "perihal": "Undangan dua", "_alasan": "keliru"}
    head.post(page.path, first)
    late = head.post(page.path, {**second, "_request": "z" * 26})
    assert late.status == 409
    assert "baru saja diubah oleh" in late.text
    assert "Undangan dua" in late.text
    assert head.get(case).heading == "Undangan satu"


def test_who_has_no_part_in_the_step_is_not_offered_to_correct_it(desk: Desk, case: str) -> None:
    address = correct_page(desk("kepala"), case).path
    clerk = desk("sekretariat")
    with pytest.raises(AssertionError, match="no link"):
        clerk.get(case).link("Koreksi")
    assert clerk.get(address).status == 404


def test_a_task_of_another_case_is_not_there(desk: Desk, case: str) -> None:
    head = desk("kepala")
    address = correct_page(head, case).path
    other = head.send(head.start("Pelayanan Surat Keluar"), REQUEST).link("Lihat perkara")
    task = address.rpartition("/")[2]
    assert head.get(f"{other}/koreksi/{task}").status == 404


def test_a_field_that_was_filled_in_again_later_is_only_shown(desk: Desk, case: str) -> None:
    clerk = desk("sekretariat")
    clerk.send(clerk.take_first(), {**DRAFTED, "draf_surat": pdf()})
    offered = [str(a["href"]) for a in desk("kepala").get(case).page.select(".offers a")]
    first_step = [address for address in offered if "/koreksi/" in address][-1]
    corrected = desk("kepala").get(first_step)
    assert "sudah diisi lagi pada langkah sesudahnya" in corrected.text
    assert "perihal" not in sent(corrected)


def test_a_head_is_offered_to_correct_what_those_led_have_sent(desk: Desk, case: str) -> None:
    clerk = desk("sekretariat")
    clerk.send(clerk.take_first(), {**DRAFTED, "draf_surat": pdf()})
    head = desk("kepala")
    page = correct_page(head, case)
    assert "Dikirim Staf Sekretariat" in page.text
    done = head.post(page.path, {**sent(page), "tujuan_surat": "Lurah", "_alasan": "keliru"})
    assert done.status == 200
    assert "“Camat” → “Lurah”" in done.text


def test_another_file_is_put_in_the_place_of_a_wrong_one(desk: Desk, case: str) -> None:
    clerk = desk("sekretariat")
    clerk.send(clerk.take_first(), {**DRAFTED, "draf_surat": pdf()})
    page = correct_page(clerk, case)
    fields = {
        **sent(page),
        "_alasan": "berkas keliru",
        "draf_surat": pdf("benar.pdf", b"%PDF-1.7 b"),
    }
    done = clerk.post(page.path, fields)
    assert done.status == 200
    assert "benar.pdf" in done.text
