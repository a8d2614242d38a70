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
DAYS = {day.on: day for year in (2026, 2027) for day in propose_days(year)}
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
    # noon is where the day turns for what takes less than one
    ("2026-11-27 11:30", "PT1H", "2026-11-27 15:30"),  # Friday, in the break but before noon
    ("2026-11-27 12:00", "PT1H", "2026-11-30 16:00"),  # Friday at noon: Monday
    ("2026-11-23 07:29", "PT1H", "2026-11-23 16:00"),  # before work begins: that day
    ("2026-11-23 16:00", "PT1H", "2026-11-24 16:00"),  # as work ends: after noon, so the next day
    ("2026-11-23 16:01", "PT1H", "2026-11-24 16:00"),  # behind it: arrives on Tuesday morning
    ("2026-11-23 15:59", "P0DT1M", "2026-11-24 16:00"),  # a minute's work that came late
    # Ramadhan (2026-02-19 to 03-19, 08.00-15.00)
    ("2026-02-19 07:45", "PT1H", "2026-02-19 15:00"),  # before eight: that day, which ends at 15.00
    (
        "2026-02-19 15:30",
        "P1D",
        "2026-02-23 15:00",
    ),  # after 15.00: arrives on Friday, due on Monday
    ("2026-02-18 15:30", "P2D", "2026-02-20 15:00"),  # still the usual Wednesday: Thursday, Friday
    ("2026-03-16 09:00", "P1D", "2026-03-17 15:00"),  # the last working day before Nyepi
    ("2026-03-17 12:00", "PT1H", "2026-03-25 16:00"),  # at noon: the next one is behind Idul Fitri
    # cuti bersama counts as a day off
    ("2026-05-13 09:00", "P1D", "2026-05-18 16:00"),  # Thursday and Friday are off (Kenaikan, cuti)
    ("2026-12-23 16:30", "P1D", "2026-12-29 16:00"),  # after work: arrives on Monday 28
    # the end of the year: Friday 2027-01-01 is off
    (
        "2026-12-30 09:00",
        "P1D",
        "2026-12-31 16:00",
    ),  # Wednesday: Thursday, the last one of the year
    ("2026-12-31 09:00", "P1D", "2027-01-04 16:00"),  # Thursday: Monday
    ("2026-12-31 17:00", "P1D", "2027-01-06 16:00"),  # arrives on Monday; Tuesday is Isra Mikraj
    # months and years by the calendar, the last day where there is none of that number
    ("2026-03-31 10:00", "P1M", "2026-04-30 10:00"),
    ("2026-10-31 10:00", "P4M", "2027-02-28 10:00"),
    ("2027-12-31 10:00", "P2M", "2028-02-29 10:00"),  # 2028 is a leap year
    ("2028-02-29 10:00", "P1Y", "2029-02-28 10:00"),  # and 2029 is none
    ("2028-02-29 10:00", "P4Y", "2032-02-29 10:00"),  # but 2032 is
    (
        "2026-08-15 10:00",
        "P1M1D",
        "2026-09-16 16:00",
    ),  # to Tuesday 15 September, then a working day
    # far ahead
    ("2026-11-02 09:00", "P14D", "2026-11-20 15:30"),  # three weeks but a day: Friday of the third
    ("2026-11-02 09:00", "P30D", "2026-12-14 16:00"),  # six weeks
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


def test_working_days_of_a_doubtful_year_make_an_estimate_even_where_the_deadline_is_in_a_sure_one() -> (
    None
):
    # from Thursday 2026-12-31 to Monday 2027-01-04: 2027 is confirmed here, 2026 is not
    office = WorkCalendar(zone="Asia/Jakarta", week=WEEK, days=DAYS, confirmed=frozenset({2027}))
    assert office.deadline(local("2026-12-31 09:00"), read_duration("P1D")).is_estimate
    assert not office.deadline(local("2027-01-04 09:00"), read_duration("P1D")).is_estimate


def test_calendar_time_is_no_estimate_since_no_holiday_changes_it() -> None:
    office = WorkCalendar(zone="Asia/Jakarta", week=WEEK)
    assert not office.deadline(local("2026-12-28 09:00"), read_duration("P2W")).is_estimate
    assert office.deadline(local("2026-12-28 09:00"), read_duration("P2W1D")).is_estimate


BY_ZONE = [
    # 2026-11-23 04:59 UTC is Monday 11.59 in Jakarta, 12.59 in Makassar, 13.59 in Jayapura
    ("Asia/Jakarta", "2026-11-23T04:59+00:00", "PT1H", "2026-11-23T09:00+00:00"),  # today, 16.00
    ("Asia/Makassar", "2026-11-23T04:59+00:00", "PT1H", "2026-11-24T08:00+00:00"),  # afternoon
    ("Asia/Jayapura", "2026-11-23T04:59+00:00", "PT1H", "2026-11-24T07:00+00:00"),  # afternoon
    # 2026-11-27 08:15 UTC is Friday 15.15 in Jakarta (at work until 15.30), 16.15 in Makassar
    ("Asia/Jakarta", "2026-11-27T08:15+00:00", "P1D", "2026-11-30T09:00+00:00"),  # Monday
    ("Asia/Makassar", "2026-11-27T08:15+00:00", "P1D", "2026-12-01T08:00+00:00"),  # came on Monday
    ("Asia/Jayapura", "2026-11-27T08:15+00:00", "P1D", "2026-12-01T07:00+00:00"),  # the same
    # 2026-11-29 22:45 UTC is Monday in all three: 05.45, 06.45, 07.45
    ("Asia/Jakarta", "2026-11-29T22:45+00:00", "PT1H", "2026-11-30T09:00+00:00"),
    ("Asia/Makassar", "2026-11-29T22:45+00:00", "PT1H", "2026-11-30T08:00+00:00"),
    ("Asia/Jayapura", "2026-11-29T22:45+00:00", "PT1H", "2026-11-30T07:00+00:00"),
    # 2026-12-31 15:30 UTC is the last evening in Jakarta and Makassar, the new year in Jayapura
    ("Asia/Jakarta", "2026-12-31T15:30+00:00", "P1M", "2027-01-31T15:30+00:00"),  # to 31 January
    ("Asia/Jayapura", "2026-12-31T15:30+00:00", "P1M", "2027-01-31T15:30+00:00"),  # to 1 February
]


@pytest.mark.parametrize(("zone", "arrived", "length", "due"), BY_ZONE)
def test_an_office_counts_by_the_clock_on_its_own_wall(
    zone: str, arrived: str, length: str, due: str
) -> None:
    office = WorkCalendar(zone=zone, week=WEEK, days=DAYS, seasons=(FAST,))
    found = office.deadline(datetime.fromisoformat(arrived), read_duration(length))
    assert found.at == datetime.fromisoformat(due)


def test_cuti_bersama_that_an_office_does_not_take_is_a_working_day() -> None:
    # Wednesday 2026-12-23, one day: Monday 28 where Thursday 24 is cuti bersama, else that Thursday
    taken = {day: found for day, found in DAYS.items() if day != date(2026, 12, 24)}
    office = WorkCalendar(zone="Asia/Jakarta", week=WEEK, days=taken)
    found = office.deadline(local("2026-12-23 10:00"), read_duration("P1D"))
    assert found.at == local("2026-12-24 16:00")
    assert found.is_estimate


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


@pytest.mark.parametrize(
    ("due", "days", "reminder"),
    [
        ("2026-11-26 16:00", 2, "2026-11-24 07:30"),  # Thursday: Tuesday
        ("2026-11-30 16:00", 2, "2026-11-26 07:30"),  # Monday: Thursday, over a weekend
        ("2026-03-25 16:00", 1, "2026-03-17 08:00"),  # behind Idul Fitri: a day of Ramadhan
        ("2027-01-04 16:00", 3, "2026-12-29 07:30"),  # 31, 30, 29 December
    ],
)
def test_so_many_working_days_before_a_deadline(due: str, days: int, reminder: str) -> None:
    found = OFFICE.working_day_before(local(due), days).astimezone(ZoneInfo("Asia/Jakarta"))
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
