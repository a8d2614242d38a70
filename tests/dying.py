"""A process that is told what to do and at which touch of the database to die, as `kill -9` does it.

It reads one order a line (JSON) and forks for each: the child opens the database, carries the order out and kills itself at
the n-th touch: the n-th statement or commit, before it goes out, or the end, when all is done and nobody was told. What it
answers is one line: `killed`, or `done` when there were fewer touches. Started by `Mortal`; `python -c` runs `main`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event

from engine.ids import DefinitionId, PersonId, RequestId, UserTaskId
from engine.job import JobKind
from engine.runtime import Runtime
from engine.testing import FixedClock
from storage.database import open_database
from storage.jobs import SqlJobs
from storage.store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    from storage.database import Database

TESTS = Path(__file__).parent
ACTOR = PersonId("ani")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """An open database and the commands on it."""

    database: Database
    runtime: Runtime

    @classmethod
    def on(cls, url: str, now: str) -> Self:
        """Open the database of an address, at a moment (ISO 8601)."""
        clock = FixedClock(datetime.fromisoformat(now))
        database = open_database(url, clock)
        return cls(database=database, runtime=Runtime(SqlStore(database), clock))

    def do(self, order: Mapping[str, str]) -> None:
        """Carry an order out."""
        _ACTS[order["act"]](self, order)


def _complete(hand: Hand, order: Mapping[str, str]) -> None:
    store = SqlStore(hand.database)
    hand.runtime.complete(
        UserTaskId(order["task"]),
        {"isi": "sekali saja"},
        actor=store.transact(lambda tx: tx.get_actor(ACTOR)),
        request=RequestId(order["request"]),
        revision=int(order["revision"]),
    )


def _start(hand: Hand, order: Mapping[str, str]) -> None:
    store = SqlStore(hand.database)
    hand.runtime.start(
        DefinitionId(order["definition"]),
        actor=store.transact(lambda tx: tx.get_actor(ACTOR)),
        request=RequestId(order["request"]),
    )


def _timer(hand: Hand, _: Mapping[str, str]) -> None:
    for job in SqlJobs(hand.database).claim({JobKind.TIMER}, 1):
        hand.runtime.fire_timer(job)


_ACTS: dict[str, Callable[[Hand, Mapping[str, str]], None]] = {
    "complete": _complete,
    "start": _start,
    "timer": _timer,
}


class Mortal:
    """The process, seen from the test."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from dying import main; main()"],
            cwd=TESTS,
            env={**os.environ, "PYTHONPATH": f"{TESTS.parent}{os.pathsep}{TESTS}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def dies(self, url: str, now: str, point: int, order: Mapping[str, str]) -> bool:
        """Let a child carry the order out and die at a point; False when it came to its end before."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        told = {**order, "url": url, "now": now, "point": str(point)}
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        assert answer in ("killed", "done"), answer
        return answer == "killed"

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


def main() -> None:
    """Answer order by order; nothing is opened in this process itself, so that a child takes nothing over."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _live(json.loads(line))
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write("killed\n" if killed else "done\n" if status == 0 else f"{status}\n")
        sys.stdout.flush()


def _live(order: Mapping[str, str]) -> None:
    status = 1
    try:
        hand = Hand.on(order["url"], order["now"])
        left = int(order["point"])

        def touch(*_: object) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        engine = hand.database.engine  # type: ignore[attr-defined]
        for name in ("before_cursor_execute", "commit"):
            event.listen(engine, name, touch)
        hand.do(order)
        touch()
        status = 0
    finally:
        os._exit(status)
