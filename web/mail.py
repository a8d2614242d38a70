"""E-mail by SMTP: one connection that stays open while there is something to send, certificates always verified.

What goes wrong becomes a `JobFailed` with a code: a refused recipient is final, a server that is away is tried again.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from engine.job import JobFailed
from web.config import MAIL_PORTS, InvalidSettings

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from engine.clock import Clock
    from web.config import Settings

SECONDS = 10
"""How long the server may take for one answer."""

REST = timedelta(seconds=30)
"""How long a server that could not be reached is left alone, so that a heap of e-mails doesn't wait for each in turn."""

AWAY = "mail_server_unreachable"
"""Code of a server that doesn't answer."""

_FINAL = 500
"""SMTP replies from here on are final (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where e-mails go out; `scheme` is one of `web.config.MAIL_PORTS`, `name` how we introduce ourselves."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    name: str
    tls: ssl.SSLContext


def mail_server(settings: Settings) -> MailServer | None:
    """Give the mail server of the settings, None when there is none. Raises InvalidSettings for an unreadable authority."""
    if not settings.smtp_url:
        return None
    parts = urlsplit(settings.smtp_url)
    return MailServer(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=parts.port or MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        name=urlsplit(settings.address).hostname or "localhost",
        tls=_trust(settings.smtp_ca),
    )


class Mailer:
    """Sends e-mails to one server, one after the other; for one thread, but for `interrupt`."""

    def __init__(self, server: MailServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock
        self._line: smtplib.SMTP | None = None
        self._left_alone_until: datetime | None = None

    def send(self, message: EmailMessage) -> None:
        """Send an e-mail to the one address in its `To`; when this returns the server has it. Raises JobFailed."""
        try:
            self._connected().send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            self.rest()
            raise self._failed(error) from error

    def rest(self) -> None:
        """Close the connection until there is something to send again."""
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError, smtplib.SMTPException):
                line.quit()
            line.close()

    def interrupt(self) -> None:
        """Break off what is being sent, from another thread; it counts as not sent."""
        door = self._line.sock if self._line is not None else None
        if door is not None:
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)

    def _connected(self) -> smtplib.SMTP:
        if self._line is not None:
            if self._answers(self._line):
                return self._line
            self.rest()
        if self._left_alone_until is not None and self._clock.now() < self._left_alone_until:
            raise JobFailed("Expected a server that was away just now", code=AWAY)
        line = self._open()
        self._left_alone_until = None
        return line

    def _answers(self, line: smtplib.SMTP) -> bool:
        with suppress(OSError, smtplib.SMTPException):
            return line.noop()[0] < _FINAL
        return False

    def _open(self) -> smtplib.SMTP:
        server = self._server
        line = self._line = _unconnected(server)  # known to `interrupt` while the server is silent
        line.connect(server.host, server.port)
        if server.scheme == "starttls":
            line.starttls(context=server.tls)
        if server.user:
            line.login(server.user, server.password)
        return line

    def _failed(self, error: OSError | smtplib.SMTPException) -> JobFailed:
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            ((number, _said),) = error.recipients.values()
            return _refused("mail_recipient_refused", "mail_recipient_later", number)
        if isinstance(error, smtplib.SMTPDataError):
            return _refused("mail_refused", "mail_later", error.smtp_code)
        for kind, code in _CODES:
            if isinstance(error, kind):
                if code == AWAY:
                    self._left_alone_until = self._clock.now() + REST
                return JobFailed(f"Expected the mail server to take it, but {code}", code=code)
        return JobFailed(f"Expected an e-mail to be sent, but {error!r}", code="mail_server_unfit")


def _unconnected(server: MailServer) -> smtplib.SMTP:
    if server.scheme == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            local_hostname=server.name, timeout=SECONDS, context=server.tls
        )
    else:
        line = smtplib.SMTP(local_hostname=server.name, timeout=SECONDS)
    # the name that the certificate must have; only the constructor's own connecting would keep it
    line._host = server.host  # type: ignore[attr-defined]  # noqa: SLF001
    return line


_CODES: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPSenderRefused, "mail_sender_refused"),
    (smtplib.SMTPAuthenticationError, "mail_login_refused"),
    (smtplib.SMTPServerDisconnected, AWAY),
    (smtplib.SMTPConnectError, AWAY),
    (smtplib.SMTPException, "mail_server_unfit"),
    (ssl.SSLError, "mail_certificate"),
    (OSError, AWAY),
)
"""The code of what went wrong with the server; the first that fits. All of it may pass or be mended, so it is tried again."""


def _refused(final: str, passing: str, number: int) -> JobFailed:
    is_final = number >= _FINAL
    return JobFailed(
        f"Expected the mail server to take it, but it said {number}",
        code=final if is_final else passing,
        is_final=is_final,
        told=f"SMTP {number}",
    )


def _trust(authority: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authority or None)
    except (OSError, ValueError) as error:
        raise InvalidSettings(
            f"Expected certificates in {authority}, but: {error}",
            code="settings_file",
            file=authority,
            reason=str(error),
        ) from error
