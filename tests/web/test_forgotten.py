"""A forgotten password: a link by mail where mail is sent, the same answer for everybody, and few of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from web_kit import MORNING, Caller, close, parts_of, settings_for

from engine.notice import MailChoice
from engine.testing import FixedClock
from engine.variables import object_of
from storage.accounts import choose_mail
from storage.history import list_records
from storage.sign_ins import LINK_BY_MAIL
from web import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flask import Flask
    from web_kit import Seen

NEW = {"sandi_baru": "lima ekor kucing di atap", "sandi_ulang": "lima ekor kucing di atap"}


@pytest.fixture
def mailed(first_morning: Path, tmp_path: Path) -> Iterator[Flask]:
    """Give the application of an office that sends mail, in which Caraka has an address."""
    file = tmp_path / "mailed.sqlite3"
    file.write_bytes(first_morning.read_bytes())
    settings = settings_for(file, smtp_url="smtp://127.0.0.1:2525", smtp_from="alur@example.go.id")
    app = create_app(settings, FixedClock(MORNING))
    known = parts_of(app).directory.find_credentials("caraka")
    assert known is not None
    choose_mail(
        parts_of(app).database, known.person, mail=MailChoice.OFF, email="caraka@example.go.id"
    )
    yield app
    close(app)


def ask(caller: Caller, login: str) -> Seen:
    form = caller.get("/lupa-sandi").form("/lupa-sandi")
    page = caller.post("/lupa-sandi", {**form, "login": login})
    page.answer.close()  # as the server does when the answer has gone out
    return page


def mails(app: Flask) -> list[Mapping[str, object]]:
    """Give what is laid out to be sent to an address."""
    asked = "SELECT data FROM jobs WHERE kind = 'mail_address' ORDER BY id"
    rows = parts_of(app).database.read(lambda c: c.exec_driver_sql(asked).all())
    return [object_of(bytes(row[0])) for row in rows]


def test_a_link_goes_to_the_address_and_changes_the_password(mailed: Flask) -> None:
    visitor = Caller(mailed)
    page = ask(visitor, " Caraka ")
    assert page.status == 200
    (mail,) = mails(mailed)
    assert (mail["to"], mail["template"]) == ("caraka@example.go.id", "password_reset")
    values = mail["values"]
    assert isinstance(values, dict)
    address = str(values["link"])
    assert address.startswith("http://127.0.0.1:8000/sandi-baru/")
    assert values["until"] == "22 November 2026, 08.00 WIB"
    asked = visitor.get(address.removeprefix("http://127.0.0.1:8000"))
    done = visitor.post("/sandi-baru", {**asked.form("/sandi-baru"), **NEW})
    assert "Kata sandi sudah diganti" in done.text
    assert visitor.sign_in("caraka", NEW["sandi_baru"]).heading == "Tugas saya"


def test_the_answer_is_the_same_whether_there_is_such_an_account_or_not(mailed: Flask) -> None:
    pages = [ask(Caller(mailed), login) for login in ("caraka", "umum", "tidak-ada", "\0", "")]
    assert {page.status for page in pages} == {200}
    assert len({page.text for page in pages}) == 1
    assert len(mails(mailed)) == 1


def test_a_link_by_mail_does_not_take_away_one_that_was_handed_over(mailed: Flask) -> None:
    ask(Caller(mailed), "caraka")
    ask(Caller(mailed), "caraka")
    visitor = Caller(mailed)
    for mail in mails(mailed):
        values = mail["values"]
        assert isinstance(values, dict)
        path = str(values["link"]).removeprefix("http://127.0.0.1:8000")
        assert visitor.get(path).heading == "Pilih kata sandi"


def test_few_links_are_sent_to_one_account(mailed: Flask) -> None:
    visitor = Caller(mailed)
    for _ in range(LINK_BY_MAIL.tries):
        assert ask(visitor, "caraka").status == 200
    page = ask(visitor, "caraka")
    assert page.status == 429
    assert "Tunggu 60 menit" in page.text
    assert len(mails(mailed)) == LINK_BY_MAIL.tries


def test_a_link_by_mail_stands_in_the_agencys_chain(mailed: Flask) -> None:
    ask(Caller(mailed), "caraka")
    records = parts_of(mailed).database.read(partial(list_records, chain="agency:pasuruan"))
    assert records[-1].event.type == "password_reset_made"
    assert records[-1].by is not None
    assert records[-1].by.person == ""


def test_where_no_mail_is_sent_the_page_says_whom_to_ask(visitor: Caller) -> None:
    page = visitor.get("/lupa-sandi")
    assert "kepada administrator" in page.text
    assert page.page.select("main form") == []
    token = visitor.get("/masuk").form("/masuk")["_csrf"]
    refused = visitor.post("/lupa-sandi", {"_csrf": token, "login": "caraka"})
    assert refused.status == 409
    assert "tidak dapat mengirim surel" in refused.text
