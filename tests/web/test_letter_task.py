"""A letter's number on the page of its task: taken by a button, shown and never typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_maps import shipped
from web_kit import FIRST_REQUEST, Caller, Seen, parts_of, pdf

from engine.actor import Signature
from engine.history import LetterNumberReserved
from engine.ids import AgencyId, InstanceId
from storage.history import list_records

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    Desk = Callable[[str], Caller]

DRAFT = {
    "jenis_naskah": "undangan",
    "perihal": "Undangan sosialisasi yang diketik",
    "tujuan_surat": "Camat",
    "kode_klasifikasi": "005",
    "tanggapan_revisi": "",
}
SIGNED = {"cara_tanda_tangan": "basah", "tanggal_tanda_tangan": "2026-11-22"}
AGENDA = {
    "tanggal_agenda": "2026-11-21",
    "nomor_surat": "B/7",
    "perihal": "Permintaan data",
    "ringkasan": "",
    "kode_klasifikasi": "",
}


@pytest.fixture
def clerk(desk: Desk) -> Caller:
    """Give the browser of the clerk who drafts."""
    return desk("mikro")


@pytest.fixture
def office(desk: Desk) -> Caller:
    """Give the browser of the officer who books what comes in."""
    return desk("umum")


@pytest.fixture
def draft(desk: Desk, clerk: Caller) -> Seen:
    """Give the page of the task to draft a letter."""
    head = desk("kepala")
    head.send(head.start("Pelayanan Surat Keluar"), FIRST_REQUEST)
    return clerk.take_first()


@pytest.fixture
def incoming(office: Caller) -> Seen:
    """Give the page of the task to book a letter that came in."""
    return booking(office)


def booking(office: Caller) -> Seen:
    """Record a letter that came in; gives the page of the task to book it."""
    letter = {"nama_pengirim": "Provinsi", "nomor_surat": "B/7", "tanggal_surat": "2026-11-20"}
    page = office.start("Pelayanan Surat Masuk")
    page = office.send(page, {**letter, "perihal": "Permintaan", "berkas_surat": pdf()})
    received = {"tanggal_terima": "2026-11-21T08:00", "cara_terima": "pos", "sifat": ""}
    return office.send(page, {**received, "asal_surat": "Pemerintah Provinsi"})


def press(caller: Caller, page: Seen, fields: dict[str, object]) -> Seen:
    """Press *Ambil nomor* with these fields typed."""
    button = page.page.select_one("button[name=_nomor]")
    assert button is not None
    assert button.get_text() == "Ambil nomor"
    return caller.send(page, {**fields, "_nomor": str(button["value"])})


def number_on(page: Seen) -> str:
    """Give the number that the form shows."""
    shown = page.page.select_one(".letter-number")
    return shown.get_text() if shown else ""


def test_a_draft_takes_its_number_and_keeps_what_is_typed(clerk: Caller, draft: Seen) -> None:
    taken = press(clerk, draft, {**DRAFT, "draf_surat": pdf()})
    assert taken.status == 200
    assert number_on(taken) == "005/001/UM/XI/2026"
    assert "Sementara, berlaku setelah ditandatangani." in taken.text
    typed = taken.page.select_one("#isian-perihal")
    assert typed is not None
    assert typed["value"] == "Undangan sosialisasi yang diketik"
    assert taken.page.select_one('input[name="_berkas.draf_surat"]')
    assert not taken.page.select("button[name=_nomor], [name=nomor_surat]")


def test_a_temporary_number_is_final_at_the_signature(
    desk: Desk, clerk: Caller, draft: Seen
) -> None:
    head = desk("kepala")
    taken = press(clerk, draft, {**DRAFT, "draf_surat": pdf()})
    kept = taken.page.select_one('input[name="_berkas.draf_surat"]')
    assert kept is not None
    sent = clerk.send(taken, {**DRAFT, "_berkas.draf_surat": str(kept["value"])})
    case = sent.link("Lihat perkara")
    decision = head.take_first()
    head.send(head.send(decision, {"keputusan": "setuju", "catatan_revisi": ""}), SIGNED)
    page = clerk.take_first()
    assert number_on(page) == "005/001/UM/XI/2026"
    assert "Berlaku" in page.text
    assert "Sementara" not in page.text
    stamping = clerk.send(page, {"tanggal_surat": "2026-11-22", "kode_klasifikasi": "005"})
    assert stamping.heading == "Membubuhkan stempel"
    told = clerk.get(case).text
    assert "mengambil nomor 005/001/UM/XI/2026" in told
    assert "Nomor 005/001/UM/XI/2026 berlaku" in told


def test_a_number_without_its_classification_is_asked_for_at_its_field(
    clerk: Caller, draft: Seen
) -> None:
    page = press(clerk, draft, {**DRAFT, "kode_klasifikasi": ""})
    assert page.status == 422
    link = page.page.select_one("#kesalahan a")
    assert link is not None
    assert link["href"] == "#isian-kode_klasifikasi"
    assert "Isi dahulu kode klasifikasi" in page.text
    typed = page.page.select_one("#isian-perihal")
    assert typed is not None
    assert typed["value"] == "Undangan sosialisasi yang diketik"


def test_another_classification_than_the_number_s_comes_back_with_the_way_out(
    clerk: Caller, draft: Seen
) -> None:
    taken = press(clerk, draft, {**DRAFT, "draf_surat": pdf()})
    page = clerk.send(taken, {**DRAFT, "kode_klasifikasi": "090", "draf_surat": pdf()})
    assert page.status == 422
    assert "Nomor 005/001/UM/XI/2026 sudah diambil dengan klasifikasi lain" in page.text


def test_a_letter_that_came_in_is_booked_when_it_is_sent(office: Caller, incoming: Seen) -> None:
    assert incoming.heading == "Mengagendakan surat masuk"
    assert "diambil saat isian dikirim" in incoming.text
    sent = office.send(incoming, AGENDA)
    case = office.get(sent.link("Lihat perkara"))
    assert "001/2026" in case.text


def test_a_number_typed_by_hand_is_not_accepted(office: Caller, incoming: Seen) -> None:
    page = office.send(incoming, {**AGENDA, "nomor_agenda": "SM/99"})
    assert page.status == 422
    assert "Nomor ini tidak diketik" in page.text
    link = page.page.select_one("#kesalahan a")
    assert link is not None
    assert link["href"] == "#isian-nomor_agenda"
    assert page.page.select_one("fieldset#isian-nomor_agenda.field-invalid")


def test_the_number_shown_and_sent_back_unchanged_is_accepted(
    office: Caller, incoming: Seen
) -> None:
    taken = press(office, incoming, AGENDA)
    assert number_on(taken) == "001/2026"
    assert "Sementara, berlaku setelah isian ini dikirim." in taken.text
    sent = office.send(taken, {**AGENDA, "nomor_agenda": "001/2026"})
    assert "Terkirim" in sent.text


def test_nobody_takes_a_number_for_another_s_task(app: Flask, desk: Desk, draft: Seen) -> None:
    other = desk("koperasi")
    fields = draft.form(draft.path)
    token = other.get("/tugas").form("/keluar")
    answer = other.post(draft.path, {**fields, **token, **DRAFT, "_nomor": "nomor_surat"})
    assert answer.status == 403
    assert numbers_of(app, draft) == []


def test_the_same_press_sent_twice_takes_one_number(app: Flask, clerk: Caller, draft: Seen) -> None:
    fields = {**draft.form(draft.path), **DRAFT, "_nomor": "nomor_surat"}
    for _ in range(2):
        assert number_on(clerk.post(draft.path, fields)) == "005/001/UM/XI/2026"
    assert numbers_of(app, draft) == ["005/001/UM/XI/2026"]


def numbers_of(app: Flask, page: Seen) -> list[str]:
    """Give the numbers that were taken for the case of a task."""
    case = InstanceId(page.path.rpartition("/")[2].partition("-")[0])
    records = parts_of(app).database.read(lambda c: list_records(c, case))
    return [r.event.number for r in records if isinstance(r.event, LetterNumberReserved)]


def test_where_the_office_has_no_such_register_the_number_is_typed(
    app: Flask, office: Caller
) -> None:
    parts = parts_of(app)
    package = shipped("surat-masuk")
    drawing = package["surat-masuk.bpmn"].replace(b'"surat_masuk"', b'"buku_lain"')
    parts.runtime.deploy(
        {**package, "surat-masuk.bpmn": drawing},
        agency=AgencyId("pasuruan"),
        by=Signature.of_system(),
    )
    page = booking(office)
    assert not page.page.select("button[name=_nomor]")
    sent = office.send(page, {**AGENDA, "nomor_agenda": "SM/99"})
    assert "SM/99" in office.get(sent.link("Lihat perkara")).text
