"""Texts are read as dates, times and durations: the lexical forms of XML Schema Part 2, and `@` with a zone's name.

As DMN 1.5, table 72, has it. None where a text is something else, or a day or time that there is not.
"""

from __future__ import annotations

import re

from engine.expression.temporal.civil import date_from
from engine.expression.temporal.timeline import (
    A_DAY,
    A_SECOND,
    MIDNIGHT,
    UTC_ZONE,
    at_local,
    days_duration,
    local_of,
    months_duration,
)
from engine.expression.temporal.values import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
    Zone,
)
from engine.expression.temporal.zones import zone_at, zone_named

LONGEST_TEXT = 100
"""Characters; the longest that means anything has about 90."""

_DATE = r"(?P<year>-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_OFFSET = r"[Zz]|(?P<sign>[+-])(?P<hours>[0-9]{2}):(?P<minutes>[0-9]{2})"
_TIME = (
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?"
    rf"(?P<placed>{_OFFSET}|@(?P<zone>[\w+\-/]+))?"
)
_A_DATE = re.compile(_DATE, re.ASCII)
_A_TIME = re.compile(_TIME, re.ASCII)
_A_MOMENT = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_AN_OFFSET = re.compile(_OFFSET, re.ASCII)
_A_MONTHS = re.compile(
    r"(?P<sign>-?)P(?=[0-9])(?:(?P<years>[0-9]{1,18})Y)?(?:(?P<months>[0-9]{1,18})M)?"
)
_A_DAYS = re.compile(
    r"(?P<sign>-?)P(?=[0-9T])(?:(?P<days>[0-9]{1,18})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,18})H)?(?:(?P<minutes>[0-9]{1,18})M)?"
    r"(?:(?P<seconds>[0-9]{1,18})(?:\.(?P<fraction>[0-9]{1,9}))?S)?)?"
)
_MINUTES = 60
_HOURS = 24


def literal(text: str) -> Temporal | None:
    """Read a text of any of these kinds, as after `@` in an expression."""
    return date_in(text) or time_in(text) or moment_in(text) or duration_in(text)


def date_in(text: str) -> Date | None:
    """Read `2026-11-21`; a year has four digits, and more only without a zero before them."""
    found = _matched(_A_DATE, text)
    return _date(found) if found else None


def time_in(text: str) -> Time | None:
    """Read `10:00:00`, with a fraction, with `Z`, `+07:00` or `@Asia/Jakarta`; 24:00:00 is the midnight of any day."""
    found = _matched(_A_TIME, text)
    clock = _clock(found) if found else None
    return clock[0] if clock else None


def moment_in(text: str) -> DateTime | None:
    """Read `2026-11-21T10:00:00`; a date alone is its midnight, and T24:00:00 that of the next day."""
    day = date_in(text)
    if day is not None:
        return DateTime(date=day, time=MIDNIGHT)
    found = _matched(_A_MOMENT, text)
    return _moment(found) if found else None


def duration_in(text: str) -> DaysDuration | MonthsDuration | None:
    """Read `P1DT2H` or `P1Y2M`; the two kinds don't mix."""
    found = _matched(_A_MONTHS, text)
    if found:
        months = _number(found["years"]) * 12 + _number(found["months"])
        return months_duration(-months if found["sign"] else months)
    found = _matched(_A_DAYS, text)
    return _days(found) if found else None


def zone_in(text: str) -> Zone | None:
    """Read `Asia/Jakarta`, `+07:00` or `Z`."""
    found = _matched(_AN_OFFSET, text)
    return _offset(found) if found else zone_named(text)


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Match the whole of a text that is not too long to mean anything."""
    return pattern.fullmatch(text) if len(text) <= LONGEST_TEXT else None


def _number(digits: str | None) -> int:
    return int(digits or 0)


def _date(found: re.Match[str]) -> Date | None:
    if found["year"] == "-0000":
        return None
    return date_from(int(found["year"]), int(found["month"]), int(found["day"]))


def _moment(found: re.Match[str]) -> DateTime | None:
    date, clock = _date(found), _clock(found)
    if date is None or clock is None:
        return None
    time, is_next_day = clock
    moment = DateTime(date=date, time=time)
    return at_local(local_of(moment) + A_DAY, time.zone) if is_next_day else moment


def _clock(found: re.Match[str]) -> tuple[Time, bool] | None:
    """Give the time, and whether it is the midnight at the end of its day."""
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"])
    fraction = _fraction(found["fraction"])
    ends = hour == _HOURS and not (minute or second or fraction)
    if not (ends or hour < _HOURS) or max(minute, second) >= _MINUTES:
        return None
    zone = _zone(found)
    if zone is None and found["placed"]:
        return None
    hour %= _HOURS
    return Time(hour=hour, minute=minute, second=second, nanosecond=fraction, zone=zone), ends


def _zone(found: re.Match[str]) -> Zone | None:
    """Give the zone that is written, None where there is none or no such."""
    if found["zone"]:
        return zone_named(found["zone"])
    return _offset(found) if found["placed"] else None


def _offset(found: re.Match[str]) -> Zone | None:
    if not found["sign"]:
        return UTC_ZONE
    minutes = int(found["minutes"])
    offset = int(found["hours"]) * 3600 + minutes * 60
    return zone_at(-offset if found["sign"] == "-" else offset) if minutes < _MINUTES else None


def _days(found: re.Match[str]) -> DaysDuration | None:
    hours = _number(found["days"]) * _HOURS + _number(found["hours"])
    seconds = (hours * _MINUTES + _number(found["minutes"])) * _MINUTES + _number(found["seconds"])
    length = seconds * A_SECOND + _fraction(found["fraction"])
    return days_duration(-length if found["sign"] else length)


def _fraction(digits: str | None) -> int:
    """Give the nanoseconds that the digits after the point mean."""
    return int((digits or "").ljust(9, "0"))
