"""What is done from *Tugas saya* and *Tim saya*: one task or many, with a result for each."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from inbox_office import Materials, act, choices, rows, tabs, ticked
from web_kit import Caller, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

LETTER = {
    "perihal": "Undangan",
    "tujuan_surat": "Camat",
    "dasar": "",
    "pokok_isi": "Mengundang.",
    "sifat": "",
    "tenggat": "2026-11-25",
}


@pytest.fixture
def office(app: Flask) -> Materials:
    """Give the cases of the office."""
    return Materials(app)


# one task: from a colleague, back, put aside


def test_taking_from_a_colleagues_desk_asks_first_and_names_who_and_since_when(
    office: Materials, desk: Desk
) -> None:
    task = office.claim(office.ask("Perihal"), "koperasi")
    clerk = desk("sekretariat")
    page = clerk.get("/tugas?meja=bebas")
    assert not page.page.select("button[name=ambil]")
    asked = clerk.get(page.link("Ambil alih"))
    assert asked.heading == "Ambil alih tugas?"
    assert "Staf Bidang Koperasi memegang tugas ini sejak 21 November 2026, 08.00 WIB" in asked.text
    assert office.any_task(task).holder_name == "Staf Bidang Koperasi"
    taken = clerk.post(f"/tugas/{task.id}/ambil-alih", asked.form("/ambil-alih"))
    assert office.any_task(task).holder_name == "Staf Sekretariat"
    assert "mengambil “Menyiapkan bahan” alih dari Staf Bidang Koperasi" in taken.text


def test_a_task_that_changed_while_one_was_asked_is_not_taken_over(
    office: Materials, desk: Desk
) -> None:
    task = office.claim(office.ask("Perihal"), "koperasi")
    clerk = desk("sekretariat")
    asked = clerk.get(f"/tugas/{task.id}/ambil-alih")
    office.parts.runtime.unclaim(
        task.id, "x", actor=office.person("koperasi"), request=office.request(), revision=2
    )
    refused = clerk.post(f"/tugas/{task.id}/ambil-alih", asked.form("/ambil-alih"))
    assert refused.status == 409
    assert office.any_task(task).holder is None


def test_a_task_is_handed_back_only_with_a_reason_which_the_history_tells(
    office: Materials, desk: Desk
) -> None:
    task = office.claim(office.ask("Perihal"), "sekretariat")
    clerk = desk("sekretariat")
    address = f"/tugas/{task.id}/kembalikan"
    page = clerk.get(address)
    without = clerk.post(address, {**page.form("/kembalikan"), "alasan": "  "})
    assert (without.status, "Alasan belum diisi" in without.text) == (422, True)
    clerk.post(address, {**without.form("/kembalikan"), "alasan": "Bukan bagian kami"})
    assert office.any_task(task).holder is None
    case = clerk.get(f"/perkara/{task.instance}")
    assert "ke meja jabatan: Bukan bagian kami" in case.text


def test_what_is_put_aside_comes_back_by_itself_and_one_switch_shows_it(
    office: Materials, desk: Desk, clock: FixedClock
) -> None:
    task = office.claim(office.ask("Perihal"), "sekretariat")
    clerk = desk("sekretariat")
    address = f"/tugas/{task.id}/tunda"
    page = clerk.get(address)
    for day, sentence in (
        ("2026-11-21", "harus sesudah hari ini"),
        ("2028-01-01", "paling jauh 366 hari"),
        ("besok", "tidak dapat dibaca"),
        ("", "tidak dapat dibaca"),
    ):
        refused = clerk.post(address, {**page.form("/tunda"), "sampai": day})
        assert (refused.status, sentence in refused.text) == (422, True), day
    told = clerk.post(address, {**page.form("/tunda"), "sampai": "2026-11-23"})
    assert "ditunda" in told.text
    assert rows(told) == []
    assert "1 tugas sedang ditunda" in told.text
    shown = clerk.get("/tugas?ditunda=ya")
    assert rows(shown) == ["Perihal"]
    assert "Ditunda sampai Senin 23 Nov" in shown.text
    clock.advance(timedelta(days=1))
    assert rows(desk("sekretariat").get("/tugas")) == []
    clock.advance(timedelta(days=1))
    assert rows(desk("sekretariat").get("/tugas")) == ["Perihal"]


def test_what_is_put_aside_is_taken_up_again_at_once(office: Materials, desk: Desk) -> None:
    task = office.claim(office.ask("Perihal"), "sekretariat")
    clerk = desk("sekretariat")
    address = f"/tugas/{task.id}/tunda"
    clerk.post(address, {**clerk.get(address).form("/tunda"), "sampai": "2026-11-30"})
    page = clerk.get(address)
    again = clerk.post(address, {**page.form("/tunda"), "sekarang": "ya"})
    assert rows(again) == ["Perihal"]


# many


def test_many_are_taken_with_a_result_for_each_and_sent_twice_it_is_one_effect(
    office: Materials, desk: Desk
) -> None:
    free = [office.ask(f"Bebas {number}") for number in range(2)]
    held = office.claim(office.ask("Dipegang"), "koperasi")
    clerk = desk("sekretariat")
    page = clerk.get("/tugas?meja=bebas")
    fields = {"aksi": "ambil", "tugas": ticked(*free, held)}
    first = act(clerk, page, **fields)
    assert first.heading == "2 dari 3 tugas diambil"
    assert "sedang dikerjakan oleh Staf Bidang Koperasi sejak 21 November 2026" in first.text
    revisions = [office.any_task(task).revision for task in (*free, held)]
    second = act(clerk, page, **fields)
    assert second.heading == first.heading
    assert [office.any_task(task).revision for task in (*free, held)] == revisions == [2, 2, 2]
    assert second.link("Kembali ke daftar") == "/tugas?meja=bebas"


def test_many_are_given_to_who_stands_for_the_lane_now(office: Materials, desk: Desk) -> None:
    tasks = [office.ask(f"Perihal {number}") for number in range(2)]
    clerk = desk("sekretariat")
    asked = act(clerk, clerk.get("/tugas?meja=bebas"), aksi="tugaskan", tugas=ticked(*tasks))
    assert asked.heading == "Tugaskan 2 tugas kepada seseorang"
    names = choices(asked, "kepada")
    assert "Sekretaris Dinas" in names.values()
    assert "Caraka" not in names.values()
    fields = {**asked.form("/banyak/tugaskan"), "tugas": ticked(*tasks)}
    missing = clerk.post("/tugas/banyak/tugaskan", fields)
    assert (missing.status, "Pilih dahulu" in missing.text) == (422, True)
    person = next(value for value, name in names.items() if name == "Staf Bidang Koperasi")
    given = clerk.post(
        "/tugas/banyak/tugaskan", {**fields, "kepada": person, "catatan": "Selama cuti"}
    )
    assert given.heading == "2 dari 2 tugas ditugaskan"
    assert {office.any_task(task).holder_name for task in tasks} == {"Staf Bidang Koperasi"}
    case = clerk.get(f"/perkara/{tasks[0].instance}")
    assert "memberikan “Menyiapkan bahan” kepada Staf Bidang Koperasi: Selama cuti" in case.text


def test_one_is_given_from_its_page_and_the_list_says_to_whom(
    office: Materials, desk: Desk
) -> None:
    task = office.claim(office.ask("Perihal"), "sekretariat")
    clerk = desk("sekretariat")
    asked = clerk.get(clerk.get(f"/tugas/{task.id}").link("Tugaskan ke"))
    names = choices(asked, "kepada")
    person = next(value for value, name in names.items() if name == "Staf Bidang Koperasi")
    fields = {**asked.form("/banyak/tugaskan"), "kepada": person, "catatan": ""}
    told = clerk.post("/tugas/banyak/tugaskan", fields)
    assert "Tugas “Menyiapkan bahan” ditugaskan kepada Staf Bidang Koperasi." in told.text
    assert told.path == "/tugas"


def test_many_are_finished_where_a_form_demands_nothing(office: Materials, desk: Desk) -> None:
    easy = [office.ask(f"Perihal {number}") for number in range(2)]
    head, clerk = desk("kepala"), desk("sekretariat")
    head.send(head.start("Pelayanan Surat Keluar"), {**LETTER, "unit_pembuat": "sekretariat"})
    page = clerk.get("/tugas?meja=bebas&urut=terlama")
    boxes = [str(box["value"]) for box in page.page.select("input[name=tugas]")]
    assert len(boxes) == 3
    asked = act(clerk, page, aksi="selesaikan", tugas=boxes)
    assert asked.heading == "Selesaikan 2 tugas sekaligus?"
    assert "Perlu dibuka (1)" in asked.text
    fields = {**asked.form("/banyak/selesaikan"), "tugas": boxes}
    for _ in range(2):  # sent twice: the same answer, one effect
        done = clerk.post("/tugas/banyak/selesaikan", fields)
        assert done.heading == "2 dari 3 tugas diselesaikan"
        assert "mempunyai isian wajib" in done.text
        assert [office.any_task(task).state for task in easy] == ["completed"] * 2
        assert {office.any_task(task).revision for task in easy} == {2}
    assert tabs(clerk.get("/tugas"))[2] == "Selesai 2"


def test_nothing_ticked_says_what_to_do(office: Materials, desk: Desk) -> None:
    office.ask("Perihal")
    clerk = desk("sekretariat")
    answer = act(clerk, clerk.get("/tugas?meja=bebas"), aksi="ambil")
    assert (answer.status, "Centang dahulu tugasnya" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"aksi": "hapus", "tugas": "01-1.1"}, 400),
        ({"aksi": "ambil", "tugas": "nonsense"}, 400),
        ({"aksi": "ambil", "tugas": "01m7xsw1m0xn5ff6hmw3t3btjw-2.1"}, 404),
        ({"ambil": "' OR 1=1"}, 400),
    ],
    ids=str,
)
def test_a_tampered_choice_is_refused(
    office: Materials, desk: Desk, fields: dict[str, str], status: int
) -> None:
    office.ask("Perihal")
    clerk = desk("sekretariat")
    assert act(clerk, clerk.get("/tugas?meja=bebas"), **fields).status == status


def test_a_task_of_a_case_that_may_not_be_seen_is_as_if_it_were_not_there(
    office: Materials, desk: Desk
) -> None:
    hidden = office.claim(office.ask("Rahasia kita", sifat="rahasia"), "koperasi")
    seen = office.ask("Biasa")
    clerk = desk("sekretariat")
    page = clerk.get("/tugas?meja=bebas")
    assert rows(page) == ["Biasa"]
    for aksi in ("ambil", "tugaskan", "selesaikan"):
        answer = act(clerk, page, aksi=aksi, tugas=ticked(hidden))
        assert answer.status == 404, aksi
    both = act(clerk, page, aksi="ambil", tugas=ticked(hidden, seen))
    assert both.heading == "1 dari 1 tugas diambil"
    assert "Rahasia kita" not in both.answer.text
    assert clerk.get(f"/tugas/{hidden.id}/ambil-alih").status == 404
    assert office.any_task(hidden).holder_name == "Staf Bidang Koperasi"


# the office's head


def test_a_head_sees_the_work_by_post_and_person_and_gives_many_to_another(
    office: Materials, desk: Desk
) -> None:
    late = [office.claim(office.ask(f"Lama {n}", "2026-11-19"), "koperasi") for n in range(2)]
    office.ask("Bebas", "2026-12-01")
    head = desk("kabid.koperasi")
    team = head.get("/tim")
    table = [
        " ".join(row.get_text(" ").split()) for row in team.page.select("table.loads tbody tr")
    ]
    assert table[0].startswith("Staf Bidang Koperasi 3 tugas terbuka 2 terlambat")
    assert table[1].startswith("Bebas belum dipegang siapa pun 1 tugas terbuka 0")
    assert table[2].startswith("Staf Bidang Koperasi 2 tugas terbuka 2 terlambat")
    listed = head.get(team.link("2"))
    assert sorted(rows(listed)) == ["Lama 0", "Lama 1"]
    asked = act(head, listed, aksi="tugaskan", tugas=ticked(*late))
    names = choices(asked, "kepada")
    person = next(value for value, name in names.items() if name == "Staf Bidang Usaha Mikro")
    given = head.post(
        "/tugas/banyak/tugaskan",
        {**asked.form("/banyak/tugaskan"), "tugas": ticked(*late), "kepada": person},
    )
    assert given.heading == "2 dari 2 tugas ditugaskan"
    assert given.link("Kembali ke daftar").startswith("/tim/tugas?")
    assert {office.any_task(task).holder_name for task in late} == {"Staf Bidang Usaha Mikro"}


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("kepala", 200),
        ("kabid.koperasi", 200),
        ("pemilik", 200),
        ("admin", 200),
        ("koperasi", 403),
        ("caraka", 403),
        ("auditor", 403),
    ],
)
def test_the_heads_pages_are_for_heads_process_owner_and_administrator(
    desk: Desk, login: str, status: int
) -> None:
    caller = desk(login)
    for page in ("/tim", "/tim/tugas", "/tim/tugas?jabatan=kepala_dinas"):
        assert caller.get(page).status == status, page
    assert ("Tim saya" in caller.get("/tugas").text) == (status == 200)


def test_a_task_whose_holder_lost_the_lane_is_told_to_the_head_and_given_away_from_there(
    app: Flask, office: Materials, desk: Desk
) -> None:
    task = office.claim(office.ask("Perihal"), "koperasi")
    parts_of(app).database.write(
        lambda c: c.exec_driver_sql(
            "UPDATE holdings SET held_to = '2026-11-21T00:00:00.000000Z' WHERE post_id = 'staf_koperasi'"
        ).close()
    )
    assert rows(desk("koperasi").get("/tugas")) == []
    head = desk("kabid.koperasi")
    team = head.get("/tim")
    assert "1 tugas tanpa pengerja." in team.text
    listed = head.get(team.link("Lihat dan tugaskan"))
    assert rows(listed) == ["Perihal"]
    asked = act(head, listed, aksi="tugaskan", tugas=ticked(task))
    names = choices(asked, "kepada")
    assert "Staf Bidang Koperasi" not in names.values()
    person = next(value for value, name in names.items() if name == "Sekretaris Dinas")
    fields = {**asked.form("/banyak/tugaskan"), "kepada": person}
    head.post("/tugas/banyak/tugaskan", fields)
    assert office.any_task(task).holder_name == "Sekretaris Dinas"
    assert "tanpa pengerja" not in head.get("/tim").page.select_one("main").get_text()
