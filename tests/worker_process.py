"""Workers as processes of their own, which tests kill and pause: they let timers fire until none is due."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.clock import SystemClock
from engine.errors import AlurError
from engine.job import JobKind
from engine.runtime import Runtime
from engine.worker import Worker
from storage.database import open_database
from storage.jobs import SqlJobs
from storage.store import SqlStore
from storage.tables import jobs

if TYPE_CHECKING:
    from engine.job import Job
    from storage.database import Database

TESTS = Path(__file__).parent
AT_ONCE = 10
"""Jobs that a worker takes together; those that a killed one had come back when its lease is over."""


class WorkerProcess:
    """A worker at the database of an address, with a lease of so many seconds; a `paused` one stops behind its claim."""

    def __init__(self, url: str, lease: float, *, paused: bool = False) -> None:
        mode = "paused" if paused else "works"
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from worker_process import main; main()",
                url,
                str(lease),
                mode,
            ],
            cwd=TESTS,
            env={**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"},
            stdout=subprocess.PIPE,
            text=True,
        )

    def kill(self) -> None:
        """Kill it as `kill -9` does."""
        self.process.kill()
        self.process.communicate()

    def pause(self) -> None:
        """Take its time away."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Give it its time again."""
        self.process.send_signal(signal.SIGCONT)

    def wait_until_paused(self) -> None:
        """Wait until it has stopped itself."""
        _, status = os.waitpid(self.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "it ended without a pause"

    def outcome(self) -> list[str]:
        """Wait for its end; gives the codes of what came to nothing."""
        told, _ = self.process.communicate()
        assert self.process.returncode == 0, told
        return told.split()


def main() -> None:
    """Work at the database that the arguments name."""
    url, lease, mode = sys.argv[1:]
    database = open_database(url, SystemClock())
    taken = SqlJobs(database, lease=timedelta(seconds=float(lease)))
    runtime = Runtime(SqlStore(database), SystemClock())
    if mode == "paused":
        _fire_behind_a_pause(taken, runtime)
    else:
        _work(
            database,
            Worker(taken, {JobKind.TIMER: runtime.fire_timer}, SystemClock(), report=_tell),
        )
    database.close()


def count_timers(database: Database) -> int:
    """Count the timers that have not fired."""
    query = select(func.count()).where(jobs.c.kind == JobKind.TIMER)
    return int(database.read(lambda c: c.execute(query).scalar_one()))


def _work(database: Database, worker: Worker) -> None:
    pause = threading.Event()
    while worker.run_due(AT_ONCE) or count_timers(database):
        pause.wait(0.01)


def _fire_behind_a_pause(taken: SqlJobs, runtime: Runtime) -> None:
    (job,) = taken.claim({JobKind.TIMER}, 1)
    os.kill(os.getpid(), signal.SIGSTOP)
    try:
        runtime.fire_timer(job)
    except AlurError as error:
        _tell(job, error)


def _tell(_: Job, error: BaseException) -> None:
    code = error.code if isinstance(error, AlurError) else repr(error)
    sys.stdout.write(f"{code}\n")
    sys.stdout.flush()
