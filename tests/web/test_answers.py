"""*Catat tanggapan*: officers record the letter that a case waits for, and nobody else can."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from answer_kit import letter, record, waiting
from engine_maps import drawn, form_of
from web_kit import parts_of, pdf

from engine.actor import Signature
from engine.ids import AgencyId, InstanceId
from storage.queries.case import find_case_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller

    from engine.history import HistoryEvent
    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]


def history(app: Flask, case: str) -> list[HistoryEvent]:
    """Give the events of a case."""
    file = parts_of(app).database.read(lambda c: find_case_file(c, InstanceId(case)))
    assert file is not None
    return [record.event for record in file.records]


def test_an_officer_records_the_letter_that_the_case_waits_for(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk)
    staff = desk("koperasi")
    page = staff.get(staff.get(f"/perkara/{case}").link("Catat tanggapan"))
    assert page.heading == "Catat tanggapan: SK pengesahan"
    assert "Dicatat atas nama Lajur kementerian" in page.text
    done = record(staff, page)
    assert done.status == 200
    assert done.path == f"/perkara/{case}"
    assert "Tanggapan tercatat" in done.text
    assert "Simpan SK" in done.text
    for shown in ("AHU-12/2026", "Direktorat Badan Hukum", "sk.pdf", "Nomor surat (SK pengesahan)"):
        assert shown in done.text
    (heard,) = (e for e in history(app, case) if e.type == "message_received")
    assert (heard.element, heard.key, heard.on_behalf_of) == ("sk", "7/A", "Lajur kementerian")


def test_the_step_behind_shows_the_letter_and_its_scan(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk)
    staff = desk("koperasi")
    record(staff, staff.get(f"/perkara/{case}/tanggapan"))
    task = staff.take("Simpan SK")
    before = task.page.select_one("section[aria-labelledby=sebelumnya]")
    assert before is not None
    told = " ".join(before.get_text(" ").split())
    assert "SK pengesahan" in told
    assert "atas nama Lajur kementerian" in told
    assert "Badan hukum koperasi disahkan." in told
    assert before.select_one("a[href*='/berkas/']") is not None


def test_a_letter_without_scan_or_summary_comes_back_as_it_was_typed(
    app: Flask, desk: Desk
) -> None:
    case = waiting(app, desk)
    staff = desk("koperasi")
    page = staff.get(f"/perkara/{case}/tanggapan")
    wrong = record(staff, page, sk_ringkasan="", sk_pindaian="")
    assert wrong.status == 422
    assert "Ada 2 isian yang perlu diperbaiki" in wrong.text
    assert wrong.page.select_one("input[name=sk_nomor_surat]")["value"] == "AHU-12/2026"
    assert [e for e in history(app, case) if e.type == "message_received"] == []


def test_only_holders_of_the_recorder_s_lane_may_record(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk)
    page = desk("koperasi").get(f"/perkara/{case}/tanggapan")
    for login, status in (("admin", 403), ("pemilik", 403), ("umum", 404)):
        other = desk(login)
        shown = other.get(page.path)
        assert shown.page.select_one("input[name=sk_nomor_surat]") is None
        fields = {"_csrf": token(other), "_request": parts_of(app).ids.new()}
        assert other.post(page.path, {**fields, **letter()}).status == status
    assert [e for e in history(app, case) if e.type == "message_received"] == []
    assert "Catat tanggapan" not in desk("admin").get(f"/perkara/{case}").text


def token(caller: Caller) -> str:
    """Give the form token of a caller's session."""
    return caller.get("/akun").form("/keluar")["_csrf"]


def test_the_list_shows_what_waits_since_when_and_until_when(
    app: Flask, desk: Desk, clock: FixedClock
) -> None:
    assert "Menunggu tanggapan" not in desk("koperasi").get("/tugas").text
    waiting(app, desk, "1/A")
    clock.advance(timedelta(days=1))
    waiting(app, desk, "2/A")
    staff = desk("koperasi")
    page = staff.get(staff.get("/tugas").page.select_one("nav.side a[href='/menunggu']")["href"])
    rows = [" ".join(row.get_text(" ").split()) for row in page.page.select("tbody tr")]
    assert len(rows) == 2
    assert "SK pengesahan dari Lajur kementerian" in rows[0]
    assert "20 Jan 2027" in rows[0] or "20 Januari 2027" in rows[0]
    assert "21 Jan 2027" in rows[1] or "21 Januari 2027" in rows[1]
    opened = staff.get(page.link("Catat tanggapan"))
    assert opened.heading == "Catat tanggapan: SK pengesahan"
    assert desk("umum").get("/menunggu").page.select("tbody tr") == []
    assert desk("kepala").get("/menunggu").page.select("tbody tr") == []


def test_who_comes_too_late_reads_why_and_keeps_what_was_typed(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk)
    staff, colleague = desk("koperasi"), desk("kabid.koperasi")
    page, same = (
        staff.get(f"/perkara/{case}/tanggapan"),
        colleague.get(f"/perkara/{case}/tanggapan"),
    )
    record(staff, page)
    late = record(colleague, same)
    assert late.status == 409
    assert "tidak menunggu itu lagi" in late.text
    assert "Badan hukum koperasi disahkan." in late.text
    assert [e.type for e in history(app, case)].count("message_received") == 1


def test_a_letter_sent_twice_is_recorded_once(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk)
    staff = desk("koperasi")
    page = staff.get(f"/perkara/{case}/tanggapan")
    fields = page.form(page.path)
    for _ in range(2):
        assert staff.post(page.path, {**fields, **letter()}).path == f"/perkara/{case}"
    assert [e.type for e in history(app, case)].count("message_received") == 1


def test_a_boundary_event_takes_letter_after_letter_from_somebody_the_drawing_shows_or_not(
    app: Flask, desk: Desk
) -> None:
    case = waiting(app, desk)
    staff = desk("koperasi")
    record(staff, staff.get(f"/perkara/{case}/tanggapan"))
    for number, party in enumerate(("Lajur kementerian", ""), 1):
        page = staff.get(f"/perkara/{case}/tanggapan")
        assert page.heading.startswith("Catat tanggapan: Surat susulan")
        assert page.page.select_one("input[name=susulan_nomor_surat]").get("value", "") == ""
        fields = {
            "susulan_tanggal_surat": "2026-11-20",
            "susulan_nomor_surat": f"{number}",
            "susulan_dari": "Kementerian",
            "susulan_ringkasan": "Perbaikan alamat.",
            "susulan_pindaian": pdf("susulan.pdf"),
            "_pihak": party,
        }
        done = staff.post(page.path, {**page.form(page.path), **fields})
        assert done.path == f"/perkara/{case}"
    heard = [e for e in history(app, case) if e.type == "message_received"]
    assert [e.on_behalf_of for e in heard] == ["Lajur kementerian", "Lajur kementerian", ""]
    created = [e for e in history(app, case) if e.type == "user_task_created"]
    assert [e.element for e in created].count("catat") == 2
    forged = staff.get(f"/perkara/{case}/tanggapan")
    sent = {**forged.form(forged.path), **fields, "_pihak": "Istana"}
    sent["susulan_pindaian"] = pdf("susulan.pdf")
    assert staff.post(forged.path, sent).status == 422


def test_an_event_with_a_form_of_its_own_asks_for_its_fields_too(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk, tanggapan__formulir="sk")
    staff = desk("koperasi")
    page = staff.get(f"/perkara/{case}/tanggapan")
    assert page.page.select_one("input[name=nomor_badan_hukum]") is not None
    done = record(staff, page, nomor_badan_hukum="BH-5")
    assert "BH-5" in done.text


def test_the_sender_s_name_is_no_part_of_the_chain(app: Flask, desk: Desk) -> None:
    case = waiting(app, desk)
    staff = desk("koperasi")
    record(staff, staff.get(f"/perkara/{case}/tanggapan"))
    file = parts_of(app).database.read(lambda c: find_case_file(c, InstanceId(case)))
    assert file is not None
    assert not any(b"Direktorat Badan Hukum" in r.data for r in file.records)
    assert b'"Direktorat Badan Hukum"' in file.personal.values()


WORK = """
    start mulai
    user isi formRef=isi name="Isi permohonan"
    service oss topic=oss.permohonan name="Permohonan OSS"
    end selesai
    mulai -> isi
    isi -> oss
    oss -> selesai
"""


def test_the_list_has_the_work_outside_that_the_reader_may_report(app: Flask, desk: Desk) -> None:
    source = drawn(WORK, key="uji_oss", lanes={"bidang_koperasi": "mulai isi oss selesai"})
    called = drawn(
        "start a\ncall b calledElement=uji_oss\nend c\na -> b\nb -> c",
        key="uji_luar",
        lanes={"bidang_koperasi": "a b c"},
    )
    files = {"luar.bpmn": called, "oss.bpmn": source, "isi.form": form_of("isi", "nomor")}
    agency = AgencyId("pasuruan")
    parts_of(app).runtime.deploy(files, agency=agency, by=Signature.of_system())
    staff = desk("koperasi")
    for process in ("uji_oss", "uji_luar"):
        page = staff.start(process)
        staff.send(page, {"nomor": "1"})
    listed = staff.get("/menunggu")
    rows = [" ".join(row.get_text(" ").split()) for row in listed.page.select("tbody tr")]
    assert ["Permohonan OSS oss.permohonan" in row for row in rows] == [True, True]
    for link in listed.page.select("tbody a.button"):
        opened = staff.get(str(link["href"]))
        assert opened.heading == "Laporkan “Permohonan OSS” selesai"
    assert desk("kepala").get("/menunggu").page.select("tbody tr") == []
