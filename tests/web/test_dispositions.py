"""Dispositions: the head's goes to several at once, each may hand on, and a tree tells who has what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_kit import Caller, Seen, pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Desk = Callable[[str], Caller]

SUBJECT = "Permintaan data koperasi aktif"
FOLLOW_UP = "Menindaklanjuti disposisi"


def record(office: Caller, sifat: str = "segera") -> Seen:
    """Bring a letter to the head's desk and give the page that says so."""
    sender = {"nama_pengirim": "Dinas Provinsi", "nomor_surat": "", "tanggal_surat": "2026-11-20"}
    page = office.start("Pelayanan Surat Masuk")
    page = office.send(page, {**sender, "perihal": SUBJECT, "berkas_surat": pdf()})
    received = {"tanggal_terima": "2026-11-21T08:00", "cara_terima": "pos", "sifat": sifat}
    page = office.send(page, {**received, "asal_surat": "Provinsi"})
    agenda = {"tanggal_agenda": "2026-11-21", "ringkasan": "", "perihal": SUBJECT}
    return office.send(page, {**agenda, "nomor_surat": "", "kode_klasifikasi": ""})


def dispose(head: Caller, *units: str) -> Seen:
    orders = {"unit_tujuan": list(units), "instruksi": "Siapkan datanya."}
    return head.send(head.take("Memberi disposisi"), {**orders, "prioritas": "", "tenggat": ""})


def answer(
    caller: Caller, task: str, choice: Mapping[str, str], rest: Mapping[str, object]
) -> Seen:
    """Choose first, so that the fields of the choice are asked, then send all."""
    page = caller.take(task)
    asked = caller.send(page, {**choice, "_aksi": "perbarui"})
    shown = [str(field["value"]) for field in asked.page.select("input[name=_tampak]")]
    return caller.send(asked, {**choice, **rest, "_tampak": shown})


def hand_on(caller: Caller, to: str, text: str) -> Seen:
    fields = {"tujuan_lanjutan": [to], "instruksi_lanjutan": text, "catatan_lanjutan": ""}
    more = {"prioritas_lanjutan": "", "tenggat_lanjutan": "2026-11-25"}
    return answer(caller, FOLLOW_UP, {"keputusan": "lanjut"}, {**fields, **more})


def finish(caller: Caller, result: str) -> Seen:
    return answer(caller, FOLLOW_UP, {"keputusan": "selesai"}, {"hasil": result})


def tree(caller: Caller, case: str) -> list[str]:
    """Give each line of the tree, as deep as it stands."""
    page = caller.get(f"{case}/disposisi")
    assert page.status == 200, page.text
    return [" ".join(node.get_text(" ").split()) for node in page.page.select(".disposition")]


@pytest.fixture
def case(desk: Desk) -> str:
    """Give the address of a letter that the head has handed to two units."""
    record(desk("umum"))
    return dispose(desk("kepala"), "sekretariat", "bidang_koperasi").link("Lihat perkara")


def test_the_heads_disposition_begins_a_case_for_each_receiver(desk: Desk, case: str) -> None:
    head = desk("kepala")
    lines = tree(head, case)
    assert [line.partition(" dari ")[0] for line in lines[1:]] == [
        "Sekretariat Belum dibuka",
        "Bidang Koperasi Belum dibuka",
    ]
    task = desk("kabid.koperasi").take(FOLLOW_UP)
    assert SUBJECT in task.text
    assert "Siapkan datanya." in task.text
    assert "Disposisi dari Kepala Dinas" in task.text
    assert "Bidang Koperasi Sudah dibuka" in tree(head, case)[2]
    assert "Tidak ada" in desk("mikro").get("/tugas?meja=bebas").text


def test_the_letter_itself_goes_on_as_documented(desk: Desk, case: str) -> None:
    page = desk("sekretaris").take("Meneruskan disposisi")
    assert page.heading == "Meneruskan disposisi"
    assert "Sekarang menunggu" not in desk("kepala").get(case).text


def test_an_onward_disposition_hangs_below_its_own(desk: Desk, case: str) -> None:
    hand_on(desk("kabid.koperasi"), "staf_koperasi", "Ambil dari basis data.")
    clerk = desk("koperasi")
    assert "Ambil dari basis data." in clerk.take(FOLLOW_UP).text
    finish(clerk, "Data 214 koperasi terkirim.")
    lines = tree(desk("kepala"), case)
    assert "Bidang Koperasi Diteruskan" in lines[2]
    assert lines[3].startswith("Staf Bidang Koperasi Selesai dari Kepala Bidang Koperasi")
    assert "Hasil: Data 214 koperasi terkirim." in lines[3]


def test_a_disposition_goes_back_to_who_gave_it_with_the_reason(desk: Desk, case: str) -> None:
    assert case
    manager, head = desk("kabid.koperasi"), desk("kepala")
    reason = {"alasan_kembali": "Bukan tugas bidang ini."}
    answer(manager, FOLLOW_UP, {"keputusan": "kembali"}, reason)
    page = head.take("Meninjau disposisi yang dikembalikan")
    assert "Bukan tugas bidang ini." in page.text
    head.send(page, {"tinjauan": "tetap", "catatan": "Koordinasikan dengan Sekretariat."})
    again = manager.take(FOLLOW_UP)
    assert "Koordinasikan dengan Sekretariat." in again.text


def test_dispositions_hang_five_deep_and_no_deeper(desk: Desk, case: str) -> None:
    assert case
    hand_on(desk("kabid.koperasi"), "staf_koperasi", "1")
    hand_on(desk("koperasi"), "kepala_bidang_koperasi", "2")
    hand_on(desk("kabid.koperasi"), "staf_koperasi", "3")
    hand_on(desk("koperasi"), "kepala_bidang_koperasi", "4")
    refused = hand_on(desk("kabid.koperasi"), "staf_koperasi", "5")
    assert refused.status == 409
    assert "lima" in refused.text or "5" in refused.text
    assert desk("kabid.koperasi").take(FOLLOW_UP).status == 200


def test_the_sheet_says_what_was_asked_of_whom(desk: Desk, case: str) -> None:
    page = desk("kepala").get(f"{case}/disposisi")
    sheet = page.page.select_one(".sheet")
    assert sheet is not None
    text = " ".join(sheet.get_text(" ").split())
    for said in (
        "Lembar disposisi",
        SUBJECT,
        "Surat dari Provinsi",
        "Siapkan datanya.",
        "Kepala Dinas",
    ):
        assert said in text
    assert [" ".join(li.get_text(" ").split()) for li in sheet.select("ol li")] == [
        "Sekretariat Belum dibuka",
        "Bidang Koperasi Belum dibuka",
    ]


def test_who_may_not_see_the_letter_sees_only_the_own_branch(desk: Desk, case: str) -> None:
    manager = desk("kabid.koperasi")
    assert manager.get(f"{case}/disposisi").status == 404
    own = manager.get(manager.take(FOLLOW_UP).link("Disposisi surat")).path
    lines = tree(manager, own)
    assert len(lines) == 1
    assert lines[0].startswith("Bidang Koperasi")


def test_a_disposition_can_not_be_started_without_a_letter(desk: Desk) -> None:
    assert "Disposisi surat" not in desk("kabid.koperasi").get("/proses").text
