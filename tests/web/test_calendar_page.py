"""The work calendar by HTTP: everybody reads it, the administrator changes it, and deadlines follow."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from calendar_kit import local, timed
from office_pages import HOME, fill_in, press
from web_kit import parts_of

from engine.actor import Signature
from engine.chain import agency_chain
from storage.history import list_records
from web.calendar_words import length_words
from web.deadline_watch import DeadlineWatch
from web.worker import deadline_worker, notice_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

ADDRESS = "/kantor/kalender"
BUDGET = 15 * 1024
LANE = "sekretariat_bidang"


def last_event(app: Flask) -> tuple[str, str]:
    records = parts_of(app).database.read(lambda c: list_records(c, agency_chain(HOME)))
    lead = [record for record in records if record.by is not None][-1]
    assert lead.by is not None
    return lead.event.type, lead.by.name


def add_days(caller: Caller, **fields: str) -> Seen:
    return press(caller, f"{ADDRESS}?tahun=2026", "/hari", {"jenis": "closed", **fields})


def fill_all(caller: Caller, address: str, **changed: str) -> Seen:
    """Open a page with a form, change some of its fields and send all."""
    page = caller.get(address)
    shown = {
        str(field["name"]): str(field["value"]) for field in page.page.select("main input[id]")
    }
    return fill_in(caller, address, {**shown, **changed})


def rows(page: Seen) -> dict[str, str]:
    """Give the kind of each day that the page lists."""
    cells = [[td.get_text(strip=True) for td in tr("td")] for tr in page.page.select("tbody tr")]
    return {row[0]: row[1] for row in cells}


def test_everybody_reads_the_calendar_and_only_the_administrator_finds_buttons(desk: Desk) -> None:
    read = desk("mikro").get(f"{ADDRESS}?tahun=2026")
    assert rows(read)["Senin 17 Agustus"] == "Libur nasional"
    assert "Perkiraan." in read.text
    assert "jam bawaan program" in read.text
    assert not read.page.select("main form")
    changed = desk("admin").get(f"{ADDRESS}?tahun=2026")
    assert changed.page.select_one('main form[action$="/tahun"]')
    for page in (read, changed):
        assert len(gzip.compress(page.text.encode())) < BUDGET


def test_a_year_is_confirmed_and_an_estimate_again(app: Flask, desk: Desk) -> None:
    admin = desk("admin")
    page = press(admin, f"{ADDRESS}?tahun=2026", "/tahun", {"pasti": "ya"})
    assert page.status == 200
    assert "Tahun ini dipastikan." in page.text
    assert "Sudah dipastikan." in page.text
    assert last_event(app)[0] == "calendar_year_confirmed"
    page = press(admin, f"{ADDRESS}?tahun=2026", "/tahun", {"pasti": "tidak"})
    assert "Perkiraan." in page.text
    assert last_event(app)[0] == "calendar_year_doubted"


def test_several_days_are_closed_at_once_and_one_is_dropped_again(app: Flask, desk: Desk) -> None:
    admin = desk("admin")
    page = add_days(admin, tanggal="2026-12-28", sampai="30/12/2026", nama="Pindah kantor")
    found = rows(page)
    assert [found[f"{day} Desember"] for day in ("Senin 28", "Selasa 29", "Rabu 30")] == [
        "Kantor tutup"
    ] * 3
    page = press(admin, f"{ADDRESS}?tahun=2026", "/hari/hapus", {"tanggal": "2026-12-29"})
    assert "Selasa 29 Desember" not in rows(page)
    assert last_event(app)[0] == "calendar_day_dropped"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"tanggal": "kapan-kapan", "nama": "x"}, "tanggal"),
        ({"tanggal": "2026-12-28", "sampai": "2026-12-27", "nama": "x"}, "sesudahnya"),
        ({"tanggal": "2026-12-28", "sampai": "2027-12-27", "nama": "x"}, "Paling banyak 31 hari"),
        ({"tanggal": "2026-12-28", "nama": ""}, "Nama belum diisi"),
    ],
)
def test_days_that_can_not_be_come_back_with_what_was_typed(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    page = add_days(desk("admin"), **fields)
    assert page.status == 422
    assert said in page.text
    shown = page.page.select_one("#tanggal")
    assert shown is not None
    assert shown["value"] == fields["tanggal"]


def test_a_page_that_is_old_is_refused(desk: Desk) -> None:
    admin = desk("admin")
    old = admin.get(f"{ADDRESS}?tahun=2026").form("/hari")
    add_days(admin, tanggal="2026-12-28", nama="Pindah")
    page = admin.post(f"{ADDRESS}/hari", {**old, "tanggal": "2026-12-29", "nama": "Lagi"})
    assert page.status == 409
    assert "baru saja diubah orang lain" in page.text


def test_hours_are_set_for_the_week_and_for_ramadhan(app: Flask, desk: Desk) -> None:
    admin = desk("admin")
    page = fill_all(admin, f"{ADDRESS}/jam", **{"jam-5": "08.00-12.00"})
    assert "08.00–12.00" in page.text
    assert last_event(app)[0] == "working_hours_changed"
    page = fill_all(admin, f"{ADDRESS}/musim", mulai="2027-02-08", sampai="9 Maret 2027")
    assert "8 Februari 2027 sampai 9 Maret 2027" in page.text
    assert "08.00–12.00, 12.30–15.00" in page.text
    refused = fill_all(admin, f"{ADDRESS}/jam", **{"jam-0": "pagi sampai sore"})
    assert refused.status == 422
    assert "tidak dapat dibaca" in refused.text
    assert "pagi sampai sore" in refused.text
    page = press(admin, f"{ADDRESS}?tahun=2027", "/musim/hapus", {"mulai": "2027-02-08"})
    assert "Belum ada, misalnya untuk Ramadhan." in page.text


def test_the_zone_and_the_rules_are_set(app: Flask, desk: Desk) -> None:
    admin = desk("admin")
    given = {"zona": "Asia/Makassar", "ingatkan": "2", "eskalasi": ""}
    page = fill_in(admin, f"{ADDRESS}/aturan", given)
    assert "WITA (Asia/Makassar)" in page.text
    assert "2 hari kerja sebelum tenggat" in page.text
    assert "Atasan tidak diberi tahu" in page.text
    assert last_event(app)[0] == "agency_zone_changed"
    assert fill_in(admin, f"{ADDRESS}/aturan", {"ingatkan": "besok"}).status == 422


def test_a_closure_moves_deadlines_which_the_calendar_the_inbox_and_the_case_say(
    app: Flask, desk: Desk, clock: FixedClock
) -> None:
    parts = parts_of(app)
    clock.set(local("2026-11-23 09:00"))
    source = timed("P3D").replace(b"petugas", LANE.encode())
    (found,) = parts.runtime.deploy({"p.bpmn": source}, agency=HOME, by=Signature.of_system())
    clerk, admin = desk("mikro"), desk("admin")
    case = clerk.start(found.name or found.key)
    listed = clerk.get("/tugas?meja=bebas")
    assert "Kamis 26 Nov, 16.00" in listed.text
    assert "(perkiraan)" in listed.text
    press(admin, f"{ADDRESS}?tahun=2026", "/tahun", {"pasti": "ya"})
    page = add_days(admin, tanggal="2026-11-25", nama="Pemilihan")
    assert "sedang dihitung ulang" in page.text
    worker = deadline_worker(parts)
    while worker.run_due():
        pass
    assert "Perubahan terakhir: 1 tenggat digeser." in admin.get(ADDRESS).text
    listed = clerk.get("/tugas?meja=bebas")
    assert "Jumat 27 Nov, 16.30" in listed.text
    assert "(perkiraan)" not in listed.text
    told = clerk.get(case.path).text
    assert "bergeser dari" in told
    assert "mutu baku 3 hari kerja" in clerk.get(_first_task(listed)).text


def test_a_near_deadline_is_on_the_bell_of_the_holder_and_a_late_one_on_the_heads(
    app: Flask, desk: Desk, clock: FixedClock
) -> None:
    parts = parts_of(app)
    clock.set(local("2026-11-23 09:00"))
    source = timed("P3D").replace(b"petugas", LANE.encode())
    (found,) = parts.runtime.deploy({"p.bpmn": source}, agency=HOME, by=Signature.of_system())
    clerk = desk("mikro")
    clerk.start(found.name or found.key)
    task = _first_task(clerk.get("/tugas?meja=bebas"))
    clerk.post(f"{task}/ambil", clerk.get(task).form("/ambil"))
    watch = DeadlineWatch(parts)
    assert watch.look() == 0
    clock.set(local("2026-11-25 08:00"))
    assert (watch.look(), watch.look()) == (1, 0)
    notice_worker(parts).run_due()
    assert "sudah dekat: 26 November 2026, 16.00 WIB" in desk("mikro").get("/pemberitahuan").text
    clock.set(local("2026-11-27 08:00"))
    assert (watch.look(), watch.look()) == (1, 0)
    notice_worker(parts).run_due()
    head = desk("kabid.mikro").get("/pemberitahuan").text
    assert "terlambat; tenggatnya 26 November 2026, 16.00 WIB" in head


def _first_task(listed: Seen) -> str:
    link = listed.page.select_one("a.title")
    assert link is not None
    return str(link["href"]).partition("?")[0]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ("P3D", "3 hari kerja"),
        ("PT30M", "30 menit"),
        ("P1Y2M", "1 tahun 2 bulan"),
        ("P1DT2H", "1 hari kerja 2 jam"),
        ("P0D", "P0D"),
        ("tiga hari", "tiga hari"),
    ],
)
def test_a_mutu_baku_is_said_in_words(length: str, words: str) -> None:
    assert length_words(length) == words
