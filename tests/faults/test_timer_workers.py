"""Several processes let timers fire on one PostgreSQL while some are killed and one is paused: none is lost, none fires twice (A5)."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from web_kit import MORNING
from worker_process import BEFORE_ITS_COMMIT, BEHIND_ITS_CLAIM, WorkerProcess, count_timers

from engine.history import TimerFired
from storage.tables import history

if TYPE_CHECKING:
    from collections.abc import Callable

    from contest_kit import Arena

    from engine.ids import InstanceId

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]

WORKERS = 4
OVERDUE = timedelta(days=20)
LEASE = 1.0
"""Seconds of a lease here: what a killed worker had taken comes back after it."""


def test_four_workers_killed_twice_lose_and_double_no_timer(arena: Arena) -> None:
    _kill_amid(arena, timers=60, kills=2)


@pytest.mark.faults
def test_four_workers_killed_ten_times_lose_and_double_none_of_2000_timers(arena: Arena) -> None:
    _kill_amid(arena, timers=2000, kills=10)


@pytest.mark.parametrize(
    ("stops", "refused"),
    [(BEHIND_ITS_CLAIM, "job_lost"), (BEFORE_ITS_COMMIT, "database_unreachable")],
)
def test_a_worker_that_was_stopped_beyond_its_lease_may_write_nothing(
    arena: Arena, stops: str, refused: str
) -> None:
    (case,) = _overdue(arena, 1)
    stopped = WorkerProcess(arena.url, lease=0.01, stops=stops)
    stopped.wait_until_stopped()
    assert WorkerProcess(arena.url, lease=60).outcome() == []  # another one takes and fires it
    stopped.resume()
    assert stopped.outcome() == [refused]
    assert arena.events(case).count("timer_fired") == 1


def _kill_amid(arena: Arena, *, timers: int, kills: int) -> None:
    """Let four workers fire the timers, kill some of them and stop one for longer than its lease meanwhile."""
    chance = Random(4)  # noqa: S311 - when to kill, the same in each run
    cases = _overdue(arena, timers)
    workers = [WorkerProcess(arena.url, LEASE) for _ in range(WORKERS)]
    _wait(lambda: count_timers(arena.database) < timers)
    workers[0].pause()
    for turn in range(1, kills + 1):
        goal = timers - turn * timers // (kills + 2)
        _wait(lambda goal=goal: count_timers(arena.database) <= goal)
        place = chance.randrange(1, WORKERS)
        workers[place].kill()
        workers[place] = WorkerProcess(arena.url, LEASE)
    workers[0].resume()
    for worker in workers:
        worker.outcome()
    fired = Counter(dict.fromkeys(cases, 0))
    query = select(history.c.chain_id).where(history.c.type == TimerFired.type)
    rows = arena.database.read(lambda c: c.execute(query).scalars().all())
    fired.update(row for row in rows if row in fired)
    assert Counter(fired.values()) == {1: timers}
    for case in cases[:: timers // 20]:
        assert [task.element for task in arena.open_tasks(case)] == ["habis"]
        arena.events(case)  # looks at every link of the chain


def _overdue(arena: Arena, timers: int) -> list[InstanceId]:
    """Begin cases whose timers have been due for weeks."""
    arena.clock.set(MORNING - OVERDUE)
    cases = [arena.start(arena.limited) for _ in range(timers)]
    arena.clock.set(MORNING)
    return cases


def _wait(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not is_so():
        pause.wait(0.005)
