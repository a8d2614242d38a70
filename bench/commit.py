"""`alur bench commit`: completions a second of 1, 4, 16 and 64 clients while each commit takes longer (T4).

Who waits for the disk together shares a commit: on SQLite by Alur's one writer, on PostgreSQL by the server. The disk of a
machine is no measure, so a sleep in the commit stands for a slow one, beside whatever the disk itself takes.
"""

from __future__ import annotations

import random
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import event

from bench import process_a
from bench.ours import Ours, walk_values
from bench.report import Figure, Target
from bench.servers import postgresql
from storage.postgresql import PostgresqlDatabase
from storage.sqlite import SqliteDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.ids import DefinitionId
    from engine.user_task import UserTask

ROUNDS = 5
CLIENTS = (1, 4, 16, 64)
MEASURED = 16
"""Clients whose gain has a target."""
COMPLETIONS = 128
FSYNC = timedelta(milliseconds=3)

GROUPED = Target(must=2, aim=6, at_least=True)


class SlowDisk:
    """A database in Alur whose commits sleep while they are measured."""

    def __init__(self, name: str, ours: Ours, fsync: timedelta) -> None:
        if not isinstance(ours.database, SqliteDatabase | PostgresqlDatabase):
            raise TypeError("Expected cases in a database, but they are in memory")
        self.name = name
        self._ours = ours
        self._fsync = fsync.total_seconds()
        self._definition: DefinitionId = ours.deploy(process_a.package())
        self._is_slow = False
        event.listen(ours.database.engine, "commit", self._sleep)

    def rate(self, clients: int) -> float:
        """Give the completions a second of so many clients, who share what there is to do."""
        waiting = iter([self._fresh() for _ in range(COMPLETIONS)])
        self._is_slow = True
        before = time.perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(self._complete, waiting))
        spent = time.perf_counter() - before
        self._is_slow = False
        return COMPLETIONS / spent

    def _fresh(self) -> UserTask:
        return self._ours.open_tasks(self._ours.start(self._definition))[0]

    def _complete(self, task: UserTask) -> None:
        self._ours.complete(task, walk_values("susun", 1))

    def _sleep(self, _: object) -> None:
        if self._is_slow:
            time.sleep(self._fsync)


def run(
    fsync: timedelta = FSYNC,
    *,
    rounds: int = ROUNDS,
    told: Callable[[int, int], None] = lambda *_: None,
) -> list[Figure]:
    """Measure and give the figures; `told` hears of each step done, of how many."""
    with ExitStack() as stack:
        disks = list(_disks(stack, fsync))
        steps = [(disk, clients) for disk in disks for clients in CLIENTS]
        rates: dict[tuple[str, int], list[float]] = {(d.name, n): [] for d, n in steps}
        for number in range(rounds):
            random.shuffle(steps)
            for done, (disk, clients) in enumerate(steps, 1):
                rates[disk.name, clients].append(disk.rate(clients))
                told(number * len(steps) + done, rounds * len(steps))
        return [
            Figure(
                name=f"T4 {n} clients / 1, {disk.name}, commit slowed by {fsync.microseconds / 1000:g} ms",
                values=tuple(
                    many / one
                    for many, one in zip(rates[disk.name, n], rates[disk.name, 1], strict=True)
                ),
                target=GROUPED if n == MEASURED else None,
            )
            for disk in disks
            for n in CLIENTS[1:]
        ]


def _disks(stack: ExitStack, fsync: timedelta) -> Iterator[SlowDisk]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alur-bench-")))
    make = postgresql(stack, folder)
    places: dict[str, Path | str] = {"SQLite": folder / "commit.sqlite3"}
    if make is not None:
        places["PostgreSQL"] = make("commit")
    for name, place in places.items():
        ours = Ours(place)
        stack.callback(ours.close)
        yield SlowDisk(name, ours, fsync)
