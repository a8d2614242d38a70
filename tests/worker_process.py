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

from sqlalchemy import event, func, select

from engine.clock import SystemClock
from engine.errors import AlurError
from engine.job import JobKind
from engine.runtime import Runtime
from engine.worker import Worker
from storage.database import open_database
from storage.jobs import SqlJobs
from storage.postgresql import PostgresqlDatabase
from storage.store import SqlStore
from storage.tables import jobs

if TYPE_CHECKING:
    from engine.job import Job
    from storage.database import Database

TESTS = Path(__file__).parent
PATIENCE = timedelta(milliseconds=50)
"""How long they wait for a lock; twelve times as long may they be silent in the middle of a command."""
BEHIND_ITS_CLAIM, BEFORE_ITS_COMMIT = "claim", "commit"
"""Where a worker can stop itself."""


class WorkerProcess:
    """A worker at the database of an address, with a lease of so many seconds; `stops` says where it stops itself."""

    def __init__(self, url: str, lease: float, *, stops: str = "") -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from worker_process import main; main()",
                url,
                str(lease),
                stops,
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

    def wait_until_stopped(self) -> None:
        """Wait until it has stopped itself."""
        _, status = os.waitpid(self.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), "it ended without a stop"

    def outcome(self) -> list[str]:
        """Wait for its end; gives the codes of what came to nothing."""
        told, _ = self.process.communicate()
        assert self.process.returncode == 0, told
        return told.split()


def main() -> None:
    """Work at the database that the arguments name."""
    url, lease, stops = sys.argv[1:]
    database = open_database(url, SystemClock(), patience=PATIENCE)
    taken = SqlJobs(database, lease=timedelta(seconds=float(lease)))
    runtime = Runtime(SqlStore(database), SystemClock())
    if stops:
        _fire_one(database, taken, runtime, stops)
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
    while worker.run_due(1) or count_timers(database):
        pause.wait(0.01)


def _fire_one(database: Database, taken: SqlJobs, runtime: Runtime, stops: str) -> None:
    """Let one timer fire, with a stop on the way."""
    (job,) = taken.claim({JobKind.TIMER}, 1)
    if stops == BEHIND_ITS_CLAIM:
        _stop()
    else:
        assert isinstance(database, PostgresqlDatabase)
        event.listen(database.engine, "commit", _stop)
    try:
        runtime.fire_timer(job)
    except AlurError as error:
        _tell(job, error)


def _stop(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _tell(_: Job, error: BaseException) -> None:
    code = error.code if isinstance(error, AlurError) else repr(error)
    sys.stdout.write(f"{code}\n")
    sys.stdout.flush()
