"""Deadlines counted by hand on a wall calendar of 2026: the table is the test.

Work is Monday to Thursday 07.30-12.00 and 12.30-16.00, Friday 07.30-11.00 and 12.30-15.30. 2026-03-18 to 24 is closed without a
break (Nyepi and Idul Fitri with their cuti bersama, and a weekend), and so is Thursday 2026-12-24 to Sunday 27.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import (
    Day,
    DayKind,
    InvalidDuration,
    Season,
    WorkCalendar,
    propose_days,
    read_duration,
)

USUAL = ((time(7, 30), time(12)), (time(12, 30), time(16)))
FRIDAY = ((time(7, 30), time(11)), (time(12, 30), time(15, 30)))
WEEK = (USUAL, USUAL, USUAL, USUAL, FRIDAY, (), ())
FASTING = ((time(8), time(15)),)
FAST = Season(
    first=date(2026, 2, 19),
    last=date(2026, 3, 19),
    week=(FASTING, FASTING, FASTING, FASTING, FASTING, (), ()),
    name="Ramadhan",
)
DAYS = {day.on: day for day in propose_days(2026)}
OFFICE = WorkCalendar(
    zone="Asia/Jakarta", week=WEEK, days=DAYS, seasons=(FAST,), confirmed=frozenset({2026})
)

BY_HAND = [
    # (arrived, length, due)                     why
    ("2026-11-23 09:00", "P1D", "2026-11-24 16:00"),  # Monday: the end of Tuesday
    ("2026-11-23 09:00", "P3D", "2026-11-26 16:00"),  # Monday + 3
    ("2026-11-26 15:59", "P1D", "2026-11-27 15:30"),  # Friday ends earlier
    ("2026-11-27 10:00", "P1D", "2026-11-30 16:00"),  # over a weekend
    ("2026-11-27 15:30", "P1D", "2026-11-30 16:00"),  # at the very end of Friday
    ("2026-11-27 15:31", "P1D", "2026-12-01 16:00"),  # a minute later it arrives on Monday
    ("2026-11-28 08:00", "P1D", "2026-12-01 16:00"),  # Saturday: arrives on Monday
    ("2026-11-23 03:00", "P1D", "2026-11-24 16:00"),  # before work: arrives that morning
    ("2026-12-23 10:00", "P1D", "2026-12-28 16:00"),  # over Christmas and its cuti bersama
    ("2026-03-17 10:00", "P2D", "2026-03-26 16:00"),  # over Nyepi and Idul Fitri
    ("2026-02-18 10:00", "P1D", "2026-02-19 15:00"),  # the first day of Ramadhan ends at 15.00
    ("2026-11-23 09:00", "PT30M", "2026-11-23 16:00"),  # minutes: the same day
    ("2026-11-23 11:59", "PT2H", "2026-11-23 16:00"),  # before noon
    ("2026-11-23 12:00", "PT2H", "2026-11-24 16:00"),  # from noon on: the next
    ("2026-11-27 13:00", "PT10M", "2026-11-30 16:00"),  # Friday afternoon: Monday
    ("2026-11-27 17:00", "PT10M", "2026-11-30 16:00"),  # after work: arrives on Monday morning
    ("2026-11-23 09:00", "P1DT2H", "2026-11-25 16:00"),  # a day and some hours: one day more
    ("2026-11-23 09:00", "P2W", "2026-12-07 09:00"),  # weeks are calendar time
    ("2026-12-11 09:00", "P2W", "2026-12-25 09:00"),  # even into a holiday
    ("2026-01-31 10:00", "P1M", "2026-02-28 10:00"),  # the last day of a shorter month
    ("2026-02-27 10:00", "P1Y", "2027-02-27 10:00"),
    ("2026-11-23 09:00", "P1W1D", "2026-12-01 16:00"),  # a week, then a working day
]


def local(text: str, zone: str = "Asia/Jakarta") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(("arrived", "length", "due"), BY_HAND)
def test_a_deadline_is_what_one_counts_by_hand(arrived: str, length: str, due: str) -> None:
    found = OFFICE.deadline(local(arrived).astimezone(UTC), read_duration(length))
    assert found.at.astimezone(ZoneInfo("Asia/Jakarta")) == local(due)


def test_a_deadline_in_a_year_that_nobody_confirmed_is_an_estimate() -> None:
    inside = OFFICE.deadline(local("2026-12-28 09:00"), read_duration("P1D"))
    beyond = OFFICE.deadline(local("2026-12-31 09:00"), read_duration("P1D"))
    assert not inside.is_estimate
    assert beyond.is_estimate


def test_each_office_counts_in_its_own_zone() -> None:
    papua = WorkCalendar(zone="Asia/Jayapura", week=WEEK)
    arrived = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 in Jakarta, 11.00 in Jayapura
    assert papua.deadline(arrived, read_duration("PT1H")).at.hour == 16 - 9
    assert OFFICE.deadline(arrived, read_duration("PT1H")).at.hour == 16 - 7


def test_a_day_that_the_office_opens_has_the_hours_of_its_weekday() -> None:
    joint = date(2026, 12, 24)
    opened = {**DAYS, joint: Day(on=joint, kind=DayKind.OPEN, name="Tetap masuk")}
    office = WorkCalendar(zone="Asia/Jakarta", week=WEEK, days=opened)
    assert not OFFICE.is_working_day(joint)
    assert office.spans(joint) == USUAL


@pytest.mark.parametrize(
    ("due", "reminder"),
    [
        ("2026-11-24 16:00", "2026-11-23 07:30"),
        ("2026-11-30 16:00", "2026-11-27 07:30"),
        ("2026-12-28 16:00", "2026-12-23 07:30"),
        ("2026-12-25 09:00", "2026-12-23 07:30"),
    ],
)
def test_the_working_day_before_a_deadline(due: str, reminder: str) -> None:
    found = OFFICE.working_day_before(local(due)).astimezone(ZoneInfo("Asia/Jakarta"))
    assert found == local(reminder)


def test_an_office_that_never_works_is_refused_instead_of_counted_for_ever() -> None:
    never = WorkCalendar(zone="Asia/Jakarta", week=((),) * 7)
    with pytest.raises(ValueError, match="Expected a working day"):
        never.deadline(local("2026-11-23 09:00"), read_duration("P1D"))


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1D", "P1DT", "P-1D", "P1.5D", "P1H", "P99999D", "P1D " * 2]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(InvalidDuration):
        read_duration(text)
