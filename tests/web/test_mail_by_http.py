"""Both mail maps, walked to their end through the pages by the different persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_kit import DRAFT, FIRST_REQUEST, Caller, Seen, pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Desk = Callable[[str], Caller]

DRAFTED = {
    "jenis_naskah": "undangan",
    "perihal": FIRST_REQUEST["perihal"],
    "tujuan_surat": FIRST_REQUEST["tujuan_surat"],
    "kode_klasifikasi": "",
    "tanggapan_revisi": "",
}
SIGNED = {"cara_tanda_tangan": "basah", "tanggal_tanda_tangan": "2026-11-22"}
NUMBERED = {"tanggal_surat": "2026-11-22", "kode_klasifikasi": "005"}
STAMPED = {"stempel_dibubuhkan": "ya", "jumlah_eksemplar": "4"}
DELIVERED = {
    "penerima.0.nama": "Camat",
    "penerima.0.alamat": "",
    "penerima.0.diterima_oleh": "Staf kecamatan",
    "penerima.0.waktu_terima": "2026-11-23T09:00",
    "cara_kirim": "antar",
    "catatan_distribusi": "",
}


@pytest.fixture
def drafted(desk: Desk) -> str:
    """Give the address of an outgoing letter whose draft waits for the head."""
    head, clerk = desk("kepala"), desk("mikro")
    head.send(head.start("Pelayanan Surat Keluar"), FIRST_REQUEST)
    sent = clerk.send(clerk.take_first(), {**DRAFTED, "draf_surat": pdf()})
    return sent.link("Lihat perkara")


def work(caller: Caller, fields: Mapping[str, object]) -> Seen:
    """Send the first task that can be taken."""
    return caller.send(caller.take_first(), fields)


def test_an_outgoing_letter_goes_once_back_and_then_to_its_end(desk: Desk, drafted: str) -> None:
    head, clerk, messenger = desk("kepala"), desk("mikro"), desk("caraka")
    returned = work(head, {"keputusan": "revisi", "catatan_revisi": "Tambahkan tempat acara."})
    assert "Sekarang menunggu: Membuat draf surat" in returned.text
    again = clerk.take_first()
    assert "Putaran kedua" in again.text
    assert "Tambahkan tempat acara." in again.text
    kept = again.page.select_one('input[name="_berkas.draf_surat"]')
    assert kept is not None
    clerk.send(again, {**DRAFTED, "_berkas.draf_surat": str(kept["value"])})
    signing = work(head, {"keputusan": "setuju", "catatan_revisi": ""})
    assert signing.heading == "Menandatangani surat"
    head.send(signing, SIGNED)
    stamping = work(clerk, NUMBERED)
    assert stamping.heading == "Membubuhkan stempel"
    clerk.send(stamping, STAMPED)
    done = work(messenger, DELIVERED)
    assert "Perkara selesai." in done.text
    case = head.get(drafted)
    assert "Selesai" in case.text
    assert "005/001/UM/XI/2026" in case.text
    steps = [" ".join(s.get_text(" ").split()) for s in case.page.select("ol.steps > li")]
    assert len(steps) == 7
    assert all("Selesai:" in step for step in steps)
    assert case.page.select("svg .taken")


def test_an_incoming_letter_is_recorded_for_its_sender_and_distributed(desk: Desk) -> None:
    office, head, secretary = desk("umum"), desk("kepala"), desk("sekretaris")
    page = office.start("Pelayanan Surat Masuk")
    assert page.heading == "Mengirim surat ke dinas"
    assert "Dicatat atas nama Dinas/Masyarakat/Lembaga Lain" in page.text
    letter = {"nama_pengirim": "Dinas Provinsi", "nomor_surat": "", "tanggal_surat": "2026-11-20"}
    subject = {"perihal": "Permintaan data koperasi aktif"}
    page = office.send(page, {**letter, **subject, "berkas_surat": pdf()})
    assert page.heading == "Menerima surat"
    received = {"tanggal_terima": "2026-11-21T08:00", "cara_terima": "pos", "sifat": ""}
    page = office.send(page, {**received, "asal_surat": "Provinsi"})
    agenda = {"tanggal_agenda": "2026-11-21", "ringkasan": ""}
    more = {"nomor_surat": "", "kode_klasifikasi": "", **subject}
    sent = office.send(page, {**agenda, **more})
    assert "Sekarang menunggu: Memberi disposisi (Kepala Dinas)" in sent.text
    orders = {"unit_tujuan": ["sekretariat", "bidang_koperasi"], "instruksi": "Siapkan datanya."}
    work(head, {**orders, "prioritas": "", "tenggat": ""})
    secretary.send(
        secretary.take("Meneruskan disposisi"),
        {"arahan_tambahan": "", "tanggal_diteruskan": "2026-11-21"},
    )
    row = {"unit": "Sekretariat", "diterima_oleh": "Staf", "waktu_terima": "2026-11-21T10:00"}
    done = work(office, {**{f"penerima.0.{k}": v for k, v in row.items()}, "catatan": ""})
    assert "Perkara selesai." in done.text
    case = head.get(done.link("Lihat perkara"))
    assert "atas nama Dinas/Masyarakat/Lembaga Lain" in case.text
    assert "Sekretariat, Bidang Koperasi" in case.text


def test_only_the_unit_that_was_chosen_may_take_the_draft(desk: Desk) -> None:
    head = desk("kepala")
    case = head.send(head.start("Pelayanan Surat Keluar"), FIRST_REQUEST).link("Lihat perkara")
    other = desk("koperasi")
    assert "Tidak ada tugas yang bisa diambil" in other.get("/tugas?meja=bebas").text
    task = other.get(other.get(case).link("Membuat draf surat"))
    assert task.status == 200
    assert not task.page.select(f'form[action="{task.path}"]')


def test_a_form_with_mistakes_comes_back_with_what_was_typed(desk: Desk) -> None:
    head = desk("kepala")
    page = head.start("Pelayanan Surat Keluar")
    answer = head.send(page, {**FIRST_REQUEST, "pokok_isi": "", "tenggat": "besok"})
    assert answer.status == 422
    links = [str(a["href"]) for a in answer.page.select(".error-summary a")]
    assert links == ["#isian-pokok_isi", "#isian-tenggat"]
    typed = answer.page.select_one("#isian-perihal")
    assert typed is not None
    assert typed["value"] == FIRST_REQUEST["perihal"]


def test_an_uploaded_file_stays_when_the_form_comes_back(desk: Desk, drafted: str) -> None:
    assert drafted
    head, clerk = desk("kepala"), desk("mikro")
    work(head, {"keputusan": "revisi", "catatan_revisi": ""})
    new = pdf("versi dua.pdf", b"%PDF-1.7 second")
    back = clerk.send(clerk.take_first(), {**DRAFTED, "jenis_naskah": "", "draf_surat": new})
    assert back.status == 422
    kept = back.page.select_one('input[name="_berkas.draf_surat"]')
    assert kept is not None
    sent = clerk.send(back, {**DRAFTED, "_berkas.draf_surat": str(kept["value"])})
    assert "versi dua.pdf" in clerk.get(sent.link("Lihat perkara")).text


def test_a_file_is_given_as_attachment_to_those_who_may_see_the_case(
    desk: Desk, drafted: str
) -> None:
    address = desk("kepala").get(drafted).link("draf.pdf")
    answer = desk("kepala").get(address).answer
    assert answer.data == DRAFT
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''draf.pdf"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert desk("umum").get(address).status == 404
    assert desk("kepala").get(address[:-4] + "0000").status == 404


def test_a_case_is_cancelled_for_a_reason_by_who_may_start_one(desk: Desk, drafted: str) -> None:
    head = desk("kepala")
    page = head.get(drafted)
    assert not desk("mikro").get(drafted).page.select('form[action$="/batal"]')
    without = head.post(f"{drafted}/batal", {**page.form("/batal"), "alasan": " "})
    assert without.status == 422
    assert "Alasan belum diisi" in without.text
    gone = head.post(f"{drafted}/batal", {**page.form("/batal"), "alasan": "Acara batal."})
    assert "Dibatalkan" in gone.text
    assert "membatalkan perkara: Acara batal." in gone.text
    assert "Tidak ada tugas" in head.get("/tugas?meja=bebas").text


def test_a_foreign_hand_can_not_cancel(desk: Desk, drafted: str) -> None:
    fields = desk("kepala").get(drafted).form("/batal")
    clerk = desk("mikro")
    token = clerk.get("/tugas").form("/keluar")
    answer = clerk.post(f"{drafted}/batal", {**fields, **token, "alasan": "Saya mau."})
    assert answer.status == 403
    assert "Sedang berjalan" in clerk.get(drafted).text
