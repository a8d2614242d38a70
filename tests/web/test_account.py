"""One's own account: sessions, the password, links for a new one, how notices come."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from web_kit import PASSWORD, Caller, Seen, parts_of

from engine.actor import Signature
from engine.notice import MailChoice
from storage.accounts import RESET_LASTS, change_password, make_reset
from storage.queries.accounts import find_mail
from storage.sign_ins import OWN_PASSWORD
from web.device_words import device_words
from web.pages.password_link import address_of
from web.passwords import LONGEST, SHORTEST, hash_password

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from engine.ids import PersonId
    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

NEW = "lima ekor kucing di atap"
BY = Signature(person="admin", name="Administrator")


def id_of(app: Flask, login: str) -> PersonId:
    """Give the person with a login."""
    known = parts_of(app).directory.find_credentials(login)
    assert known is not None
    return known.person


def new_password(old: str = PASSWORD, new: str = NEW, again: str | None = None) -> dict[str, str]:
    """Give the fields of a new password, typed twice alike if not said otherwise."""
    return {"sandi_lama": old, "sandi_baru": new, "sandi_ulang": new if again is None else again}


def change(caller: Caller, fields: dict[str, str]) -> Seen:
    form = caller.get("/akun/sandi").form("/akun/sandi")
    return caller.post("/akun/sandi", {**form, **fields})


def end(caller: Caller, which: str) -> Seen:
    return caller.post("/akun/sesi", {**caller.get("/akun").form("/akun/sesi"), "akhiri": which})


def link(app: Flask, login: str = "caraka") -> str:
    """Give the path of a link that an administrator makes."""
    token = make_reset(parts_of(app).database, id_of(app, login), BY)
    with app.test_request_context():
        return address_of(token).removeprefix(parts_of(app).settings.address)


def test_a_person_sees_the_account_and_where_there_are_sessions(desk: Desk) -> None:
    desk("sekretaris")
    page = desk("sekretaris").get("/akun")
    assert (page.status, page.heading) == (200, "Akun saya")
    assert "Sekretaris Dinas" in page.text
    assert len(page.page.select("tbody tr")) == 2
    assert page.text.count("Sesi ini") == 1


def test_a_session_shows_browser_and_address(visitor: Caller) -> None:
    fields = {**visitor.get("/masuk").form("/masuk"), "login": "umum", "sandi": PASSWORD}
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0"
    visitor.client.post("/masuk", data=fields, headers={"User-Agent": agent})
    page = visitor.get("/akun")
    assert "Edge di Windows" in page.text
    assert "alamat 127.0.0.1" in page.text


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox di Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari di iPhone"),
        ("curl/8.0", "Peramban tidak dikenal"),
        ("", "Peramban tidak dikenal"),
        ("<script>Windows", "Windows"),
    ],
)  # fmt: skip
def test_a_browser_is_called_what_its_owner_knows(agent: str, words: str) -> None:
    assert device_words(agent) == words


def test_one_other_session_is_ended(desk: Desk) -> None:
    other, here = desk("umum"), desk("umum")
    row = next(r for r in here.get("/akun").page.select("tbody tr") if "Sesi ini" not in r.text)
    button = row.select_one("button")
    assert button is not None
    page = end(here, str(button["value"]))
    assert "Sesi sudah diakhiri" in page.text
    assert other.get("/akun").path == "/masuk"


def test_all_other_sessions_are_ended(desk: Desk) -> None:
    others, here = [desk("umum"), desk("umum")], desk("umum")
    assert end(here, "lain").heading == "Akun saya"
    assert [caller.get("/akun").path for caller in others] == ["/masuk", "/masuk"]


def test_all_sessions_are_ended_and_this_one_too(desk: Desk) -> None:
    other, here = desk("umum"), desk("umum")
    assert end(here, "semua").path == "/masuk"
    assert other.get("/akun").path == "/masuk"
    assert here.client.get_cookie("alur_sesi") is None


def test_a_session_of_another_person_is_not_ended(desk: Desk) -> None:
    victim, thief = desk("kepala"), desk("umum")
    button = victim.get("/akun").page.select_one("tbody button")
    assert button is not None
    end(thief, str(button["value"]))
    assert victim.get("/akun").status == 200


def test_a_broken_session_id_is_refused(desk: Desk) -> None:
    assert end(desk("umum"), "bukan heksadesimal").status == 400


def test_a_password_is_changed_and_the_other_sessions_end(app: Flask, desk: Desk) -> None:
    other, here = desk("umum"), desk("umum")
    before = here.client.get_cookie("alur_sesi")
    page = change(here, new_password())
    assert "Kata sandi diganti" in page.text
    after = here.client.get_cookie("alur_sesi")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert other.get("/akun").path == "/masuk"
    assert Caller(app).sign_in("umum", PASSWORD).status == 422
    assert Caller(app).sign_in("umum", NEW).status == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (new_password(old="salah"), "lama tidak cocok"),
        (new_password(new="x" * (SHORTEST - 1)), f"paling sedikit {SHORTEST}"),
        (new_password(new="a b" * LONGEST), f"paling banyak {LONGEST}"),
        (new_password(new="123456789012"), "pertama ditebak"),
        (new_password(new="passwordpassword"), "pertama ditebak"),
        (new_password(new="carakacaraka"), "pertama ditebak"),
        (new_password(again="lain sama sekali"), "tidak sama"),
        (new_password(new=PASSWORD), "sama dengan yang lama"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(
    desk: Desk, fields: dict[str, str], said: str
) -> None:
    caller = desk("caraka")
    page = change(caller, fields)
    assert (page.status, page.heading) == (422, "Ganti kata sandi")
    assert said in page.text
    assert not page.page.select("main input[type=password][value]")
    assert caller.get("/tugas").status == 200


def test_a_long_password_with_spaces_and_any_signs_will_do(desk: Desk) -> None:
    page = change(desk("caraka"), new_password(new="  kata “sandi” 🔑 " + "panjang sekali " * 10))
    assert page.heading == "Akun saya"


def test_the_old_password_is_not_guessed_in_a_session_left_open(app: Flask, desk: Desk) -> None:
    change_password(parts_of(app).database, "caraka", hash_password(NEW))
    thief = desk("caraka")
    for _ in range(OWN_PASSWORD.tries):
        assert change(thief, new_password(old="tebakan")).status == 422
    page = change(thief, new_password(old=NEW, new="enam ekor kucing di atap"))
    assert page.status == 429
    assert "Tunggu 60 detik" in page.text


def test_who_must_change_the_password_comes_no_further(app: Flask, desk: Desk) -> None:
    change_password(
        parts_of(app).database, "caraka", hash_password("diberikan orang"), must_change=True
    )
    caller = desk("caraka")
    for path in ("/", "/tugas", "/perkara", "/akun", "/proses"):
        assert caller.get(path).path == "/akun/sandi", path
    page = change(caller, new_password(old="diberikan orang"))
    assert page.heading == "Akun saya"
    assert caller.get("/tugas").path == "/tugas"


def test_who_must_change_the_password_can_sign_out(app: Flask, desk: Desk) -> None:
    change_password(parts_of(app).database, "caraka", hash_password(NEW), must_change=True)
    caller = desk("caraka")
    page = caller.get("/tugas")
    assert "diberikan orang lain" in page.text
    assert caller.post("/keluar", page.form("/keluar")).path == "/masuk"


def test_a_link_lets_a_person_choose_a_password_once(app: Flask, visitor: Caller) -> None:
    path = link(app)
    page = visitor.get(path)
    assert (page.path, page.heading) == ("/sandi-baru", "Pilih kata sandi")
    assert "caraka" in page.text
    done = visitor.post("/sandi-baru", {**page.form("/sandi-baru"), **new_password()})
    assert done.path == "/masuk"
    assert "Kata sandi sudah diganti" in done.text
    assert visitor.client.get_cookie("alur_tautan") is None
    again = visitor.get(path)
    assert again.status == 404
    assert "Mintalah tautan baru" in again.text
    assert visitor.sign_in("caraka", NEW).heading == "Tugas saya"


def test_the_token_of_a_link_stands_in_no_address_that_a_page_is_shown_at(
    app: Flask, visitor: Caller
) -> None:
    path = link(app)
    answer = visitor.client.get(path)
    assert (answer.status_code, answer.location) == (303, "/sandi-baru")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert path.rsplit("/", 1)[1] not in visitor.get("/sandi-baru").answer.text


def test_a_link_refuses_a_password_that_will_not_do_and_stays(app: Flask, visitor: Caller) -> None:
    page = visitor.get(link(app))
    refused = visitor.post(
        "/sandi-baru", {**page.form("/sandi-baru"), **new_password(new="carakacaraka")}
    )
    assert (refused.status, refused.heading) == (422, "Pilih kata sandi")
    assert visitor.get("/sandi-baru").status == 200


def test_a_link_needs_the_token_of_its_form(app: Flask, visitor: Caller) -> None:
    visitor.get(link(app))
    assert visitor.post("/sandi-baru", new_password()).status == 403
    assert visitor.sign_in("caraka").status == 200


def test_a_link_ends_after_a_day_and_when_a_newer_one_is_made(
    app: Flask, visitor: Caller, clock: FixedClock
) -> None:
    older, newer = link(app), link(app)
    assert visitor.get(older).status == 404
    assert visitor.get(newer).status == 200
    clock.advance(RESET_LASTS - timedelta(seconds=1))
    assert visitor.get(newer).status == 200
    clock.advance(timedelta(seconds=1))
    assert visitor.get(newer).status == 404


def test_without_a_link_there_is_nothing_to_choose(visitor: Caller) -> None:
    assert visitor.get("/sandi-baru").status == 404
    assert visitor.get("/sandi-baru/salah").status == 404


def test_a_person_chooses_how_notices_come(app: Flask, desk: Desk) -> None:
    caller = desk("umum")
    form = caller.get("/akun").form("/akun/surel")
    page = caller.post(
        "/akun/surel",
        {**form, "surel": " umum@example.go.id ", "kirim": "each", "sandi_lama": PASSWORD},
    )
    assert "Pilihan pemberitahuan disimpan" in page.text
    field = page.page.select_one("#surel")
    assert field is not None
    assert field["value"] == "umum@example.go.id"
    chosen = parts_of(app).database.read(partial(find_mail, person=id_of(app, "umum")))
    assert chosen is not None
    assert (chosen.mail, chosen.email) == (MailChoice.EACH, "umum@example.go.id")


@pytest.mark.parametrize(
    ("email", "mail", "status"),
    [
        ("bukan alamat", "each", 422),
        ("a@b", "off", 422),
        ("umum@example.go.id\r\nBcc: semua@example.go.id", "each", 422),
        ("x" * 300 + "@example.go.id", "each", 422),
        ("", "digest", 422),
        ("", "off", 200),
        ("umum@example.go.id", "lain", 400),
    ],
)
def test_only_an_address_can_be_mailed_to(desk: Desk, email: str, mail: str, status: int) -> None:
    caller = desk("umum")
    form = caller.get("/akun").form("/akun/surel")
    fields = {**form, "surel": email, "kirim": mail, "sandi_lama": PASSWORD}
    page = caller.post("/akun/surel", fields)
    assert page.status == status
    if status == 422:
        assert "Pilihan belum disimpan" in page.text
        field = page.page.select_one("#surel")
        assert field is not None
        assert field["value"] == email.strip()


def test_another_address_needs_the_password(app: Flask, desk: Desk) -> None:
    thief = desk("umum")
    form = thief.get("/akun").form("/akun/surel")
    changed = {**form, "surel": "pencuri@example.com", "kirim": "off"}
    for password in ("", "tebakan"):
        page = thief.post("/akun/surel", {**changed, "sandi_lama": password})
        assert (page.status, page.heading) == (422, "Akun saya")
        assert "tidak cocok" in page.text
    kept = parts_of(app).database.read(partial(find_mail, person=id_of(app, "umum")))
    assert kept is not None
    assert kept.email == ""
    assert thief.post("/akun/surel", {**form, "surel": "", "kirim": "off"}).status == 200


def test_fields_that_the_form_does_not_have_change_nothing(app: Flask, desk: Desk) -> None:
    caller = desk("umum")
    form = caller.get("/akun").form("/akun/surel")
    extra = {"roles": "administrator", "person": "x", "login": "admin", "must_change": "1"}
    caller.post("/akun/surel", {**form, **extra, "surel": "", "kirim": "off"})
    asked = "SELECT roles, must_change FROM persons WHERE login = 'umum'"
    row = parts_of(app).database.read(lambda c: c.exec_driver_sql(asked).one())
    assert tuple(row) == ("staff", 0)
