"""The parts of a date, a time or a duration by name (DMN 1.5, tables 65 and 66)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.temporal.civil import weekday_of
from engine.expression.temporal.timeline import A_SECOND, offset_of
from engine.expression.temporal.values import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.zones import usual_offset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.expression.values import Datum


def property_of(value: Datum, name: str) -> Datum:
    """Give the part with that name, None if there is none; those of a negative duration are negative."""
    if isinstance(value, DateTime):
        return _of_moment(value, name)
    if isinstance(value, Date):
        return _OF_DATE[name](value) if name in _OF_DATE else None
    if isinstance(value, Time):
        return _OF_TIME[name](value) if name in _OF_TIME else None
    if isinstance(value, DaysDuration):
        return _OF_DAYS[name](value.nanoseconds) if name in _OF_DAYS else None
    if isinstance(value, MonthsDuration):
        return _OF_MONTHS[name](value.months) if name in _OF_MONTHS else None
    return None


def _of_moment(moment: DateTime, name: str) -> Datum:
    if name == "time offset" and moment.time.zone:
        return DaysDuration(nanoseconds=offset_of(moment) * A_SECOND)
    return property_of(moment.date if name in _OF_DATE else moment.time, name)


def _seconds(seconds: int, nanoseconds: int) -> Decimal:
    """Write seconds with their fraction, without zeros at the end."""
    total = seconds * A_SECOND + nanoseconds
    return Decimal(seconds) if not nanoseconds else Decimal(total).scaleb(-9).normalize()


def _offset(time: Time) -> Datum:
    return DaysDuration(nanoseconds=usual_offset(time.zone) * A_SECOND) if time.zone else None


def _zone_name(time: Time) -> Datum:
    return time.zone.name or None if time.zone else None


def _unit(size: int, limit: int) -> Callable[[int], Decimal]:
    """Make a function that counts whole units of so many seconds, beyond `limit` of which the next larger unit counts."""

    def count(nanoseconds: int) -> Decimal:
        units = abs(nanoseconds) // (size * A_SECOND)
        units = units % limit if limit else units
        return Decimal(-units if nanoseconds < 0 else units)

    return count


def _seconds_left(nanoseconds: int) -> Decimal:
    seconds, rest = divmod(abs(nanoseconds) % (60 * A_SECOND), A_SECOND)
    left = _seconds(seconds, rest)
    return -left if nanoseconds < 0 and left else left


def _years(months: int) -> Decimal:
    return Decimal(abs(months) // 12 * (-1 if months < 0 else 1))


def _months_left(months: int) -> Decimal:
    return Decimal(abs(months) % 12 * (-1 if months < 0 else 1))


_OF_DATE: Mapping[str, Callable[[Date], Datum]] = {
    "year": lambda date: Decimal(date.year),
    "month": lambda date: Decimal(date.month),
    "day": lambda date: Decimal(date.day),
    "weekday": lambda date: Decimal(weekday_of(date)),
}
_OF_TIME: Mapping[str, Callable[[Time], Datum]] = {
    "hour": lambda time: Decimal(time.hour),
    "minute": lambda time: Decimal(time.minute),
    "second": lambda time: _seconds(time.second, time.nanosecond),
    "time offset": _offset,
    "timezone": _zone_name,
}
_OF_DAYS: Mapping[str, Callable[[int], Decimal]] = {
    "days": _unit(86_400, 0),
    "hours": _unit(3600, 24),
    "minutes": _unit(60, 60),
    "seconds": _seconds_left,
}
_OF_MONTHS: Mapping[str, Callable[[int], Decimal]] = {"years": _years, "months": _months_left}
