"""What e-mails say: the text of a notice, of a digest or of a template, as plain text and as HTML.

An e-mail leaves the house, so it says less than the page: of a secret case nothing but its process, of no case a value that
its forms mark as personal, and never what somebody wrote as a reason or a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from engine.job import JobFailed
from engine.notice import NoticeKind
from engine.spiff.personal import personal_keys
from web.i18n import _
from web.notice_words import SECRET_SUBJECT, SUBJECTS, notice_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.clock import Clock
    from engine.ids import DefinitionId, JobId
    from engine.spiff.program import Program
    from storage.queries.notices import Mailbox, NoticeCase, NoticeRow
    from web.config import Settings

    Link = Callable[[str, Mapping[str, str]], str]
    """Gives the absolute address of an endpoint with its values."""

TEMPLATES: Mapping[str, str] = {"password_reset": "Kata sandi baru untuk Alur"}
"""The e-mails that can be sent to an address, with their subjects; each has two files in `templates/mail`."""

LONGEST_SUBJECT = 150
"""Characters of a subject."""

LONGEST_DIGEST = 50
"""Notices that a digest tells; how many more there are is said."""

_UNSAFE_IN_ID = re.compile(r"[^0-9A-Za-z.-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One notice in an e-mail: what happened, `title` and `details` of the case, and where to look."""

    sentence: str
    title: str
    details: str
    link: str


class MailWriter:
    """Writes the e-mails of one installation."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        link: Link,
        program: Callable[[DefinitionId], Program],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._link = link
        self._program = program
        self._texts = Environment(
            loader=PackageLoader("web", "templates/mail"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._texts.globals["_"] = _

    def write_notice(self, job: JobId, to: Mailbox, row: NoticeRow) -> EmailMessage:
        """Give the e-mail of one notice. Raises JobFailed for an address that is none."""
        line = self._line(row, to)
        begins = SECRET_SUBJECT if row.case and row.case.is_secret else SUBJECTS[row.kind]
        subject = f"{_(begins)}: {line.title}" if line.title else _(begins)
        return self._notices(job, to, subject, "notice", {"line": line})

    def write_digest(self, job: JobId, to: Mailbox, rows: Sequence[NoticeRow]) -> EmailMessage:
        """Give the e-mail of several notices. Raises JobFailed for an address that is none."""
        subject = _("Ringkasan Alur: {n} pemberitahuan").format(n=len(rows))
        told = {
            "lines": [self._line(row, to) for row in rows[:LONGEST_DIGEST]],
            "more": max(len(rows) - LONGEST_DIGEST, 0),
            "all": self._link("notices.index", {}),
        }
        return self._notices(job, to, subject, "digest", told)

    def write_template(
        self, job: JobId, address: str, template: str, values: Mapping[str, str]
    ) -> EmailMessage:
        """Give the e-mail of a template to an address. Raises JobFailed for an address that is none."""
        message = self._message(job, values.get("name", ""), address, _(TEMPLATES[template]))
        self._fill(message, template, values)
        return message

    def write_plain(self, job: JobId, address: str, subject: str, body: str) -> EmailMessage:
        """Give an e-mail of a process to an address, as plain text. Raises JobFailed for an address that is none."""
        message = self._message(job, "", address, subject)
        message.set_content(body, cte="quoted-printable")
        return message

    def _notices(
        self, job: JobId, to: Mailbox, subject: str, template: str, told: Mapping[str, object]
    ) -> EmailMessage:
        message = self._message(job, to.name, to.address, subject)
        choose = self._link("account.show", {})
        message["List-Unsubscribe"] = f"<{choose}>"
        known = {"name": to.name, "agency": to.agency.name, "choose": choose}
        self._fill(message, template, {**known, **told})
        return message

    def _message(self, job: JobId, name: str, address: str, subject: str) -> EmailMessage:
        message = EmailMessage(policy=SMTP)
        message["From"] = _address(*parseaddr(self._settings.smtp_from))
        message["To"] = _address(name, address)
        message["Subject"] = one_line(subject)[:LONGEST_SUBJECT]
        message["Date"] = format_datetime(self._clock.now())
        # the same job gives the same id: what is sent twice after a crash can be told by the mail server
        host = urlsplit(self._settings.address).hostname
        message["Message-ID"] = f"<{_UNSAFE_IN_ID.sub('-', job)}@{host}>"
        message["Auto-Submitted"] = "auto-generated"
        return message

    def _fill(self, message: EmailMessage, template: str, values: Mapping[str, object]) -> None:
        text = self._texts.get_template(f"{template}.txt").render(values)
        html = self._texts.get_template(f"{template}.html").render(values)
        message.set_content(text, cte="quoted-printable")
        message.add_alternative(html, subtype="html", cte="quoted-printable")

    def _line(self, row: NoticeRow, to: Mailbox) -> Line:
        link = self._link(*destination(row))
        case = row.case
        if case is None:
            sentence = notice_sentence(row, to.agency.zone)
            return Line(sentence=sentence, title="", details="", link=link)
        if case.is_secret:
            sentence = _("Ada pemberitahuan tentang perkara rahasia; isinya hanya ada di Alur")
            return Line(sentence=sentence, title=case.process, details="", link=link)
        number, subject = self._open_facts(case)
        return Line(
            sentence=notice_sentence(row, to.agency.zone),
            title=subject or case.process,
            details=" · ".join(filter(None, (case.process if subject else "", number))),
            link=link,
        )

    def _open_facts(self, case: NoticeCase) -> tuple[str, str]:
        """Give number and subject of a case, each empty when it comes from a personal field."""
        named = self._program(case.definition).process.properties
        hidden = personal_keys(case.definition, self._program)
        number = "" if named.get("perkara.nomor", "") in hidden else case.number
        subject = "" if named.get("perkara.perihal", "") in hidden else case.subject
        return number, subject


def destination(row: NoticeRow) -> tuple[str, Mapping[str, str]]:
    """Give the endpoint that a notice leads to, with its values: the task, the case, or one's own account."""
    if row.case is None:
        return ("account.show", {}) if row.kind is NoticeKind.APPOINTED else ("notices.index", {})
    if row.case.task is not None:
        return "task.show", {"task_id": row.case.task}
    return "case.show", {"case_id": row.case.case}


def one_line(text: str) -> str:
    """Give a text that can stand in a header: one line, white space squeezed, nothing that can't be seen.

    What looks like an encoded word (RFC 2047) is taken apart: Python's email package would decode it, line breaks and all,
    and write the result into the header as it is.
    """
    return "".join(c for c in " ".join(text.split()) if c.isprintable()).replace("=?", "= ?")


def _address(name: str, address: str) -> Address:
    try:
        known = Address(display_name=one_line(name), addr_spec=address)
    except (ValueError, IndexError) as error:  # IndexError: an empty one
        raise _unusable() from error
    if not (address.isascii() and address.isprintable() and known.domain) or "=?" in address:
        raise _unusable()
    return known


def _unusable() -> JobFailed:
    return JobFailed(
        "Expected an e-mail address, but it is none", code="mail_address", is_final=True
    )
