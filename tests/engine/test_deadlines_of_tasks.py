"""When a task is due: by its drawing, by mutu baku and the office's calendar, and what moves that."""

from __future__ import annotations

from datetime import date

import pytest
from calendar_kit import TimedDinas, local, text_of

from engine.deadline import counted
from engine.errors import ExecutionFailed
from engine.history import UserTaskCreated, UserTaskDueMoved
from engine.user_task import DueTold


def created(dinas: TimedDinas, case: str) -> UserTaskCreated:
    (found,) = (
        r.event for r in dinas.store.list_records(case) if isinstance(r.event, UserTaskCreated)
    )
    return found


def test_mutu_baku_gives_a_task_its_deadline_by_the_calendar_and_the_history_says_it() -> None:
    dinas = TimedDinas(length="P3D")
    dinas.confirm(2026)
    case = dinas.begin()
    task = dinas.task(case)
    assert task.due_at == local("2026-11-26 16:00")  # Thursday, three working days after Monday
    assert (task.due_length, task.due_is_estimate) == ("P3D", False)
    event = created(dinas, case)
    assert (event.due_at, event.due_length) == (text_of("2026-11-26 16:00"), "P3D")
    assert event.due == ""


def test_a_deadline_is_an_estimate_until_the_year_is_confirmed() -> None:
    dinas = TimedDinas(length="P3D")
    task = dinas.task(dinas.begin())
    assert task.due_is_estimate
    assert created(dinas, task.instance).due_is_estimate


def test_the_date_of_the_drawing_stands_over_mutu_baku() -> None:
    dinas = TimedDinas(length="P3D", given="dueDate=2026-12-01")
    task = dinas.task(dinas.begin())
    assert task.due_at == local("2026-12-01 23:59:59")
    assert (task.due_length, task.due_is_estimate) == ("", False)
    assert created(dinas, task.instance).due_length == ""


def test_without_either_a_task_has_no_deadline() -> None:
    dinas = TimedDinas(length="")
    assert dinas.task(dinas.begin()).due_at is None


def test_a_mutu_baku_that_was_deployed_unreadable_gives_no_deadline() -> None:
    dinas = TimedDinas()
    for length in ("satu hari", "P9999Y"):
        assert counted(length, dinas.clock.now(), dinas.calendar.work).at is None


def test_a_date_that_is_none_still_stops_the_command() -> None:
    dinas = TimedDinas(given="dueDate=besok")
    with pytest.raises(ExecutionFailed, match="ISO 8601"):
        dinas.begin()


def test_a_closure_moves_the_deadline_of_an_open_task_and_the_history_says_from_when_to_when() -> (
    None
):
    dinas = TimedDinas(length="P3D")
    dinas.confirm(2026)
    case = dinas.begin()
    before = dinas.task(case)
    dinas.close(date(2026, 11, 25))
    assert dinas.runtime.move_deadlines(case) == 1
    dinas.agree(case)
    after = dinas.task(case)
    assert after.due_at == local("2026-11-27 16:30")  # Friday ends at 16.30
    assert after.revision == before.revision, "who fills in the form is not in the way"
    event = dinas.records(case)[-1].event
    assert event == UserTaskDueMoved(
        task=after.id,
        due=text_of("2026-11-27 16:30"),
        previous=text_of("2026-11-26 16:00"),
        revision=2,
    )
    assert dinas.records(case)[-1].by is not None
    assert dinas.records(case)[-1].by.person == ""


def test_a_deadline_that_stays_leaves_no_trace() -> None:
    dinas = TimedDinas(length="P3D")
    dinas.confirm(2026)
    case = dinas.begin()
    dinas.close(date(2026, 12, 9))
    kept = dinas.at_rest(case)
    assert dinas.runtime.move_deadlines(case) == 0
    assert dinas.at_rest(case) == kept


def test_confirming_the_year_makes_an_estimate_certain_without_counting_as_moved() -> None:
    dinas = TimedDinas(length="P3D")
    case = dinas.begin()
    due = dinas.task(case).due_at
    dinas.confirm(2026)
    assert dinas.runtime.move_deadlines(case) == 0
    assert not dinas.task(case).due_is_estimate
    assert dinas.task(case).due_at == due
    event = dinas.records(case)[-1].event
    assert isinstance(event, UserTaskDueMoved)
    assert event.due == event.previous


def test_the_date_of_a_drawing_does_not_move() -> None:
    dinas = TimedDinas(length="P3D", given="dueDate=2026-11-25")
    case = dinas.begin()
    dinas.close(date(2026, 11, 25))
    assert dinas.runtime.move_deadlines(case) == 0


def test_a_task_that_is_over_does_not_move() -> None:
    dinas = TimedDinas(length="P3D")
    case = dinas.begin()
    dinas.complete(dinas.task(case), "umum")
    dinas.close(date(2026, 11, 25))
    kept = dinas.at_rest(case)
    dinas.runtime.move_deadlines(case)
    assert dinas.at_rest(case) == kept


def test_another_zone_moves_the_end_of_the_day() -> None:
    dinas = TimedDinas(length="P1D")
    case = dinas.begin()
    dinas.set_rules(zone="Asia/Jayapura")
    assert dinas.runtime.move_deadlines(case) == 1
    assert dinas.task(case).due_at == local("2026-11-24 16:00", "Asia/Jayapura")


def test_a_moved_deadline_has_not_been_told() -> None:
    dinas = TimedDinas(length="P1D")
    case = dinas.begin()
    dinas.clock.set(local("2026-11-24 16:01"))
    assert dinas.runtime.escalate(dinas.task(case).id)
    assert dinas.task(case).due_told is DueTold.ESCALATED
    dinas.close(date(2026, 11, 24))
    dinas.runtime.move_deadlines(case)
    assert dinas.task(case).due_told is DueTold.NOTHING
