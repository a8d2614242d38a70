"""What every store promises of calendars and of deadlines that move."""

from __future__ import annotations

import dataclasses
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from storage_kit import AGENCY, CASE, START, advanced, change_agency, set_up, started, task

from engine.calendar import FASTING_WEEK, AgencyCalendar, CalendarYear, Day, DayKind, Season
from engine.errors import Conflict, NotFound
from engine.ids import AgencyId
from engine.user_task import DueTold

if TYPE_CHECKING:
    from storage_kit import Backend

    from engine.store import Transaction

CALENDAR = AgencyCalendar(
    agency=AGENCY,
    zone="Asia/Jayapura",
    revision=1,
    week=(*(((time(8), time(14)),),) * 6, ()),
    years={
        2026: CalendarYear(
            year=2026,
            is_confirmed=True,
            days=(Day(on=date(2026, 8, 17), kind=DayKind.HOLIDAY, name="Hari “Kemerdekaan”"),),
        ),
        2027: CalendarYear(year=2027, days=()),
    },
    seasons=(
        Season(first=date(2027, 2, 8), last=date(2027, 3, 9), week=FASTING_WEEK, name="Ramadhan"),
    ),
    reminds_before=0,
    escalates=False,
)
MOVED = START + timedelta(days=9)


def save(backend: Backend, calendar: AgencyCalendar) -> None:
    backend.store.transact(lambda t: change_agency(t, calendar=calendar))


def found(backend: Backend) -> AgencyCalendar:
    return backend.store.transact(lambda t: t.get_calendar(AGENCY))


def test_an_agency_without_a_calendar_has_the_usual_one_in_its_zone(backend: Backend) -> None:
    set_up(backend.store)
    assert found(backend) == AgencyCalendar(agency=AGENCY, zone="Asia/Jakarta")


def test_an_unknown_agency_has_no_calendar(backend: Backend) -> None:
    set_up(backend.store)
    with pytest.raises(NotFound):
        backend.store.transact(lambda t: t.get_calendar(AgencyId("lain")))


def test_a_calendar_is_read_back_with_the_zone_that_it_gave_the_agency(backend: Backend) -> None:
    set_up(backend.store)
    save(backend, CALENDAR)
    assert found(backend) == CALENDAR
    assert backend.store.transact(lambda t: t.get_agency(AGENCY)).zone == "Asia/Jayapura"


def test_a_calendar_takes_the_whole_place_of_the_one_before(backend: Backend) -> None:
    set_up(backend.store)
    save(backend, CALENDAR)
    later = AgencyCalendar(agency=AGENCY, zone="Asia/Jakarta", revision=2)
    save(backend, later)
    assert found(backend) == later


@pytest.mark.parametrize("revision", [1, 3])
def test_of_two_calendars_of_one_revision_the_second_is_refused(
    backend: Backend, revision: int
) -> None:
    set_up(backend.store)
    save(backend, CALENDAR)
    with pytest.raises(Conflict) as refused:
        save(backend, dataclasses.replace(CALENDAR, revision=revision, escalates=True))
    assert refused.value.code == "calendar_changed"
    assert found(backend) == CALENDAR


def test_a_task_keeps_where_its_deadline_comes_from(backend: Backend) -> None:
    set_up(backend.store)
    due = task(2, due_length="P3D", due_is_estimate=True, due_told=DueTold.REMINDED)
    backend.store.transact(lambda t: t.save(started(due)))
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == (due,)


def test_a_moved_deadline_changes_nothing_else_of_the_task(backend: Backend) -> None:
    set_up(backend.store)
    before = task(2, due_length="P3D", due_is_estimate=True, due_told=DueTold.ESCALATED)
    backend.store.transact(lambda t: t.save(started(before, task(3))))
    moved = dataclasses.replace(
        before, due_at=MOVED, due_is_estimate=False, due_told=DueTold.NOTHING, name="x", revision=9
    )

    def work(transaction: Transaction) -> None:
        case = transaction.get_instance(CASE)
        transaction.save(advanced(case, "move", dated_tasks=(moved,)))
        transaction.count_moved(AGENCY, 1)

    backend.store.transact(work)
    kept = dataclasses.replace(moved, name=before.name, revision=1)
    assert backend.store.transact(lambda t: t.list_open_tasks(CASE)) == (kept, task(3))
