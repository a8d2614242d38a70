"""Dates, times and durations as texts (XML Schema Part 2; a zone's name after `@`)."""

from __future__ import annotations

from dataclasses import replace

from engine.expression.temporal.timeline import (
    A_SECOND,
    UTC_ZONE,
    at_instant,
    instant_of,
    offset_of,
)
from engine.expression.temporal.values import (
    Date,
    DateTime,
    DaysDuration,
    Temporal,
    Time,
    Zone,
)
from engine.expression.temporal.zones import usual_offset, zone_at


def text_of(value: Temporal) -> str:
    """Write the value as FEEL reads it again: `2026-11-21`, `10:00:00@Asia/Jakarta`, `P1DT2H`."""
    if isinstance(value, Date):
        return _date(value)
    if isinstance(value, Time):
        return _time(value)
    if isinstance(value, DateTime):
        return f"{_date(value.date)}T{_time(value.time)}"
    if isinstance(value, DaysDuration):
        return _days(value.nanoseconds)
    return _months(value.months)


def iso_text(value: Temporal) -> str:
    """Write the value as it leaves the expression: as `text_of`, but a zone that has a name as its offset.

    ISO 8601 knows no names of zones; forms, timers and other programs read the text. Where the offset has seconds, as before
    zones were agreed on, it is written in UTC.
    """
    if isinstance(value, Time) and value.zone and value.zone.name:
        return text_of(replace(value, zone=Zone(seconds=usual_offset(value.zone))))
    if isinstance(value, DateTime) and value.time.zone and value.time.zone.name:
        zone = zone_at(offset_of(value)) or UTC_ZONE
        return text_of(at_instant(instant_of(value), zone) or value)
    return text_of(value)


def _date(date: Date) -> str:
    sign = "-" if date.year < 0 else ""
    return f"{sign}{abs(date.year):04}-{date.month:02}-{date.day:02}"


def _time(time: Time) -> str:
    clock = f"{time.hour:02}:{time.minute:02}:{_seconds(time.second, time.nanosecond, width=2)}"
    return clock + (_zone(time.zone) if time.zone else "")


def _seconds(seconds: int, nanoseconds: int, *, width: int) -> str:
    fraction = f".{nanoseconds:09}".rstrip("0") if nanoseconds else ""
    return f"{seconds:0{width}}{fraction}"


def _zone(zone: Zone) -> str:
    if zone.name:
        return f"@{zone.name}"
    if not zone.seconds:
        return "Z"
    hours, minutes = divmod(abs(zone.seconds) // 60, 60)
    return f"{'-' if zone.seconds < 0 else '+'}{hours:02}:{minutes:02}"


def _days(nanoseconds: int) -> str:
    seconds, rest = divmod(abs(nanoseconds), A_SECOND)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    last = _seconds(second, rest, width=1) if second or rest else ""
    date = f"{days}D" if days else ""
    time = "".join(
        f"{part}{unit}" for part, unit in ((hour, "H"), (minute, "M"), (last, "S")) if part
    )
    if not date and not time:
        return "PT0S"
    return f"{'-' if nanoseconds < 0 else ''}P{date}{'T' if time else ''}{time}"


def _months(months: int) -> str:
    years, left = divmod(abs(months), 12)
    parts = f"{years}Y" * bool(years) + f"{left}M" * (bool(left) or not years)
    return f"{'-' if months < 0 else ''}P{parts}"
