"""A person and Alur itself, or two messages, want the same thing at the same moment: one wins, the other is told (A3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from contest_kit import WRITTEN, Arena, Outcome, one_wins
from web_kit import MORNING

from engine.job import JobKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.ids import InstanceId
    from engine.job import Job
    from engine.user_task import UserTask

SOME, MANY = 10, 100
LONG = timedelta(days=2)
AT = "21 Nov"
UNDELIVERED = {"message_unclaimed", "wait_gone"}
"""Why a message that lost is tried again later: nobody waits for it any more."""


def complete_timer(arena: Arena) -> None:
    """One sends the form in the moment in which its time is up."""
    task = _late_task(arena)
    sends = arena.sends("ani", arena.page_of("ani", task))
    sent, fired = arena.contest(sends, _fires(arena))
    if one_wins(arena, (sent, fired)):
        for words in ("batas waktu tercapai", WRITTEN, "Alur", AT):
            assert words in sent.text
        assert WRITTEN in arena.page_of("ani", task).text
        arena.forget("ani", task)
        assert _goes_on_at(arena, task.instance) == ["habis"]
    else:
        assert fired.text == "job_lost"
        assert _goes_on_at(arena, task.instance) == []
    told = arena.events(task.instance)
    assert told.count("user_task_completed") + told.count("timer_fired") == 1


def cancel_timer(arena: Arena) -> None:
    """Stop the case, as its head, in the moment in which a task's time is up."""
    task = _late_task(arena)
    address = f"/perkara/{task.instance}"
    page = arena.browser("kepala").get(address)
    fields = {**page.form("/batal"), "alasan": "Dicabut pemohon"}
    stops = arena.posts("kepala", f"{address}/batal", fields)
    stopped, fired = arena.contest(stops, _fires(arena))
    if one_wins(arena, (stopped, fired)):
        for words in ("baru saja berubah", "Dicabut pemohon", "Alur", AT):
            assert words in stopped.text
        assert _goes_on_at(arena, task.instance) == ["habis"]
    else:
        assert fired.text == "job_lost"
        assert _goes_on_at(arena, task.instance) == []
    told = arena.events(task.instance)
    assert told.count("instance_cancelled") + told.count("timer_fired") == 1


def message_message(arena: Arena) -> None:
    """Bring two messages to a case that waits for one."""
    key = arena.request()
    case = arena.start(arena.awaiting, key)
    outcomes = arena.contest(*(_delivers(arena, job) for job in _messages(arena, key, 2)))
    lost = outcomes[1 - one_wins(arena, outcomes)]
    assert lost.text in UNDELIVERED
    assert [task.element for task in arena.open_tasks(case)] == ["periksa"]
    assert arena.events(case).count("message_received") == 1


def message_timer(arena: Arena) -> None:
    """Bring a message to a case in the moment in which it would go on without it."""
    key = arena.request()
    arena.clock.set(MORNING - LONG)
    case = arena.start(arena.choosing, key)
    arena.clock.set(MORNING)
    (job,) = _messages(arena, key, 1)
    brought, fired = arena.contest(_delivers(arena, job), _fires(arena))
    if one_wins(arena, (brought, fired)):
        assert brought.text in UNDELIVERED
        assert _goes_on_at(arena, case) == ["habis"]
    else:
        assert fired.text == "job_lost"
        assert _goes_on_at(arena, case) == ["periksa"]
    told = arena.events(case)
    assert told.count("message_received") + told.count("timer_fired") == 1


CONTESTS = {
    "complete/timer": complete_timer,
    "cancel/timer": cancel_timer,
    "message/message": message_message,
    "message/timer": message_timer,
}


@pytest.mark.parametrize("contest", CONTESTS)
def test_one_of_two_wins_and_the_other_is_told(arena: Arena, contest: str) -> None:
    for _ in range(SOME):
        CONTESTS[contest](arena)


@pytest.mark.faults
@pytest.mark.parametrize("contest", CONTESTS)
def test_one_of_two_wins_a_hundred_times(arena: Arena, contest: str) -> None:
    for _ in range(MANY):
        CONTESTS[contest](arena)


def _late_task(arena: Arena) -> UserTask:
    """Give the open task of a case that began two days ago."""
    arena.clock.set(MORNING - LONG)
    case = arena.start(arena.limited)
    arena.clock.set(MORNING)
    (task,) = arena.open_tasks(case)
    return task


def _fires(arena: Arena) -> Callable[[], Outcome]:
    """Give the act of a worker that has taken the one timer that is due."""
    (job,) = arena.parts.jobs.claim({JobKind.TIMER}, 10)
    return arena.commands(lambda: arena.runtime.fire_timer(job))


def _messages(arena: Arena, key: str, count: int) -> tuple[Job, ...]:
    """Give the messages of cases with this business key, each taken by a worker."""
    for _ in range(count):
        arena.start(arena.sending, key)
    jobs = arena.parts.jobs.claim({JobKind.MESSAGE}, count)
    assert len(jobs) == count
    return jobs


def _delivers(arena: Arena, job: Job) -> Callable[[], Outcome]:
    return arena.commands(lambda: arena.runtime.deliver_message(job))


def _goes_on_at(arena: Arena, case: InstanceId) -> list[str]:
    assert not arena.parts.jobs.claim({JobKind.TIMER}, 10), "a timer is left"
    return [task.element for task in arena.open_tasks(case)]
