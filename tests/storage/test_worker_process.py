"""`alur worker` as processes of its own beside each other, on PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from storage_kit import Workplace
from timer_kit import PAUSED, TimedOffice

from engine.clock import SystemClock, from_text
from storage.database import open_database
from storage.history import list_records, personal_values_of
from storage.jobs import SqlJobs
from storage.migrations import migrate
from storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.ids import InstanceId

pytestmark = pytest.mark.postgresql
ROOT = Path(__file__).parents[2]
PATIENCE = 60
"""Seconds that a process may take to begin, or to do something, on a busy machine."""

LATE = 5.0
"""Seconds that a timer may be late."""


@pytest.fixture
def address(make_postgresql: Callable[[], str]) -> str:
    """Give the address of a database of this test, with all tables."""
    made = make_postgresql()
    database = open_database(made, SystemClock())
    migrate(database)
    database.close()
    return made


@pytest.fixture
def office(address: str) -> Iterator[TimedOffice]:
    """Give an office on PostgreSQL whose clock is the machine's."""
    clock = SystemClock()
    opened = open_database(address, clock)
    backend = Workplace(
        store=SqlStore(opened),
        records=lambda chain: opened.read(partial(list_records, chain=chain)),
        personal=lambda chain: opened.read(partial(personal_values_of, chain=chain)),
        jobs=SqlJobs(opened),
        clock=clock,
    )
    yield TimedOffice(backend, clock)
    opened.close()


def begin(url: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a worker as a process."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ALUR_")}
    return subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; raise SystemExit(main())", "worker", *arguments],
        cwd=ROOT,
        env=inherited | {"ALUR_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip


def has_come(office: TimedOffice, case: InstanceId) -> bool:
    """Wait until a case's timer has fired."""
    pause = threading.Event()
    for _ in range(PATIENCE * 10):
        if office.fired(case):
            return True
        pause.wait(0.1)
    return False


def test_a_worker_that_is_to_work_off_what_is_due_ends_by_itself(
    office: TimedOffice, address: str
) -> None:
    case = office.start(PAUSED.format("date=2020-01-01"))
    worker = begin(address, "--once")
    said, _ = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0, said
    assert office.open(case) == ["kerja"]
    assert len(office.fired(case)) == 1


def test_of_two_workers_one_lets_a_timer_fire_in_time_and_both_end_when_told(
    office: TimedOffice, address: str
) -> None:
    workers = [begin(address) for _ in range(2)]
    for worker in workers:
        assert worker.stdout is not None
        assert any("Pekerja berjalan" in line for line in worker.stdout)
    case = office.start(PAUSED.format("duration=PT2S"))
    assert has_come(office, case)
    (fired,) = [r for r in office.records(case) if r.event in office.fired(case)]
    late = from_text(fired.at) - from_text(office.fired(case)[0].due)
    assert 0 <= late.total_seconds() < LATE
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        said, _ = worker.communicate(timeout=PATIENCE)
        assert worker.returncode == 0, said
    assert len(office.fired(case)) == 1
