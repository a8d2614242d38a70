"""The bell and the page *Pemberitahuan*, as the people of the office meet them."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from notice_pages import SUBJECT, bell, person_of, request_letter, work
from web_kit import Caller, parts_of

from engine.job import JobKind
from engine.notice import NoticeKind
from web.notice_words import JOBS, SENTENCES, SUBJECTS, TELLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bs4 import Tag
    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

PAGE = "/pemberitahuan"


@pytest.fixture
def asked(app: Flask, desk: Desk) -> str:
    """Give the address of a case that waits for Bidang Usaha Mikro, whose people were told."""
    case = request_letter(desk).link("Lihat perkara")
    work(app)
    return case


def lines(caller: Caller) -> list[Tag]:
    """Give the notices of the page."""
    return list(caller.get(PAGE).page.select("table.notices tbody tr"))


def test_a_new_task_rings_the_bell_of_those_who_may_take_it_and_of_nobody_else(
    desk: Desk, asked: str
) -> None:
    assert asked
    assert bell(desk("mikro")) == "Pemberitahuan 1 belum dibaca"
    for login in ("kepala", "koperasi", "umum", "admin"):
        assert bell(desk(login)) == "Pemberitahuan", login


def test_the_page_says_what_happened_and_leads_straight_to_the_task(desk: Desk, asked: str) -> None:
    staff = desk("mikro")
    (line,) = lines(staff)
    said = " ".join(line.get_text(" ", strip=True).split())
    assert "Belum dibaca: Tugas “Membuat draf surat” menunggu di meja jabatan Anda" in said
    assert SUBJECT in said
    link = line.select_one("a.title")
    assert link is not None
    task = staff.get(str(link["href"]))
    assert (task.status, task.heading) == (200, "Membuat draf surat")
    assert task.path.startswith(asked.replace("perkara", "tugas"))


def test_opening_the_task_is_reading_the_notice(desk: Desk, asked: str) -> None:
    staff = desk("mikro")
    staff.get(f"{asked.replace('perkara', 'tugas')}-77")  # no such task
    assert bell(staff) == "Pemberitahuan 1 belum dibaca"
    assert "belum dibaca" not in staff.take_first().text
    assert bell(staff) == "Pemberitahuan"
    (line,) = lines(staff)
    assert line.select("form") == []


def test_one_notice_is_marked_as_read_by_hand(desk: Desk, asked: str) -> None:
    assert asked
    staff = desk("mikro")
    page = staff.get(PAGE)
    action = str(page.page.select_one("tr form")["action"])
    after = staff.post(action, page.form(action))
    assert after.path == PAGE
    assert bell(staff) == "Pemberitahuan"


def test_nobody_marks_the_notices_of_others(app: Flask, desk: Desk, asked: str) -> None:
    assert asked
    action = str(desk("mikro").get(PAGE).page.select_one("tr form")["action"])
    stranger = desk("koperasi")
    token = stranger.get(PAGE).form("/keluar")["_csrf"]
    assert stranger.post(action, {"_csrf": token}).status == 200
    assert stranger.get(action).status == 405
    assert bell(desk("mikro")) == "Pemberitahuan 1 belum dibaca"
    assert person_of(app, "mikro")


def test_all_are_marked_as_read_at_once(
    app: Flask, desk: Desk, asked: str, clock: FixedClock
) -> None:
    assert asked
    clock.advance(timedelta(minutes=1))
    request_letter(desk, perihal="Surat kedua")
    work(app)
    staff = desk("mikro")
    assert bell(staff) == "Pemberitahuan 2 belum dibaca"
    assert [SUBJECT in line.get_text() for line in lines(staff)] == [False, True]  # newest first
    page = staff.get(PAGE)
    staff.post(f"{PAGE}/dibaca", page.form(f"{PAGE}/dibaca"))
    assert bell(staff) == "Pemberitahuan"
    assert "Tandai semua dibaca" not in staff.get(PAGE).text


def test_a_link_of_a_notice_leads_to_the_task_through_the_sign_in(
    visitor: Caller, desk: Desk, asked: str
) -> None:
    link = str(lines(desk("mikro"))[0].select_one("a.title")["href"])
    door = visitor.get(link)
    assert door.path == "/masuk"
    page = visitor.post(
        "/masuk", {**door.form("/masuk"), "login": "mikro", "sandi": "peragaan-alur"}
    )
    assert page.path == link
    assert asked


def test_once_a_colleague_has_the_task_nobody_else_is_called(app: Flask, desk: Desk) -> None:
    request_letter(desk, unit_pembuat="sekretariat")
    work(app)
    staff, head = desk("sekretariat"), desk("sekretaris")
    assert bell(staff) == bell(head) == "Pemberitahuan 1 belum dibaca"
    task = staff.take_first()
    claim = f"{task.path}/ambil"
    staff.post(claim, task.form(claim))
    work(app)
    assert bell(head) == "Pemberitahuan"
    assert "Belum ada pemberitahuan" in head.get(PAGE).text


def test_who_may_not_see_the_case_any_more_reads_nothing_of_it(
    app: Flask, desk: Desk, asked: str
) -> None:
    assert asked
    leave = "UPDATE holdings SET held_to = held_from WHERE person_id = ?"
    person = person_of(app, "mikro")
    parts_of(app).database.write(lambda c: c.exec_driver_sql(leave, (person,)).close())
    staff = desk("mikro")
    page = staff.get(PAGE)
    assert "Perkara ini tidak lagi dapat Anda lihat" in page.text
    assert SUBJECT not in page.text
    assert "Membuat draf" not in page.text
    (line,) = lines(staff)
    assert line.select("a") == []


def test_a_page_without_notices_says_what_will_come(desk: Desk) -> None:
    assert "Belum ada pemberitahuan" in desk("caraka").get(PAGE).text


COPY = (
    "INSERT INTO notices SELECT person_id, id || ?, kind, chain_id, seq, lead_seq, at, instance_id, "
    "task_id, read_at, for_digest FROM notices WHERE length(id) = 26"
)


@pytest.fixture
def many(app: Flask, desk: Desk, asked: str) -> Caller:
    """Give the desk of somebody with 121 notices."""
    assert asked
    for number in range(120):
        parts_of(app).database.write(
            lambda c, n=number: c.exec_driver_sql(COPY, (f"-{n}",)).close()
        )
    return desk("mikro")


def test_many_notices_come_in_numbered_pages(many: Caller) -> None:
    assert bell(many) == "Pemberitahuan 99+ belum dibaca"
    assert "Menampilkan 101–121 dari 121 pemberitahuan." in many.get(f"{PAGE}?halaman=3").text
    assert len(gzip.compress(many.get(PAGE).answer.data)) <= 15 * 1024
    action = f"{PAGE}/dibaca"
    many.post(action, many.get(PAGE).form(action))
    assert bell(many) == "Pemberitahuan"


def test_a_notice_marked_on_a_later_page_leads_back_to_that_page(many: Caller) -> None:
    page = many.get(f"{PAGE}?halaman=2")
    action = str(page.page.select_one("tr form")["action"])
    answer = many.client.post(action, data=page.form(action))
    assert answer.headers["Location"].endswith(f"{PAGE}?halaman=2")


def test_the_administrator_alone_sees_what_failed(app: Flask, desk: Desk) -> None:
    assert desk("kepala").get("/pekerjaan-gagal").status == 403
    assert "Tidak ada yang gagal." in desk("admin").get("/pekerjaan-gagal").text
    assert app


def test_each_kind_of_notice_and_of_job_has_its_words() -> None:
    assert set(TELLS) == set(SUBJECTS) == set(NoticeKind)
    assert set(JOBS) == set(JobKind)
    assert all(text[-1] == "." for text in SENTENCES.values())
    assert all(text[-1] != "." for text in TELLS.values())
