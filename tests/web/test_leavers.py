"""Who leaves: nothing stays behind unseen, and a closed account is shut at the next request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from office_pages import fill_in, letters, page_of, roster

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from web_kit import Caller, Seen

    Desk = Callable[[str], Caller]

SUBJECTS = ("Undangan rapat", "Permintaan data")


@pytest.fixture
def admin(desk: Desk) -> Caller:
    """Give the administrator's browser."""
    return desk("admin")


def person(app: Flask, login: str) -> str:
    found = roster(app).find_login(login)
    assert found is not None
    return found.id


def fields_of(page: Seen) -> list[str]:
    """Give the names of the fields that say who gets each task."""
    return [str(field["name"]) for field in page.page.select("td select")]


def mine(caller: Caller) -> list[str]:
    """Give what lies on somebody's desk."""
    return sorted(a.get_text() for a in caller.get("/tugas").page.select("a.title"))


def test_the_page_shows_what_lies_on_the_desk_and_who_may_get_it(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    letters(desk, *SUBJECTS)
    page = admin.get(f"{page_of(app, 'mikro')}/tutup")
    assert "Tugas di mejanya (2)" in page.text
    options = [o.get_text() for o in page.page.select("td select")[0].select("option")]
    assert options == ["kembali ke lajur", "Kepala Bidang Usaha Mikro"]


def test_a_leaver_s_tasks_go_to_a_colleague_and_to_the_lane_in_one_act(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    tasks = letters(desk, *SUBJECTS)
    clerk = desk("mikro")
    address = f"{page_of(app, 'mikro')}/tutup"
    first, second = fields_of(admin.get(address))
    chosen = {first: person(app, "kabid.mikro"), second: "", "alasan": "pensiun"}
    page = fill_in(admin, address, chosen)
    assert "Akun ditutup" in page.text
    assert "Ditutup" in page.text
    assert clerk.get("/tugas").path == "/masuk"
    given = first.removeprefix("tugas.")
    assert [task.endswith(given) for task in sorted(tasks)].count(True) == 1
    head = desk("kabid.mikro")
    assert len(mine(head)) == 1
    assert len(head.get("/tugas?meja=bebas").page.select("a.title")) == 1
    for task in tasks:
        case = task.replace("tugas", "perkara").rpartition("-")[0]
        assert "pensiun" in desk("kepala").get(case).text
    assert "Setiap lajur dan jabatan" not in admin.get("/kantor").text
    assert "tidak berhak lagi" not in admin.get("/kantor").text


def test_all_tasks_go_to_one_person_at_once(app: Flask, admin: Caller, desk: Desk) -> None:
    letters(desk, *SUBJECTS)
    address = f"{page_of(app, 'mikro')}/tutup"
    page = admin.get(address)
    fields = dict.fromkeys(fields_of(page), "")
    everything = {"semua": person(app, "kabid.mikro"), "alasan": "mutasi"}
    fill_in(admin, address, {**fields, **everything})
    assert mine(desk("kabid.mikro")) == sorted(SUBJECTS)


def test_a_task_that_came_meanwhile_stops_the_closing_and_is_shown(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    letters(desk, SUBJECTS[0])
    address = f"{page_of(app, 'mikro')}/tutup"
    old = admin.get(address)
    letters(desk, SUBJECTS[1])
    sent = {**old.form(address), **dict.fromkeys(fields_of(old), ""), "alasan": "pensiun"}
    page = admin.post(address, sent)
    assert page.status == 409
    assert "1 tugas lain" in page.text
    assert "Tugas di mejanya (2)" in page.text
    reason = page.page.select_one("#alasan")
    assert reason is not None
    assert reason.get_text().strip() == "pensiun"
    assert len(mine(desk("mikro"))) == 2


def test_a_closing_without_a_reason_says_so_and_keeps_what_was_chosen(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    letters(desk, SUBJECTS[0])
    address = f"{page_of(app, 'mikro')}/tutup"
    (field,) = fields_of(admin.get(address))
    page = fill_in(admin, address, {field: person(app, "kabid.mikro"), "alasan": " "})
    assert page.status == 422
    assert "Alasan belum diisi" in page.text
    chosen = page.page.select_one("td option[selected]")
    assert chosen is not None
    assert chosen.get_text() == "Kepala Bidang Usaha Mikro"


def test_nobody_closes_the_own_account(app: Flask, admin: Caller) -> None:
    assert not admin.get(page_of(app, "admin")).page.select('a[href$="/tutup"]')
    page = fill_in(admin, f"{page_of(app, 'admin')}/tutup", {"alasan": "x"})
    assert page.status == 409
    assert "Akun sendiri tidak dapat ditutup" in page.text


def test_a_reopened_account_has_no_posts_and_no_tasks(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    address = page_of(app, "mikro")
    fill_in(admin, f"{address}/tutup", {"alasan": "pensiun"})
    page = admin.get(address)
    page = admin.post(f"{address}/buka", page.form("/buka"))
    assert "Akun dibuka lagi" in page.text
    clerk = desk("mikro")
    assert mine(clerk) == []
    assert clerk.get("/perkara").page.select("a.title") == []


def test_a_post_that_ends_now_hands_over_its_tasks_and_the_next_request_sees_it(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    (task,) = letters(desk, SUBJECTS[0])
    clerk = desk("mikro")
    form = clerk.get(task)
    link = admin.get(page_of(app, "mikro")).link("Akhiri")
    (field,) = fields_of(admin.get(link))
    page = fill_in(admin, link, {field: person(app, "kabid.mikro"), "alasan": "mutasi"})
    assert "Akhir masa jabatan dicatat" in page.text
    assert clerk.get(task).status == 404
    assert clerk.post(task, form.form(task)).status == 404
    assert mine(desk("kabid.mikro")) == [SUBJECTS[0]]


def test_a_post_that_ends_later_leaves_the_desk_as_it_is_until_then(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    letters(desk, SUBJECTS[0])
    link = admin.get(page_of(app, "mikro")).link("Akhiri")
    page = fill_in(admin, link, {"sampai": "30/11/2026"})
    assert "21 November 2026 sampai 30 November 2026" in page.text
    assert mine(desk("mikro")) == [SUBJECTS[0]]
    wrong = fill_in(admin, admin.get(page_of(app, "mikro")).link("Akhiri"), {"sampai": "1/1/2026"})
    assert wrong.status == 422
    assert "sudah lewat" in wrong.text


def test_tasks_of_somebody_who_is_ill_are_given_to_others_and_the_rest_stays(
    app: Flask, admin: Caller, desk: Desk
) -> None:
    letters(desk, *SUBJECTS)
    address = f"{page_of(app, 'mikro')}/alihkan"
    first, second = fields_of(admin.get(address))
    chosen = {first: person(app, "kabid.mikro"), second: "tetap", "alasan": "sakit"}
    assert "Tugas dialihkan" in fill_in(admin, address, chosen).text
    assert (len(mine(desk("kabid.mikro"))), len(mine(desk("mikro")))) == (1, 1)
