"""What becomes of an e-mail that can't be sent: it waits, it goes out once, or it is left to the administrator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from mail_kit import Mailbox, free_port, mail_settings, serving, text_of
from notice_pages import choose, opened, person_of, request_letter, waiting_jobs, work
from web_kit import Caller, parts_of

from engine.errors import WrongState
from engine.ids import AgencyId
from web.mail_work import AddressMail, send_to_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

BASE = "http://127.0.0.1:8000"
DAY = timedelta(days=1)


@pytest.fixture
def port() -> int:
    """Give the port of the office's mail server, at which nobody listens yet."""
    return free_port()


@pytest.fixture
def app(first_morning: Path, tmp_path: Path, clock: FixedClock, port: int) -> Iterator[Flask]:
    """Give the demonstration office with a mail server in its settings."""
    with opened(first_morning, tmp_path, clock, **mail_settings(port)) as app:
        yield app


@pytest.fixture
def box(port: int) -> Iterator[Mailbox]:
    """Let the mail server run."""
    with serving(port=port) as (mailbox, _):
        yield mailbox


def test_e_mails_wait_while_the_server_is_away_and_go_out_once_when_it_is_back(
    app: Flask, desk: Desk, port: int, clock: FixedClock
) -> None:
    choose(app, "mikro", "each")
    request_letter(desk)
    work(app)
    for minutes in (1, 5):
        clock.advance(timedelta(minutes=minutes))
        work(app)
    ((kind, state, _),) = waiting_jobs(app)
    assert (kind, state) == ("mail_notice", "retried")
    assert "Tidak ada yang gagal." in desk("admin").get("/pekerjaan-gagal").text
    with serving(port=port) as (box, _):
        work(app)
        assert box.messages == []  # not before its time
        clock.advance(timedelta(minutes=15))
        work(app)
        work(app)
    assert box.to == ["mikro@contoh.go.id"]
    assert waiting_jobs(app) == []


def test_a_server_that_stays_away_is_shown_to_the_administrator_who_sends_again(
    app: Flask, desk: Desk, port: int, clock: FixedClock
) -> None:
    choose(app, "mikro", "each")
    request_letter(desk)
    for _ in range(12):
        work(app)
        clock.advance(DAY)
    admin = desk("admin")
    page = admin.get("/pekerjaan-gagal")
    assert "Surel pemberitahuan · Staf Bidang Usaha Mikro" in page.text
    assert "Server surel tidak menjawab." in page.text
    assert "10 kali dicoba." in page.text
    assert "1 surel atau pekerjaan gagal" in admin.get("/pemberitahuan").text
    with serving(port=port) as (box, _):
        work(app)
        assert box.messages == []
        action = str(page.page.select_one("form[action$=ulang]")["action"])
        after = admin.post(action, page.form(action))
        assert "Tidak ada yang gagal." in after.text
        work(app)
    assert box.to == ["mikro@contoh.go.id"]


def test_a_refused_recipient_is_failed_with_its_reason_and_the_others_go_on(
    app: Flask, desk: Desk, port: int
) -> None:
    for login in ("sekretaris", "sekretariat"):
        choose(app, login, "each")
    box = Mailbox(replies={"sekretaris@contoh.go.id": "550 5.1.1 no such user"})
    with serving(box, port=port):
        request_letter(desk, unit_pembuat="sekretariat")
        work(app)
    assert box.to == ["sekretariat@contoh.go.id"]
    page = desk("admin").get("/pekerjaan-gagal")
    assert "Sekretaris Dinas" in page.text
    assert "Server surel menolak alamat penerimanya." in page.text


def test_the_administrator_of_an_office_can_forget_a_failed_one(
    app: Flask, desk: Desk, port: int
) -> None:
    choose(app, "mikro", "each")
    with serving(Mailbox(reply="554 no"), port=port):
        request_letter(desk)
        work(app)
    admin = desk("admin")
    page = admin.get("/pekerjaan-gagal")
    action = str(page.page.select_one("form[action$=hapus]")["action"])
    assert "Tidak ada yang gagal." in admin.post(action, page.form(action)).text
    assert waiting_jobs(app) == []
    assert admin.post(action, page.form("/keluar")).status in (400, 404)


def test_what_was_read_before_the_server_came_back_is_not_sent_any_more(
    app: Flask, desk: Desk, port: int, clock: FixedClock
) -> None:
    choose(app, "mikro", "each")
    request_letter(desk)
    work(app)
    desk("mikro").take_first()
    clock.advance(timedelta(minutes=1))
    with serving(port=port) as (box, _):
        work(app)
    assert box.messages == []
    assert waiting_jobs(app) == []


def test_without_a_mail_server_there_is_only_the_bell(
    first_morning: Path, tmp_path: Path, clock: FixedClock
) -> None:
    with opened(first_morning, tmp_path, clock) as quiet:
        choose(quiet, "mikro", "each")
        head, sessions = Caller(quiet), parts_of(quiet).sessions
        token = sessions.open_session(person_of(quiet, "kepala")).token
        head.client.set_cookie("alur_sesi", token)
        request_letter(lambda _login: head)
        work(quiet)
        assert waiting_jobs(quiet) == []
        with pytest.raises(WrongState, match="mail server"):
            send_to_address(parts_of(quiet), reset(quiet))


# to an address


def reset(
    app: Flask, to: str = "ani@contoh.go.id", template: str = "password_reset"
) -> AddressMail:
    """Give the e-mail with a link for a new password."""
    return AddressMail(
        agency=AgencyId("pasuruan"),
        to=to,
        template=template,
        values={"name": "Ani", "link": f"{BASE}/sandi/RAHASIA-17", "until": "09.00 WIB"},
        until=parts_of(app).clock.now() + timedelta(hours=1),
    )


def test_an_e_mail_to_an_address_is_sent_by_its_template_and_leaves_nothing_behind(
    app: Flask, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    send_to_address(parts_of(app), reset(app))
    work(app)
    (message,) = box.messages
    assert (box.to, box.subjects) == (["ani@contoh.go.id"], ["Kata sandi baru untuk Alur"])
    for kind in ("plain", "html"):
        assert f"{BASE}/sandi/RAHASIA-17" in text_of(message, kind)
        assert "09.00 WIB" in text_of(message, kind)
    assert "List-Unsubscribe" not in message
    assert waiting_jobs(app) == []
    assert "RAHASIA" not in caplog.text


def test_a_link_that_came_too_late_is_failed_without_the_link(
    app: Flask, desk: Desk, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    send_to_address(parts_of(app), reset(app))
    for _ in range(4):
        work(app)
        clock.advance(timedelta(minutes=30))
    page = desk("admin").get("/pekerjaan-gagal")
    assert "Surel akun" in page.text
    assert "sudah tidak berguna lagi" in page.text
    assert page.page.select("form[action$=ulang]") == []
    assert "RAHASIA" not in caplog.text
    kept = parts_of(app).database.read(
        lambda c: c.exec_driver_sql("SELECT data FROM jobs").scalars().all()
    )
    assert kept == [b"{}"]


def test_a_template_that_is_not_there_is_a_mistake_of_the_caller(app: Flask) -> None:
    with pytest.raises(KeyError):
        send_to_address(parts_of(app), reset(app, template="../notice"))
