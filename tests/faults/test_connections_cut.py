"""PostgreSQL ends every connection again and again while officers work: what was acknowledged is there, once, and Alur goes on by itself (A6)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import psycopg
import pytest

from storage.errors import StorageFailed

if TYPE_CHECKING:
    from contest_kit import Arena

    from engine.user_task import UserTask

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("url", ["postgresql"], indirect=True),
]

OFFICERS = 4
_CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'alur'"
)


def test_connections_that_are_cut_four_times_lose_and_double_nothing(arena: Arena) -> None:
    _cut_amid(arena, completions=40, cuts=4)


@pytest.mark.faults
def test_connections_that_are_cut_twenty_times_lose_and_double_nothing(arena: Arena) -> None:
    _cut_amid(arena, completions=400, cuts=20)


def _cut_amid(arena: Arena, *, completions: int, cuts: int) -> None:
    """Let officers complete tasks, insisting on an answer, and cut all connections so many times meanwhile."""
    cases = [arena.start(arena.straight) for _ in range(completions)]
    left = [arena.open_tasks(case)[0] for case in cases]
    done, hindered = threading.Semaphore(0), list[str]()

    def work(tasks: list[UserTask]) -> None:
        for task in tasks:
            hindered.extend(_insist(arena, task))
            done.release()

    officers = [
        threading.Thread(target=work, args=(left[place::OFFICERS],)) for place in range(OFFICERS)
    ]
    for officer in officers:
        officer.start()
    with psycopg.connect(arena.url, autocommit=True) as beside:
        for _ in range(cuts):
            for _ in range(completions // (cuts + 1)):
                done.acquire()
            assert beside.execute(_CUT).fetchone() != (0,), "there was nothing to cut"
    for officer in officers:
        officer.join()
    assert set(hindered) <= {"database_unreachable", "database_closed"}
    assert hindered, "nobody noticed"
    for case in cases:
        assert arena.events(case).count("user_task_completed") == 1
        assert [task.element for task in arena.open_tasks(case)] == ["periksa"]


def _insist(arena: Arena, task: UserTask) -> list[str]:
    """Complete a task, with the same request again while there is no answer; gives why there was none."""
    request, hindered = arena.request(), list[str]()
    while True:
        try:
            arena.runtime.complete(
                task.id,
                {"isi": "sekali saja"},
                actor=arena.actor("ani"),
                request=request,
                revision=task.revision,
            )
        except StorageFailed as error:
            hindered.append(error.code)
        else:
            return hindered
