"""From an act in the office to an e-mail in a mailbox: whom it reaches, what it says, and what becomes of it when it can't."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from mail_kit import Mailbox, free_port, mail_settings, serving, text_of
from notice_pages import SUBJECT, choose, opened, person_of, request_letter, waiting_jobs, work
from web_kit import Caller, parts_of

from engine.actor import Signature
from engine.ids import AgencyId
from web.demonstration import list_packages
from web.worker import notice_worker

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


def test_who_wants_each_notice_gets_it_at_once_with_a_link_to_the_task(
    app: Flask, desk: Desk, box: Mailbox
) -> None:
    choose(app, "mikro", "each")
    request_letter(desk)
    work(app)
    (message,) = box.messages
    assert box.to == ["mikro@contoh.go.id"]
    assert str(message["From"]) == "Alur <alur@contoh.go.id>"
    assert message["Subject"] == f"Tugas baru di Alur: {SUBJECT}"
    for kind in ("plain", "html"):
        text = " ".join(text_of(message, kind).split())
        assert "Tugas “Membuat draf surat” menunggu di meja jabatan Anda." in text
        assert "Pelayanan Surat Keluar" in text
        assert f"{BASE}/tugas/" in text
        assert f"{BASE}/akun" in text
    assert message["List-Unsubscribe"] == f"<{BASE}/akun>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@127.0.0.1>")
    assert waiting_jobs(app) == []


def test_an_event_is_mailed_once_to_a_person_and_never_to_who_acted(
    app: Flask, desk: Desk, box: Mailbox
) -> None:
    for login in ("kepala", "mikro", "koperasi", "sekretaris"):
        choose(app, login, "each")
    request_letter(desk)
    work(app)
    work(app)
    assert box.to == ["mikro@contoh.go.id"]


def test_the_text_is_written_as_a_letter_is(app: Flask, desk: Desk, box: Mailbox) -> None:
    choose(app, "mikro", "each")
    case = request_letter(desk).link("Lihat perkara").rpartition("/")[2]
    work(app)
    task = desk("mikro").take_first().path
    assert case in task
    assert (
        text_of(box.messages[0]).replace("\r\n", "\n")
        == f"""\
Yth. Staf Bidang Usaha Mikro,

Tugas “Membuat draf surat” menunggu di meja jabatan Anda.

{SUBJECT}
Pelayanan Surat Keluar

Buka di Alur:
{BASE}{task}

--\x20
Surel ini dikirim oleh Alur, Dinas Koperasi dan Usaha Mikro Kota Pasuruan. Jangan dibalas.
Mengubah atau menghentikan surel pemberitahuan: {BASE}/akun
"""
    )


def test_a_digest_comes_the_next_morning_with_what_is_still_unread(
    app: Flask, desk: Desk, box: Mailbox, clock: FixedClock
) -> None:
    choose(app, "mikro", "digest")
    request_letter(desk)
    clock.advance(timedelta(minutes=1))
    request_letter(desk, perihal="Surat kedua")
    clock.advance(timedelta(minutes=1))
    request_letter(desk, perihal="Surat ketiga")
    work(app)
    assert box.messages == []
    desk("mikro").take_first()  # the oldest
    clock.advance(DAY)
    work(app)
    (message,) = box.messages
    assert message["Subject"] == "Ringkasan Alur: 2 pemberitahuan"
    text = text_of(message)
    assert text.index("Surat kedua") < text.index("Surat ketiga")
    assert SUBJECT not in text
    assert text.count(f"{BASE}/tugas/") == 2
    assert "Surat ketiga (Pelayanan Surat Keluar)" in text
    assert text_of(message, "html").count("<li") == 2
    clock.advance(DAY)
    work(app)
    assert len(box.messages) == 1


def test_a_digest_without_anything_to_tell_is_not_sent(
    app: Flask, desk: Desk, box: Mailbox, clock: FixedClock
) -> None:
    choose(app, "mikro", "digest")
    request_letter(desk)
    work(app)
    desk("mikro").take_first()
    clock.advance(DAY)
    work(app)
    assert box.messages == []
    assert waiting_jobs(app) == []


def test_a_long_digest_says_how_many_more_there_are(
    app: Flask, desk: Desk, box: Mailbox, clock: FixedClock
) -> None:
    choose(app, "mikro", "digest")
    request_letter(desk)
    work(app)
    copy = (
        "INSERT INTO notices SELECT person_id, id || ?, kind, chain_id, seq, lead_seq, at, "
        "instance_id, task_id, read_at, for_digest FROM notices WHERE length(id) = 26"
    )
    for number in range(54):
        parts_of(app).database.write(
            lambda c, n=number: c.exec_driver_sql(copy, (f"-{n}",)).close()
        )
    clock.advance(DAY)
    work(app)
    (message,) = box.messages
    assert message["Subject"] == "Ringkasan Alur: 55 pemberitahuan"
    assert "… dan 5 lainnya." in text_of(message)
    assert text_of(message).count(f"{BASE}/tugas/") == 50


@pytest.mark.parametrize("mail", ["each", "digest"])
def test_who_turned_e_mail_off_meanwhile_gets_none(
    app: Flask, desk: Desk, box: Mailbox, clock: FixedClock, mail: str
) -> None:
    choose(app, "mikro", mail)
    request_letter(desk)
    workers_write_notices(app)
    choose(app, "mikro", "off")
    clock.advance(DAY)
    work(app)
    assert box.messages == []
    assert waiting_jobs(app) == []


def workers_write_notices(app: Flask) -> None:
    """Let only the notices be written, not the e-mails sent."""
    notice_worker(parts_of(app)).run_due()


def test_a_secret_case_tells_its_process_and_nothing_else(
    app: Flask, desk: Desk, box: Mailbox
) -> None:
    choose(app, "mikro", "each")
    request_letter(desk, sifat="rahasia")
    work(app)
    (message,) = box.messages
    assert message["Subject"] == "Tugas baru di Alur: Pelayanan Surat Keluar"
    whole = message.as_string() + text_of(message) + text_of(message, "html")
    for word in (SUBJECT, "Membuat draf", "Kepala Dinas", "izin usaha"):
        assert word not in whole
    assert "perkara rahasia" in text_of(message)
    assert f"{BASE}/tugas/" in text_of(message)


def test_a_subject_that_is_personal_stays_in_the_house(
    app: Flask, desk: Desk, box: Mailbox
) -> None:
    mark_subject_personal(app)
    choose(app, "mikro", "each")
    request_letter(desk)
    work(app)
    (message,) = box.messages
    assert message["Subject"] == "Tugas baru di Alur: Pelayanan Surat Keluar"
    assert SUBJECT not in text_of(message) + text_of(message, "html")


def mark_subject_personal(app: Flask) -> None:
    """Put the process in force anew, with its subject as a personal value."""
    package = dict(next(p for p in list_packages("pasuruan") if "surat-keluar.bpmn" in p))
    form = json.loads(package["minta_surat.form"])
    (field,) = [c for c in form["components"] if c.get("key") == "perihal"]
    field.setdefault("properties", {})["pribadi"] = "ya"
    package["minta_surat.form"] = json.dumps(form).encode()
    parts_of(app).runtime.deploy(package, agency=AgencyId("pasuruan"), by=Signature.of_system())


@pytest.mark.parametrize(
    "subject",
    [
        "Undangan\r\nBcc: semua@contoh.go.id",
        "Undangan\nX-Palsu: 1\n\nisi lain",
        "Undangan\x0b\x0c\x1c\x85\u2028Bcc: semua@contoh.go.id",
        "=?utf-8?q?Undangan=0D=0ABcc:_semua@contoh.go.id?=",
    ],
    ids=["crlf", "lf", "other line ends", "encoded word"],
)
def test_nobody_writes_a_header_through_the_subject_of_a_letter(
    app: Flask, desk: Desk, box: Mailbox, subject: str
) -> None:
    choose(app, "mikro", "each")
    case = request_letter(desk).link("Lihat perkara").rpartition("/")[2]
    # past the form, which lets no line break through
    rename = "UPDATE instances SET subject = ? WHERE id = ?"
    parts_of(app).database.write(lambda c: c.exec_driver_sql(rename, (subject, case)).close())
    work(app)
    (message,) = box.messages
    assert box.to == ["mikro@contoh.go.id"]
    assert "Bcc" not in message
    assert "X-Palsu" not in message
    assert "\n" not in message["Subject"]


def test_nobody_writes_a_header_through_a_name_or_an_address(
    app: Flask, desk: Desk, box: Mailbox
) -> None:
    choose(app, "mikro", "each", email="mikro@contoh.go.id\r\nBcc: semua@contoh.go.id")
    request_letter(desk)
    work(app)
    assert box.messages == []
    assert "Alamat surelnya tidak dapat dipakai" in desk("admin").get("/pekerjaan-gagal").text
    choose(app, "mikro", "each", email="mikro@contoh.go.id")
    rename = "UPDATE persons SET name = ? WHERE id = ?"
    for name in (
        'Mikro" <x@y.id>\r\nBcc: semua@contoh.go.id',
        "=?utf-8?q?Mikro=0D=0ABcc:_semua@contoh.go.id?=",
    ):
        named = (name, person_of(app, "mikro"))
        parts_of(app).database.write(lambda c, n=named: c.exec_driver_sql(rename, n).close())
        request_letter(desk)
        work(app)
        message = box.messages.pop()
        assert [a.addr_spec for a in message["To"].addresses] == ["mikro@contoh.go.id"]
        assert "Bcc" not in message


def test_markup_in_a_subject_is_text_in_the_html(app: Flask, desk: Desk, box: Mailbox) -> None:
    choose(app, "mikro", "each")
    request_letter(desk, perihal="<script>alert(1)</script> & <b>tebal</b>")
    work(app)
    html = text_of(box.messages[0], "html")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
