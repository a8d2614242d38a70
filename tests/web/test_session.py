from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web_kit import (
    FIRST_REQUEST,
    MORNING,
    PASSWORD,
    Caller,
    Seen,
    close,
    parts_of,
    settings_for,
)

from engine.clock import as_text
from engine.testing import FixedClock
from storage.queries.people import list_persons
from web import create_app
from web.guard import is_local

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask

    Desk = Callable[[str], Caller]


def test_a_person_signs_in_and_comes_to_the_inbox(visitor: Caller) -> None:
    page = visitor.sign_in("kepala")
    assert (page.status, page.path, page.heading) == (200, "/tugas", "Tugas saya")


def test_the_sign_in_leads_back_to_the_page_that_was_asked_for(visitor: Caller) -> None:
    asked = visitor.get("/perkara?halaman=2")
    assert asked.path == "/masuk"
    fields = {**asked.form("/masuk"), "login": "kepala", "sandi": PASSWORD}
    answer = visitor.client.post("/masuk", data=fields)
    assert (answer.status_code, answer.location) == (303, "/perkara?halaman=2")


@pytest.mark.parametrize("path", ["//jahat.example/", "https://jahat.example", "/\\jahat", "x"])
def test_the_sign_in_leads_nowhere_else(visitor: Caller, path: str) -> None:
    assert not is_local(path)
    fields = {**visitor.get("/masuk").form("/masuk"), "login": "kepala", "lanjut": path}
    answer = visitor.client.post("/masuk", data={**fields, "sandi": PASSWORD})
    assert answer.location == "/tugas"


def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(visitor: Caller) -> None:
    wrong = visitor.sign_in("kepala", "bukan kata sandinya")
    unknown = visitor.sign_in("tidak-ada", "bukan kata sandinya")
    assert wrong.status == unknown.status == 422
    assert wrong.text == unknown.text
    assert "tidak cocok" in wrong.text


def test_a_password_of_a_hundred_thousand_characters_is_refused(visitor: Caller) -> None:
    assert visitor.sign_in("kepala", "x" * 100_000).status == 422


def test_a_session_gets_a_new_id_at_each_sign_in(visitor: Caller) -> None:
    visitor.sign_in("kepala")
    first = visitor.client.get_cookie("alur_sesi")
    page = visitor.get("/tugas")
    visitor.post("/keluar", page.form("/keluar"))
    assert visitor.client.get_cookie("alur_sesi") is None
    visitor.sign_in("kepala")
    second = visitor.client.get_cookie("alur_sesi")
    assert first is not None
    assert second is not None
    assert first.value != second.value


def test_after_signing_out_an_old_cookie_opens_nothing(visitor: Caller) -> None:
    visitor.sign_in("kepala")
    cookie = visitor.client.get_cookie("alur_sesi")
    assert cookie is not None
    visitor.post("/keluar", visitor.get("/tugas").form("/keluar"))
    visitor.client.set_cookie("alur_sesi", cookie.value)
    assert visitor.get("/tugas").path == "/masuk"


@pytest.mark.parametrize("token", ["", "salah", "é"])
def test_a_form_without_the_right_token_is_refused(desk: Desk, token: str) -> None:
    answer = desk("kepala").post("/keluar", {"_csrf": token})
    assert answer.status == 403
    assert "Muat ulang halaman" in answer.text


def test_a_token_of_another_session_is_refused(desk: Desk) -> None:
    other = desk("mikro").get("/tugas").form("/keluar")
    assert desk("kepala").post("/keluar", other).status == 403


def test_the_sign_in_form_needs_its_token_too(visitor: Caller) -> None:
    fields = {"login": "kepala", "sandi": PASSWORD}
    assert visitor.post("/masuk", fields).status == 403


def test_the_cookie_is_closed_to_scripts_and_other_sites(visitor: Caller) -> None:
    fields = {**visitor.get("/masuk").form("/masuk"), "login": "kepala", "sandi": PASSWORD}
    answer = visitor.client.post("/masuk", data=fields)
    (cookie,) = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith("alur_sesi=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_demonstration_lists_its_people_and_says_what_it_is(
    app: Flask, visitor: Caller
) -> None:
    page = visitor.get("/masuk")
    assert "Ini pemasangan peragaan" in page.text
    buttons = page.page.select("ul.people form")
    people = parts_of(app).database.read(lambda c: list_persons(c, MORNING))
    assert len(buttons) == len(people) > 5
    fields = {str(f["name"]): str(f["value"]) for f in buttons[0].select("input")}
    assert visitor.post("/masuk", fields).heading == "Tugas saya"


def test_who_is_signed_in_does_not_see_the_sign_in_again(app: Flask) -> None:
    caller = Caller(app)
    caller.sign_in("kepala")
    assert caller.get("/masuk").path == "/tugas"


def change(app: Flask, statement: str) -> None:
    """Change a row behind everybody's back, as another process would."""
    parts_of(app).database.write(lambda c: c.exec_driver_sql(statement).close())


def test_a_role_that_is_taken_away_counts_at_the_next_request(app: Flask, desk: Desk) -> None:
    auditor = desk("auditor")
    head = desk("kepala")
    case = head.send(head.start("Pelayanan Surat Keluar"), FIRST_REQUEST).link("Lihat perkara")
    assert auditor.get(case).status == 200
    change(app, "UPDATE persons SET roles = 'staff' WHERE login = 'auditor'")
    assert auditor.get(case).status == 404


def test_a_post_that_is_given_up_counts_at_the_next_request(app: Flask, desk: Desk) -> None:
    head, clerk = desk("kepala"), desk("mikro")
    head.send(head.start("Pelayanan Surat Keluar"), FIRST_REQUEST)
    task = clerk.take_first()
    ended = as_text(MORNING)
    mine = "SELECT id FROM persons WHERE login = 'mikro'"
    change(app, f"UPDATE holdings SET held_to = '{ended}' WHERE person_id = ({mine})")  # noqa: S608 - ours
    refused = clerk.post(task.path, {**task.form(task.path), "jenis_naskah": "undangan"})
    assert refused.status == 404
    assert clerk.get(task.path).status == 404


def test_an_account_that_is_closed_counts_at_the_next_request(app: Flask, desk: Desk) -> None:
    clerk = desk("mikro")
    assert clerk.get("/tugas").path == "/tugas"
    ended = as_text(MORNING)
    change(app, f"UPDATE persons SET closed_at = '{ended}' WHERE login = 'mikro'")  # noqa: S608 - ours
    assert clerk.get("/tugas").path == "/masuk"


def test_over_https_the_cookies_are_bound_to_the_host(first_morning: Path, tmp_path: Path) -> None:
    file = tmp_path / "alur.sqlite3"
    file.write_bytes(first_morning.read_bytes())
    app = create_app(settings_for(file, base_url="https://alur.go.id"), FixedClock(MORNING))
    client = app.test_client()
    first = client.get("/masuk", base_url="https://alur.go.id")
    fields = {**Seen(answer=first).form("/masuk"), "login": "kepala", "sandi": PASSWORD}
    signed_in = client.post("/masuk", data=fields, base_url="https://alur.go.id")
    assert signed_in.status_code == 303
    for cookie in (first.headers["Set-Cookie"], signed_in.headers["Set-Cookie"]):
        assert cookie.startswith("__Host-alur_")
        assert "Secure" in cookie
        assert "Path=/" in cookie
    close(app)
