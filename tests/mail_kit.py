"""A real mail server on this machine, with a mailbox that tests look into, and a trusted certificate of its own."""

from __future__ import annotations

import email.policy
import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import TYPE_CHECKING, cast

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
USER, PASSWORD = "alur", "rahasia/&:@"


@dataclass
class Mailbox:
    """What the server took; what it says to recipients (`replies`) or to every message (`reply`) can be set.

    `arrived` is set when as many messages as expected were taken.
    """

    messages: list[EmailMessage] = field(default_factory=list)
    replies: dict[str, str] = field(default_factory=dict)
    reply: str = "250 OK"
    sessions: int = 0
    was_encrypted: bool = False
    user: str = ""
    expected: int = 1
    arrived: threading.Event = field(default_factory=threading.Event)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name and arguments
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Greet."""
        session.host_name = hostname
        self.sessions += 1
        return responses

    async def handle_RCPT(  # noqa: N802 - the same
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take or refuse a recipient."""
        reply = self.replies.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802 - the same
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a message."""
        self.was_encrypted = session.ssl is not None
        if self.reply.startswith("250"):
            content = cast("bytes", envelope.content)
            parser = BytesParser(policy=email.policy.default)
            self.messages.append(cast("EmailMessage", parser.parsebytes(content)))
            if len(self.messages) >= self.expected:
                self.arrived.set()
        return self.reply

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, known: object
    ) -> AuthResult:
        """Let the one user in."""
        login = cast("LoginPassword", known)
        fits = login == LoginPassword(USER.encode(), PASSWORD.encode())
        self.user = login.login.decode() if fits else ""
        return AuthResult(success=fits, handled=fits)

    @property
    def to(self) -> list[str]:
        """Whom the messages are to."""
        return [str(message["To"].addresses[0].addr_spec) for message in self.messages]

    @property
    def subjects(self) -> list[str]:
        """The subjects of the messages."""
        return [str(message["Subject"]) for message in self.messages]


@contextmanager
def serving(
    mailbox: Mailbox | None = None, *, port: int = 0, **options: object
) -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server; gives its mailbox and its port."""
    box = mailbox or Mailbox()
    port = port or free_port()
    controller = Controller(box, hostname=HOST, port=port, **options)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def free_port() -> int:
    """Give a port at which nobody listens."""
    with socket.socket() as door:
        door.bind((HOST, 0))
        port: int = door.getsockname()[1]
        return port


@dataclass(frozen=True)
class Authority:
    """An authority of certificates that only this office knows, in a PEM file."""

    file: Path
    context: ssl.SSLContext


def authority(folder: Path, name: str = HOST) -> Authority:
    """Make an authority and a server's certificate for a name."""
    issuer = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    issuer.issue_cert(name).configure_cert(context)
    file = folder / "authority.pem"
    issuer.cert_pem.write_to_path(file)
    return Authority(file=file, context=context)


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    """Give the text of a message, plain or `html`."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def mail_settings(port: int, **others: object) -> Mapping[str, object]:
    """Give the settings of a mail server on this machine."""
    return {
        "smtp_url": f"smtp://{HOST}:{port}",
        "smtp_from": "Alur <alur@contoh.go.id>",
        **others,
    }
