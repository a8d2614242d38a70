"""Does the jobs of connectors: asks the case what is to be done, does it outside of any transaction, and hands in the result.

A job ends in the transaction that lets its case go on. A crash between the call and that transaction does the work again
when the lease has run out, under the same `Message-ID` or `Idempotency-Key`; nothing is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.connectors import letter_number
from engine.connectors.http_json import HttpRequest, origin_of
from engine.job import JobFailed, JobKind
from engine.process import DONE_BY_PROGRAMS
from web.http_call import HttpCaller
from web.http_hosts import read_hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from email.message import EmailMessage

    from engine.connectors.connector import Order
    from engine.connectors.e_mail import Email
    from engine.ids import JobId
    from engine.job import Job
    from engine.process import Process
    from engine.runtime import Runtime
    from engine.variables import Value
    from engine.worker import GiveUp, Handler
    from web.config import Settings
    from web.mail_text import MailWriter

    Send = Callable[[EmailMessage], None]

_OF_A_CASE = {
    "mail_address": "connector_address_unusable",
    "mail_recipient_refused": "connector_recipient_refused",
}
"""What is wrong with an address of a case, whose words for a person's address would not fit."""


class ConnectorWork:
    """The handler of the jobs of connectors; without `send` no e-mail goes out."""

    def __init__(
        self, runtime: Runtime, writer: MailWriter, caller: HttpCaller, send: Send | None
    ) -> None:
        self._runtime = runtime
        self._writer = writer
        self._caller = caller
        self._send = send
        self.handlers: Mapping[JobKind, Handler] = {JobKind.CONNECTOR: self._do}
        self.give_up: Mapping[JobKind, GiveUp] = {JobKind.CONNECTOR: runtime.raise_incident}

    def _do(self, job: Job) -> None:
        if job.topic == letter_number.TOPIC:
            self._runtime.number_letter(job)
            return
        order = self._runtime.find_order(job)
        if order is not None:
            self._runtime.complete_work(job, self._done(order, job.id), worker="")

    def _done(self, order: Order, job: JobId) -> dict[str, Value]:
        """Carry an order out; gives the variables that come of it. Raises JobFailed."""
        if isinstance(order, HttpRequest):
            answer = self._caller.call(order, job)
            return {order.result: answer} if order.result else {}
        self._mail(order, job)
        return {}

    def _mail(self, email: Email, job: JobId) -> None:
        if self._send is None:
            raise JobFailed(
                "Expected a mail server, but there is none", code="mail_off", is_final=True
            )
        try:
            self._send(self._writer.write_plain(job, email.to, email.subject, email.body))
        except JobFailed as error:
            code = _OF_A_CASE.get(error.code, error.code)
            raise JobFailed(
                str(error), code=code, is_final=error.is_final, told=error.told
            ) from error


def http_caller(settings: Settings) -> HttpCaller:
    """Give what calls the services that the settings list."""
    return HttpCaller(read_hosts(settings.http_hosts, settings.http_authorization))


def unlisted_hosts(processes: Iterable[Process], settings: Settings) -> list[str]:
    """Give the services that processes call and the settings don't list, each as `https://host:port`, once."""
    listed = read_hosts(settings.http_hosts)
    found = []
    for process in processes:
        for element in process.elements.values():
            address = element.properties.get("http.alamat", "")
            if element.kind in DONE_BY_PROGRAMS and address:
                scheme, name, port = origin_of(address.strip())
                host = listed.get((name, port))
                if host is None or host.scheme != scheme:
                    found.append(f"{scheme}://{name}:{port}")
    return list(dict.fromkeys(found))
