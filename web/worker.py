"""The workers inside `alur run`: one thread that writes notices, one that sends e-mails, so that neither waits for the other.

Both wake when a command of this process leaves a job, and look by themselves every few seconds for those of other processes.
"""

from __future__ import annotations

import logging
import threading
import traceback
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.job import JobFailed, JobKind
from engine.worker import Worker
from storage.notices import Notifier
from web.errors import escaped
from web.mail import Mailer, mail_server
from web.mail_text import MailWriter
from web.mail_work import MailWork

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from flask import Flask

    from engine.job import Job
    from engine.worker import Handler
    from web.mail_text import Link
    from web.parts import Parts

SECONDS_BETWEEN_LOOKS = 5
"""How long a job that another process wrote may lie there."""

SECONDS_TO_END = 1
"""How long what is being done may take until it is broken off, when Alur is stopped."""

NOTICES_AT_ONCE = 20
"""Jobs that the thread of the notices takes together; the thread of the e-mails takes one by one."""

_log = logging.getLogger("alur.worker")


class WorkerThread:
    """Runs a worker until it is told to stop; `mailer` is what its handlers send with, if they do."""

    def __init__(
        self,
        name: str,
        parts: Parts,
        handlers: Mapping[JobKind, Handler],
        *,
        at_once: int = 1,
        mailer: Mailer | None = None,
    ) -> None:
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._stopping = threading.Event()
        self._ear = parts.alarm.listen()
        self._at_once = at_once
        self._mailer = mailer
        self._worker = Worker(
            parts.jobs,
            handlers,
            parts.clock,
            report=report,
            is_stopping=self._stopping.is_set,
        )

    def start(self) -> None:
        """Begin to do what is due."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let it begin nothing more."""
        self._stopping.set()
        self._ear.set()

    def wait(self) -> None:
        """Let what is being done come to its end; after a moment it is broken off, to be done after the next start."""
        self._thread.join(SECONDS_TO_END)
        if self._thread.is_alive() and self._mailer is not None:
            self._mailer.interrupt()
            self._thread.join(SECONDS_TO_END)

    def run_due(self) -> bool:
        """Take what is due and carry it out; True when there was something."""
        try:
            return self._worker.run_due(self._at_once) > 0
        except Exception as error:  # noqa: BLE001 - the database is away, or a fault of ours: look again later
            _log.error("jobs can't be taken: %s", escaped(repr(error)))
            return False

    def rest(self) -> None:
        """Let go of what is kept open while there is something to do."""
        if self._mailer is not None:
            self._mailer.rest()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._ear.clear()
            if not self.run_due():
                self.rest()
                self._ear.wait(SECONDS_BETWEEN_LOOKS)
        self.rest()


def workers_of(parts: Parts, app: Flask) -> tuple[WorkerThread, ...]:
    """Give the workers of an application, not started; without a mail server there are only notices on the bell.

    Raises InvalidSettings for an unreadable authority of the mail server.
    """
    server = mail_server(parts.settings)
    threads = [notice_worker(parts)]
    if server is not None:
        mailer = Mailer(server, parts.clock)
        writer = MailWriter(parts.settings, parts.clock, link_of(parts, app), parts.runtime.program)
        work = MailWork(parts, writer, mailer.send)
        threads.append(WorkerThread("alur-mail", parts, work.handlers, mailer=mailer))
    return tuple(threads)


def start_workers(parts: Parts, app: Flask) -> tuple[WorkerThread, ...]:
    """Start the workers of an application and give them. Raises InvalidSettings."""
    threads = workers_of(parts, app)
    for thread in threads:
        thread.start()
    return threads


def stop_workers(threads: Collection[WorkerThread]) -> None:
    """Stop the workers within a second or two."""
    for thread in threads:
        thread.ask_to_stop()
    for thread in threads:
        thread.wait()


def notice_worker(parts: Parts) -> WorkerThread:
    """Give the thread that writes notices."""
    digest_at = parts.settings.digest_at if parts.settings.smtp_url else None
    notifier = Notifier(parts.database, digest_at=digest_at, wake=parts.alarm.ring)
    handlers = {JobKind.NOTIFY: notifier}
    return WorkerThread("alur-notices", parts, handlers, at_once=NOTICES_AT_ONCE)


def link_of(parts: Parts, app: Flask) -> Link:
    """Give the function that makes absolute addresses of pages, outside of any request."""
    base = urlsplit(parts.settings.address)
    adapter = app.url_map.bind(base.netloc, url_scheme=base.scheme)
    build: Callable[..., str] = adapter.build
    return lambda endpoint, values: build(endpoint, dict(values), force_external=True)


def report(job: Job, error: BaseException) -> None:
    """Write an attempt that came to nothing to the log: what it was about is in the job, not here."""
    if isinstance(error, JobFailed):
        cause = type(error.__cause__).__name__ if error.__cause__ else "-"
        _log.warning(
            "job id=%s kind=%s attempt=%s code=%s cause=%s",
            escaped(job.id),
            job.kind,
            job.attempts,
            error.code,
            cause,
        )
    else:
        _log.error(
            "job id=%s kind=%s attempt=%s: %s",
            escaped(job.id),
            job.kind,
            job.attempts,
            escaped("".join(traceback.format_exception(error))),
        )
