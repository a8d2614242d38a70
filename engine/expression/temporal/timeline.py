"""Times and durations as whole nanoseconds, and back."""

from __future__ import annotations

from engine.expression.temporal.civil import date_of, days_of
from engine.expression.temporal.values import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    Zone,
)
from engine.expression.temporal.zones import (
    SECONDS_A_DAY,
    local_offset,
    offset_at,
    usual_offset,
    zone_at,
)

A_SECOND = 1_000_000_000
A_DAY = SECONDS_A_DAY * A_SECOND

LONGEST = 10**27
"""Nanoseconds of a days and time duration, and a thousand millions times the months: beyond all dates, and 27 digits."""

UTC_ZONE = Zone()
MIDNIGHT = Time(hour=0, minute=0, second=0)


def clock_of(time: Time) -> int:
    """Count the nanoseconds from midnight on the clock there."""
    return ((time.hour * 60 + time.minute) * 60 + time.second) * A_SECOND + time.nanosecond


def time_at(clock: int, zone: Zone | None) -> Time:
    """Give the time so many nanoseconds after midnight; beyond a day the clock goes round (DMN 1.5, 10.3.2.3.4)."""
    seconds, nanosecond = divmod(clock % A_DAY, A_SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return Time(hour=hour, minute=minute, second=second, nanosecond=nanosecond, zone=zone)


def clock_in_utc(time: Time) -> int:
    """Count the nanoseconds from midnight of UTC; below none or beyond a day where it is yesterday or tomorrow there."""
    return clock_of(time) - (usual_offset(time.zone) * A_SECOND if time.zone else 0)


def local_of(moment: DateTime) -> int:
    """Count the nanoseconds from the epoch as clock and calendar there show it."""
    return days_of(moment.date) * A_DAY + clock_of(moment.time)


def at_local(local: int, zone: Zone | None) -> DateTime | None:
    """Give the date and time that clock and calendar there show, None if the year is out of range."""
    days, clock = divmod(local, A_DAY)
    date = date_of(days)
    return None if date is None else DateTime(date=date, time=time_at(clock, zone))


def offset_of(moment: DateTime) -> int:
    """Give the offset from UTC in seconds; none where there is no zone."""
    zone = moment.time.zone
    return local_offset(zone, local_of(moment) // A_SECOND) if zone else 0


def instant_of(moment: DateTime) -> int:
    """Count the nanoseconds of UTC from the epoch; a time without zone is taken as UTC."""
    return local_of(moment) - offset_of(moment) * A_SECOND


def at_instant(instant: int, zone: Zone | None) -> DateTime | None:
    """Give the date and time there at the instant, None if the year is out of range."""
    offset = offset_at(zone, instant // A_SECOND) if zone else 0
    return at_local(instant + offset * A_SECOND, zone)


def at_midnight(date: Date) -> DateTime:
    """Give the midnight of UTC that a date stands for where a date and time is wanted (DMN 1.5, 10.3.2.3.5)."""
    return DateTime(date=date, time=Time(hour=0, minute=0, second=0, zone=UTC_ZONE))


def days_duration(nanoseconds: int) -> DaysDuration | None:
    """Give the duration, None if it is too long."""
    return DaysDuration(nanoseconds=nanoseconds) if abs(nanoseconds) <= LONGEST else None


def months_duration(months: int) -> MonthsDuration | None:
    """Give the duration, None if it is too long."""
    return MonthsDuration(months=months) if abs(months) <= LONGEST // A_SECOND else None


def zone_of_duration(offset: DaysDuration) -> Zone | None:
    """Give the zone that far from UTC, None if no clock is."""
    seconds, rest = divmod(offset.nanoseconds, A_SECOND)
    return None if rest else zone_at(seconds)
