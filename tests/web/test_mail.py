"""E-mail by SMTP to a real server: taken, refused, encrypted, and away for a while."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest
from mail_kit import (
    HOST,
    PASSWORD,
    USER,
    Mailbox,
    authority,
    free_port,
    mail_settings,
    serving,
)

from engine.job import JobFailed
from engine.testing import FixedClock
from web.config import InvalidSettings, Settings, read_settings
from web.mail import REST, Mailer, mail_server
from web.words import explain

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 1, tzinfo=UTC)
LOGIN = "alur:rahasia%2F%26%3A%40"


@pytest.fixture
def clock() -> FixedClock:
    """Give a clock that stands still."""
    return FixedClock(NOW)


def mailer(clock: FixedClock, port: int, **settings: object) -> Mailer:
    """Give a mailer to the server at a port."""
    server = mail_server(Settings(**mail_settings(port, **settings)))
    assert server is not None
    return Mailer(server, clock)


def message(to: str = "ani@contoh.go.id") -> EmailMessage:
    """Give an e-mail."""
    written = EmailMessage()
    written["From"], written["To"], written["Subject"] = "alur@contoh.go.id", to, "Undangan “rapat”"
    written.set_content("Isi\n", cte="quoted-printable")
    return written


def failure(sender: Mailer, to: str = "ani@contoh.go.id") -> JobFailed:
    """Give what becomes of an e-mail that can't be sent."""
    with pytest.raises(JobFailed) as failed:
        sender.send(message(to))
    return failed.value


def test_e_mails_are_taken_over_one_connection(clock: FixedClock) -> None:
    with serving() as (box, port):
        sender = mailer(clock, port)
        for to in ("ani@contoh.go.id", "budi@contoh.go.id"):
            sender.send(message(to))
        sender.rest()
    assert box.to == ["ani@contoh.go.id", "budi@contoh.go.id"]
    assert box.subjects == ["Undangan “rapat”"] * 2
    assert box.sessions == 1


def test_a_refused_recipient_is_final_and_the_next_one_is_sent(clock: FixedClock) -> None:
    box = Mailbox(replies={"salah@contoh.go.id": "550 5.1.1 no such user"})
    with serving(box) as (_, port):
        sender = mailer(clock, port)
        failed = failure(sender, "salah@contoh.go.id")
        assert (failed.code, failed.is_final) == ("mail_recipient_refused", True)
        sender.send(message())
        sender.rest()
    assert box.to == ["ani@contoh.go.id"]


@pytest.mark.parametrize(
    ("box", "code", "is_final"),
    [
        (
            Mailbox(replies={"ani@contoh.go.id": "450 4.2.1 greylisted"}),
            "mail_recipient_later",
            False,
        ),
        (Mailbox(reply="554 5.7.1 spam"), "mail_refused", True),
        (Mailbox(reply="452 4.3.1 full"), "mail_later", False),
    ],
    ids=["greylisted", "spam", "full"],
)
def test_what_the_server_says_decides_whether_it_is_tried_again(
    clock: FixedClock,
    box: Mailbox,
    code: str,
    is_final: bool,  # noqa: FBT001 - a table
) -> None:
    with serving(box) as (_, port):
        failed = failure(mailer(clock, port))
    assert (failed.code, failed.is_final) == (code, is_final)
    assert box.messages == []


def test_a_server_that_is_away_is_left_alone_for_a_moment_and_then_tried_again(
    clock: FixedClock,
) -> None:
    port = free_port()
    sender = mailer(clock, port)
    assert failure(sender).code == "mail_server_unreachable"
    with serving(port=port) as (box, _):
        again = failure(sender)
        assert (again.code, again.is_final) == ("mail_server_unreachable", False)
        assert box.sessions == 0
        clock.advance(REST)
        sender.send(message())
        sender.rest()
    assert box.to == ["ani@contoh.go.id"]


def test_a_connection_that_the_server_closed_meanwhile_is_opened_anew(clock: FixedClock) -> None:
    port = free_port()
    sender = mailer(clock, port)
    with serving(port=port) as (first, _):
        sender.send(message())
    with serving(port=port) as (second, _):
        sender.send(message("budi@contoh.go.id"))
        sender.rest()
    assert (first.to, second.to) == (["ani@contoh.go.id"], ["budi@contoh.go.id"])


def test_a_server_that_answers_with_nonsense_is_no_fault_of_ours(clock: FixedClock) -> None:
    with socket.create_server((HOST, 0)) as door:
        answering = threading.Thread(target=_talk_nonsense, args=(door,))
        answering.start()
        failed = failure(mailer(clock, door.getsockname()[1]))
        answering.join()
    assert not failed.is_final
    assert failed.code.startswith("mail_server_")


def _talk_nonsense(door: socket.socket) -> None:
    line, _ = door.accept()
    with line:
        line.sendall(b"\xff\x00 hello\r\n")


def test_what_is_being_sent_can_be_broken_off(clock: FixedClock) -> None:
    """A server that says nothing keeps nobody from ending Alur."""
    failures: list[JobFailed] = []
    asked = threading.Event()
    with socket.create_server((HOST, 0)) as door:
        sender = mailer(clock, door.getsockname()[1])
        silent = threading.Thread(target=_fall_silent, args=(door, asked), daemon=True)
        waiting = threading.Thread(target=lambda: failures.append(failure(sender)))
        silent.start()
        waiting.start()
        assert asked.wait(timeout=10)
        sender.interrupt()
        waiting.join(timeout=5)
    assert [failed.code for failed in failures] == ["mail_server_unreachable"]


def _fall_silent(door: socket.socket, asked: threading.Event) -> None:
    line, _ = door.accept()
    with line:
        line.sendall(b"220 here\r\n")
        line.recv(1024)  # EHLO
        line.sendall(b"250 hello\r\n")
        line.recv(1024)  # MAIL FROM
        asked.set()
        line.recv(1024)  # nothing, until it is broken off


# encrypted


def test_starttls_with_an_authority_of_the_office_and_a_password(
    clock: FixedClock, tmp_path: Path
) -> None:
    own, box = authority(tmp_path), Mailbox()
    options = {
        "tls_context": own.context,
        "require_starttls": True,
        "authenticator": box.authenticate,
        "auth_required": True,
    }
    with serving(box, **options) as (_, port):
        url = f"starttls://{LOGIN}@{HOST}:{port}"
        sender = mailer(clock, port, smtp_url=url, smtp_ca=str(own.file))
        sender.send(message())
        sender.rest()
    assert box.to == ["ani@contoh.go.id"]
    assert box.was_encrypted
    assert (box.user, PASSWORD) == (USER, "rahasia/&:@")


def test_a_wrong_password_is_told_and_tried_again_later(clock: FixedClock, tmp_path: Path) -> None:
    own, box = authority(tmp_path), Mailbox()
    options = {"tls_context": own.context, "authenticator": box.authenticate, "auth_required": True}
    with serving(box, **options) as (_, port):
        url = f"starttls://alur:salah@{HOST}:{port}"
        failed = failure(mailer(clock, port, smtp_url=url, smtp_ca=str(own.file)))
    assert (failed.code, failed.is_final) == ("mail_login_refused", False)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    clock: FixedClock, tmp_path: Path
) -> None:
    own = authority(tmp_path)
    with serving(tls_context=own.context) as (box, port):
        failed = failure(mailer(clock, port, smtp_url=f"starttls://{HOST}:{port}"))
    assert (failed.code, box.messages) == ("mail_certificate", [])


def test_a_certificate_for_another_name_is_refused(clock: FixedClock, tmp_path: Path) -> None:
    own = authority(tmp_path, name="surel.lain.go.id")
    url = "starttls://{}:{}"
    with serving(tls_context=own.context) as (box, port):
        ca = str(own.file)
        failed = failure(mailer(clock, port, smtp_url=url.format(HOST, port), smtp_ca=ca))
    assert (failed.code, box.messages) == ("mail_certificate", [])


def test_a_server_that_can_not_encrypt_gets_nothing(clock: FixedClock) -> None:
    with serving() as (box, port):
        failed = failure(mailer(clock, port, smtp_url=f"starttls://{HOST}:{port}"))
    assert (failed.code, box.messages) == ("mail_server_unfit", [])


def test_an_encrypted_line_from_the_first_byte(clock: FixedClock, tmp_path: Path) -> None:
    own = authority(tmp_path)
    with serving(ssl_context=own.context) as (box, port):
        url = f"smtps://{HOST}:{port}"
        sender = mailer(clock, port, smtp_url=url, smtp_ca=str(own.file))
        sender.send(message())
        sender.rest()
    assert box.to == ["ani@contoh.go.id"]


# settings


def test_without_settings_there_is_no_mail_server() -> None:
    assert mail_server(Settings()) is None


def test_the_parts_of_the_address_are_the_servers() -> None:
    found = mail_server(read_settings(_mail(ALUR_SMTP_URL=f"smtps://{LOGIN}@surel.go.id")))
    assert found is not None
    assert (found.host, found.port, found.user, found.password) == (
        "surel.go.id",
        465,
        USER,
        PASSWORD,
    )
    assert found.name == "alur.contoh.go.id"
    assert PASSWORD not in repr(found)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ALUR_SMTP_URL": "http://surel.go.id"}, "smtps://"),
        ({"ALUR_SMTP_URL": "smtps://"}, "smtps://"),
        ({"ALUR_SMTP_URL": "smtps://surel.go.id:0"}, "smtps://"),
        ({"ALUR_SMTP_URL": "smtps://surel.go.id:http"}, "smtps://"),
        ({"ALUR_SMTP_URL": "smtps://surel.go.id/jalan"}, "smtps://"),
        ({"ALUR_SMTP_URL": "smtp://alur:rahasia@surel.go.id"}, "starttls://"),
        ({"ALUR_SMTP_FROM": ""}, "ALUR_SMTP_FROM"),
        ({"ALUR_SMTP_FROM": "Alur"}, "ALUR_SMTP_FROM"),
        ({"ALUR_SMTP_FROM": "a@b\r\nBcc: c@d"}, "ALUR_SMTP_FROM"),
        ({"ALUR_DIGEST_AT": "25:00"}, "07:00"),
        ({"ALUR_DIGEST_AT": "pagi"}, "07:00"),
    ],
    ids=str,
)
def test_a_wrong_setting_of_the_mail_server_is_refused_without_telling_its_password(
    changed: dict[str, str], said: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        read_settings(_mail(**changed))
    assert said in explain(refused.value)
    assert "rahasia" not in f"{refused.value}{explain(refused.value)}"


def test_an_authority_that_can_not_be_read_stops_the_start(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.pem"
    for content in (None, b"no certificate"):
        if content is not None:
            nothing.write_bytes(content)
        with pytest.raises(InvalidSettings, match=r"nothing\.pem"):
            mail_server(read_settings(_mail(ALUR_SMTP_CA=str(nothing))))


def test_a_password_goes_in_the_clear_to_this_machine_only() -> None:
    settings = read_settings(_mail(ALUR_SMTP_URL="smtp://alur:rahasia@localhost:2525"))
    assert "rahasia" not in repr(settings)


def test_the_digest_has_its_time_of_day() -> None:
    assert read_settings(_mail()).digest_at.isoformat() == "07:00:00"
    assert read_settings(_mail(ALUR_DIGEST_AT="16.30")).digest_at.isoformat() == "16:30:00"


def _mail(**changed: str) -> dict[str, str]:
    return {
        "ALUR_BASE_URL": "https://alur.contoh.go.id",
        "ALUR_SMTP_URL": "smtps://surel.go.id",
        "ALUR_SMTP_FROM": "Alur <alur@contoh.go.id>",
        **changed,
    }
