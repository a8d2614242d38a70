"""The workers inside `alur run`: awake at once, stopped at once, and once only after they were killed."""

from __future__ import annotations

import shutil
import signal
import socket
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_maps import drawn
from mail_kit import HOST, Mailbox, free_port, mail_settings, serving
from notice_pages import choose, opened, person_of, request_letter, waiting_jobs
from serving import Server
from web_kit import Caller, close, parts_of, settings_for

from engine.actor import Signature
from engine.clock import SystemClock
from engine.ids import AgencyId, JobId
from engine.job import Job, JobKind
from storage.database import open_database
from storage.queries.people import list_agencies
from web import create_app
from web.case_watch import CaseWatch
from web.worker import (
    CASE_LEASE,
    SECONDS_BETWEEN_LOOKS,
    SHORTEST_PAUSE,
    Round,
    case_worker,
    notice_worker,
    start_workers,
    stop_workers,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from engine.testing import FixedClock

    Desk = Callable[[str], Caller]

PATIENCE = 20
"""Seconds that a thread may take on a busy machine; the looks by themselves come sooner only by chance."""


@pytest.fixture
def port() -> int:
    """Give the port of the office's mail server."""
    return free_port()


@pytest.fixture
def app(first_morning: Path, tmp_path: Path, clock: FixedClock, port: int) -> Iterator[Flask]:
    """Give the demonstration office with a mail server in its settings."""
    with opened(first_morning, tmp_path, clock, **mail_settings(port)) as app:
        yield app


def test_a_command_wakes_the_workers_and_the_notice_is_in_the_mailbox(
    app: Flask, desk: Desk, port: int
) -> None:
    choose(app, "mikro", "each")
    head = desk("kepala")
    with serving(port=port) as (box, _):
        workers = start_workers(parts_of(app), app)
        request_letter(lambda _login: head)
        assert box.arrived.wait(PATIENCE)
        stop_workers(workers)
    assert box.to == ["mikro@contoh.go.id"]
    assert waiting_jobs(app) == []


def test_a_mail_server_that_says_nothing_hinders_neither_the_bell_nor_the_end(
    app: Flask, desk: Desk, port: int
) -> None:
    choose(app, "sekretaris", "each")
    choose(app, "sekretariat", "off")
    head = desk("kepala")
    asked = threading.Event()
    with socket.create_server((HOST, port)) as door:
        silent = threading.Thread(target=_say_nothing, args=(door, asked), daemon=True)
        silent.start()
        workers = start_workers(parts_of(app), app)
        request_letter(lambda _login: head, unit_pembuat="sekretariat")
        assert asked.wait(PATIENCE)
        stop_workers(workers)
    assert [state for _, state, _ in waiting_jobs(app)] == ["retried"]
    assert not any(thread.name.startswith("alur-") for thread in threading.enumerate())


def _say_nothing(door: socket.socket, asked: threading.Event) -> None:
    line, _ = door.accept()
    asked.set()
    with line:
        line.recv(1024)


def test_a_worker_that_can_not_reach_the_database_lives_on(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    worker = notice_worker(parts_of(app))
    parts_of(app).database.write(
        lambda c: c.exec_driver_sql("ALTER TABLE jobs RENAME TO x").close()
    )
    assert worker.run_due() is False
    assert "jobs can't be taken" in caplog.text


def test_e_mails_that_were_pending_when_alur_was_killed_go_out_once_afterwards(
    first_morning: Path, tmp_path: Path, port: int
) -> None:
    """Killed while the mail server has said nothing yet: the one is locked, the other has not been begun."""
    shutil.copy(first_morning, tmp_path / "alur.sqlite3")
    _leave_notices(tmp_path / "alur.sqlite3", port)
    settings = mail_settings(port)
    server = Server(
        tmp_path,
        ALUR_SMTP_URL=str(settings["smtp_url"]),
        ALUR_SMTP_FROM=str(settings["smtp_from"]),
    )
    asked = threading.Event()
    with socket.create_server((HOST, port)) as door:
        threading.Thread(target=_say_nothing, args=(door, asked), daemon=True).start()
        server.start()
        assert asked.wait(PATIENCE)
        server.kill()
    states = _let_leases_run_out(server.database_url)
    assert sorted(states) == ["due", "locked"]
    with serving(Mailbox(expected=2), port=port) as (box, _):
        server.start()
        assert box.arrived.wait(PATIENCE)
        server.stop()
        server.start()
        server.stop()
    assert sorted(box.to) == ["sekretariat@contoh.go.id", "sekretaris@contoh.go.id"]
    assert _let_leases_run_out(server.database_url) == []


def _leave_notices(file: Path, port: int) -> None:
    """Let a task wait for two people who want each notice, before any worker has seen it."""
    app = create_app(settings_for(file, **mail_settings(port)))
    head = Caller(app)
    person = person_of(app, "kepala")
    head.client.set_cookie("alur_sesi", parts_of(app).sessions.open_session(person).token)
    for login in ("sekretaris", "sekretariat"):
        choose(app, login, "each")
    request_letter(lambda _login: head, unit_pembuat="sekretariat")
    close(app)


def _let_leases_run_out(url: str) -> list[str]:
    """Let the time pass that a lease lasts; give the states of the jobs that are left."""
    database = open_database(url, SystemClock())
    states = database.read(lambda c: c.exec_driver_sql("SELECT state FROM jobs").scalars().all())
    long_ago = "UPDATE jobs SET due_at = created_at, lease_until = created_at"
    database.write(lambda c: c.exec_driver_sql(long_ago).close())
    database.close()
    return list(states)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_alur_run_ends_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    server = Server(tmp_path)
    server.start()
    begun = time.monotonic()
    assert server.end(number) == 0
    assert time.monotonic() - begun < PATIENCE
    log = (tmp_path / "server.log").read_text()
    assert "Surel tidak diatur (ALUR_SMTP_URL): pemberitahuan hanya ada di lonceng." in log
    assert "Traceback" not in log


def test_a_worker_sleeps_until_the_next_job_is_due_and_five_seconds_at_most(
    app: Flask, clock: FixedClock
) -> None:
    worker = notice_worker(parts_of(app))
    while worker.run_due():
        pass
    assert worker._pause() == SECONDS_BETWEEN_LOOKS
    for name, later, pause in (("c", 60, 5), ("b", 2, 2), ("a", -1, SHORTEST_PAUSE)):
        parts_of(app).jobs.add(
            Job(
                id=JobId(name),
                agency=AgencyId("pasuruan"),
                kind=JobKind.NOTIFY,
                data=b"{}",
                due_at=clock.now() + timedelta(seconds=later),
                created_at=clock.now(),
            )
        )
        assert worker._pause() == pause


def test_a_round_is_made_at_first_and_then_every_so_often_whatever_it_comes_to(
    clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    looks = []

    def look() -> None:
        looks.append(clock.now())
        raise OSError("away")

    each = Round(every=timedelta(minutes=1), look=look)
    for seconds in (0, 59, 1, 30, 60):
        clock.advance(timedelta(seconds=seconds))
        each.look_if_due(clock.now())
    assert len(looks) == 3
    assert "a round came to nothing" in caplog.text


def test_the_watch_of_the_worker_mends_a_case_whose_timer_was_lost(
    app: Flask, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    case = wait_for_a_timer(app, clock)
    database = parts_of(app).database
    database.write(lambda c: c.exec_driver_sql("DELETE FROM jobs WHERE kind = 'timer'").close())
    watch = CaseWatch(parts_of(app))
    for _ in database.read(list_agencies):
        watch.look()  # at its cases
        watch.look()  # that there are no more
    timers = "SELECT instance_id FROM jobs WHERE kind = 'timer'"
    assert database.read(lambda c: c.exec_driver_sql(timers).scalars().all()) == [case]
    assert f"case id={case} mended: stuck=False rows_missing=1" in caplog.text


def wait_for_a_timer(app: Flask, clock: FixedClock) -> str:
    """Let a case begin by itself that waits for a timer, and give its id."""
    lines = 'start mulai cycle="0 * * * * ?"\ncatch jeda duration=P1D\nend selesai\nmulai -> jeda\njeda -> selesai'
    source, by = (
        drawn(lines, key="jeda_dulu", lanes={"caraka": "mulai jeda selesai"}),
        Signature.of_system(),
    )
    parts_of(app).runtime.deploy({"jeda_dulu.bpmn": source}, agency=AgencyId("pasuruan"), by=by)
    clock.advance(timedelta(minutes=1))
    assert case_worker(parts_of(app)).run_due()
    query = "SELECT instance_id FROM jobs WHERE kind = 'timer'"
    case = parts_of(app).database.read(lambda c: c.exec_driver_sql(query).scalar_one())
    return str(case)


def test_a_case_whose_worker_was_killed_goes_on_half_a_minute_later(
    app: Flask, clock: FixedClock
) -> None:
    wait_for_a_timer(app, clock)
    clock.advance(timedelta(days=1))
    worker = case_worker(parts_of(app))
    taken = worker._worker._jobs.claim({JobKind.TIMER, JobKind.START_TIMER}, 9)
    assert len(taken) == 2
    assert not worker.run_due()
    clock.advance(CASE_LEASE)
    assert worker.run_due()
