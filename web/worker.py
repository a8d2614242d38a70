"""The workers inside `alur run` and `alur worker`: one thread a kind of work, so that none waits for another.

Cases go on in one thread, notices are written in another, e-mails sent in a third, connectors do their work in a fourth. They wake
when a command of this process leaves a job and when the next one is due, and look by themselves every few seconds for those of
other processes.
"""

from __future__ import annotations

import logging
import threading
import traceback
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from engine.job import LEASE, JobFailed, JobKind
from engine.worker import Worker
from storage.deadlines import DeadlineMover
from storage.jobs import SqlJobs
from storage.notices import Notifier
from web.case_watch import BETWEEN_BATCHES, CaseWatch
from web.case_work import CaseWork
from web.connectors import ConnectorWork, http_caller
from web.deadline_watch import BETWEEN_LOOKS, DeadlineWatch
from web.errors import escaped
from web.mail import Mailer, mail_server
from web.mail_text import MailWriter
from web.mail_work import MailWork

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from flask import Flask

    from engine.clock import Clock
    from engine.job import Job
    from engine.worker import GiveUp, Handler
    from web.mail_text import Link
    from web.parts import Parts

SECONDS_BETWEEN_LOOKS = 5
"""How long a job that another process wrote may lie there."""

SHORTEST_PAUSE = 0.05
"""Seconds between two looks at least, though the first job is due: another worker is just taking it."""

CASE_LEASE = timedelta(seconds=30)
"""How long a worker may be silent about a case's timer or message, which is one transaction: after a kill it is soon tried again."""

SECONDS_TO_END = 1
"""How long what is being done may take until it is broken off, when Alur is stopped."""

NOTICES_AT_ONCE = 20
"""Jobs that the thread of the notices takes together; the thread of the e-mails takes one by one."""

_log = logging.getLogger("alur.worker")


@dataclass(slots=True, kw_only=True)
class Round:
    """Something that a worker does every so often when there is nothing else to do, first when it begins."""

    every: timedelta
    look: Callable[[], object]
    _next: datetime | None = field(default=None, init=False)

    def look_if_due(self, now: datetime) -> None:
        """Do it if it is time; what goes wrong is written to the log, and tried again the next time."""
        if self._next is not None and now < self._next:
            return
        self._next = now + self.every
        try:
            self.look()
        except Exception as error:  # noqa: BLE001 - the border: nothing may end the worker
            _log.error("a round came to nothing: %s", escaped(repr(error)))


class WorkerThread:
    """Runs a worker until it is told to stop; `mailer` is what its handlers send with, if they do.

    `give_up` is the worker's (`engine.worker.Worker`); `rounds` are done when no job is due. `lease` is
    how long it may be silent about a job.
    """

    def __init__(  # noqa: PLR0913 - what it works with, handed in
        self,
        name: str,
        parts: Parts,
        handlers: Mapping[JobKind, Handler],
        *,
        at_once: int = 1,
        mailer: Mailer | None = None,
        give_up: Mapping[JobKind, GiveUp] = MappingProxyType({}),
        rounds: tuple[Round, ...] = (),
        lease: timedelta = LEASE,
    ) -> None:
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._stopping = threading.Event()
        self._ear = parts.alarm.listen()
        self._at_once = at_once
        self._mailer = mailer
        self._rounds = rounds
        self._clock: Clock = parts.clock
        self._worker = Worker(
            SqlJobs(parts.database, lease=lease),
            handlers,
            parts.clock,
            give_up=give_up,
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

    def look_around(self) -> None:
        """Do the rounds that are due."""
        for each in self._rounds:
            each.look_if_due(self._clock.now())

    def rest(self) -> None:
        """Let go of what is kept open while there is something to do."""
        if self._mailer is not None:
            self._mailer.rest()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._ear.clear()
            if not self.run_due():
                self.look_around()
                self.rest()
                self._ear.wait(self._pause())
        self.rest()

    def _pause(self) -> float:
        """Give how many seconds until the next look: until the first job is due, if it is soon."""
        try:
            due = self._worker.next_due()
        except Exception:  # noqa: BLE001 - the database is away, which the next look says
            due = None
        if due is None:
            return SECONDS_BETWEEN_LOOKS
        soon = (due - self._clock.now()).total_seconds()
        return min(max(soon, SHORTEST_PAUSE), SECONDS_BETWEEN_LOOKS)


def workers_of(parts: Parts, app: Flask) -> tuple[WorkerThread, ...]:
    """Give the workers of an application, not started; without a mail server there are only notices on the bell.

    Raises InvalidSettings for an unreadable authority of the mail server.
    """
    server = mail_server(parts.settings)
    threads = [
        case_worker(parts),
        notice_worker(parts),
        connector_worker(parts, app),
        deadline_worker(parts),
    ]
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


def case_worker(parts: Parts) -> WorkerThread:
    """Give the thread that lets cases go on."""
    work, watch = CaseWork(parts), CaseWatch(parts)
    rounds = (Round(every=BETWEEN_BATCHES, look=watch.look),)
    return WorkerThread(
        "alur-cases",
        parts,
        work.handlers,
        give_up=work.give_up,
        rounds=rounds,
        lease=CASE_LEASE,
    )


def connector_worker(parts: Parts, app: Flask) -> WorkerThread:
    """Give the thread that does the work of connectors, however slowly others answer. Raises InvalidSettings."""
    server = mail_server(parts.settings)
    mailer = None if server is None else Mailer(server, parts.clock)
    writer = MailWriter(parts.settings, parts.clock, link_of(parts, app), parts.runtime.program)
    send = None if mailer is None else mailer.send
    work = ConnectorWork(parts.runtime, writer, http_caller(parts.settings), send)
    return WorkerThread(
        "alur-connectors", parts, work.handlers, give_up=work.give_up, mailer=mailer
    )


def deadline_worker(parts: Parts) -> WorkerThread:
    """Give the thread that moves deadlines when a calendar changes, and has them told."""
    move = parts.runtime.move_deadlines
    mover = DeadlineMover(parts.database, move, wake=parts.alarm.ring)
    watch = Round(every=BETWEEN_LOOKS, look=DeadlineWatch(parts).look)
    return WorkerThread("alur-deadlines", parts, {JobKind.DEADLINES: mover}, rounds=(watch,))


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
