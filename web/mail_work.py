"""Does the jobs that send e-mails, and lays one out for an address.

A job is taken off the table after the mail server has the e-mail. A crash between the two sends it twice, with the same
Message-ID; nothing is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.clock import as_text, from_text
from engine.errors import WrongState
from engine.ids import AgencyId, JobId, NoticeId, PersonId
from engine.job import Job, JobFailed, JobKind
from engine.notice import MailChoice
from engine.variables import dump, object_of
from storage.jobs import finish_job
from storage.queries.notices import find_mailbox, find_notice, list_for_digest
from web.mail_text import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from email.message import EmailMessage

    from storage.queries.notices import Mailbox, NoticeRow
    from web.mail_text import MailWriter
    from web.parts import Parts

    Send = Callable[[EmailMessage], None]


class MailWork:
    """The handlers of the jobs that send e-mails."""

    def __init__(self, parts: Parts, writer: MailWriter, send: Send) -> None:
        self._parts = parts
        self._writer = writer
        self._send = send
        self.handlers: Mapping[JobKind, Callable[[Job], None]] = {
            JobKind.MAIL_NOTICE: self._send_notice,
            JobKind.MAIL_DIGEST: self._send_digest,
            JobKind.MAIL_ADDRESS: self._send_to_address,
        }

    def _send_notice(self, job: Job) -> None:
        """Send a notice that was not read yet and may still be seen."""
        given = object_of(job.data)
        person, notice = PersonId(str(given["person"])), NoticeId(str(given["notice"]))
        to = self._mailbox(person)
        reader, database = self._parts.directory.find_actor(person), self._parts.database
        found = reader and database.read(lambda c: find_notice(c, reader, notice))
        if to and found and _is_worth_telling(found):
            self._send(self._writer.write_notice(job.id, to, found))
        self._finish(job)

    def _send_digest(self, job: Job) -> None:
        """Send what no digest has told yet and was not read; nothing when there is nothing."""
        person = PersonId(str(object_of(job.data)["person"]))
        to = self._mailbox(person)
        reader, database = self._parts.directory.find_actor(person), self._parts.database
        found = database.read(lambda c: list_for_digest(c, reader)) if reader else ()
        worth = [row for row in found if _is_worth_telling(row)]
        if to is not None and worth:
            self._send(self._writer.write_digest(job.id, to, worth))
        self._parts.notices.finish_digest(job, {row.id for row in found})

    def _send_to_address(self, job: Job) -> None:
        """Send an e-mail of a template; when it can't be sent for good, nothing of its values is kept."""
        try:
            self._send(self._write_to_address(job))
        except JobFailed as failed:
            raise JobFailed(
                str(failed), code=failed.code, is_final=failed.is_final, keeps_data=False
            ) from failed
        self._finish(job)

    def _write_to_address(self, job: Job) -> EmailMessage:
        given = object_of(job.data)
        if self._parts.clock.now() > from_text(str(given["until"])):
            raise JobFailed("Expected to be in time", code="mail_too_late", is_final=True)
        values = {k: str(v) for k, v in _mapping(given["values"]).items()}
        return self._writer.write_template(job.id, str(given["to"]), str(given["template"]), values)

    def _mailbox(self, person: PersonId) -> Mailbox | None:
        """Give where a person's notices go; None when the person wants none, or has no address or account any more."""
        found = self._parts.database.read(lambda c: find_mailbox(c, person))
        wanted = found is not None and found.choice is not MailChoice.OFF and found.address
        return found if wanted else None

    def _finish(self, job: Job) -> None:
        self._parts.database.write(lambda c: finish_job(c, job))


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressMail:
    """An e-mail of a template (`web.mail_text.TEMPLATES`, filled with `values`) to one address, of no use after `until`."""

    agency: AgencyId
    to: str
    template: str
    values: Mapping[str, str]
    until: datetime


def send_to_address(parts: Parts, mail: AddressMail) -> None:
    """Lay out an e-mail to one address; a worker sends it at once.

    Its values, such as a link with a token, stand in the database until it is sent, and no longer when it failed for good or
    came too late. Raises WrongState (`mail_off`) when this installation sends no e-mails, KeyError for an unknown template.
    """
    if not parts.settings.smtp_url:
        raise WrongState("Expected a mail server, but there is none", code="mail_off")
    if mail.template not in TEMPLATES:
        raise KeyError(mail.template)
    now = parts.clock.now()
    given = {
        "to": mail.to,
        "template": mail.template,
        "values": dict(mail.values),
        "until": as_text(mail.until),
    }
    parts.jobs.add(
        Job(
            id=JobId(f"mail_address.{parts.ids.new()}"),
            agency=mail.agency,
            kind=JobKind.MAIL_ADDRESS,
            data=dump(given),
            due_at=now,
            created_at=now,
        )
    )
    parts.alarm.ring()


def _is_worth_telling(row: NoticeRow) -> bool:
    return row.is_unread and row.is_visible


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
