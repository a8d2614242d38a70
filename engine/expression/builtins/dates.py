"""`date`, `time`, `date and time`, `now` and `today` (DMN 1.5, 10.3.4.1 and 10.3.4.11), and Camunda's change of zone."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.expression.builtins.signature import Builtin, Form, only
from engine.expression.errors import Failure
from engine.expression.temporal import Date, DateTime, DaysDuration, Time
from engine.expression.temporal.civil import date_from
from engine.expression.temporal.literal import date_in, moment_in, time_in, zone_in
from engine.expression.temporal.timeline import (
    A_SECOND,
    UTC_ZONE,
    at_instant,
    at_midnight,
    instant_of,
    time_at,
    zone_of_duration,
)
from engine.expression.temporal.zones import zone_at, zone_named
from engine.expression.values import whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from engine.expression.frame import Frame
    from engine.expression.temporal import Zone
    from engine.expression.values import Datum

_HOURS = 24
_SIXTY = 60
_OFFSET = 3


def date(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Read a date, or take it from a date and time."""
    value = only(arguments[0])
    if isinstance(value, str):
        return date_in(value)
    if isinstance(value, DateTime):
        return value.date
    return value if isinstance(value, Date) else None


def date_of_parts(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Make a date of the numbers of year, month and day."""
    year, month, day = (_whole(each) for each in arguments)
    return None if year is None or month is None or day is None else date_from(year, month, day)


def time(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Read a time, or take it from a date and time; a date is midnight of UTC (10.3.2.3.5)."""
    value = only(arguments[0])
    if isinstance(value, str):
        return time_in(value.removeprefix("T"))
    if isinstance(value, DateTime):
        return value.time
    if isinstance(value, Date):
        return at_midnight(value).time
    return value if isinstance(value, Time) else None


def time_of_parts(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Make a time of hour, minute and second, and of its offset from UTC when one is given."""
    clock = _clock(arguments[:_OFFSET])
    offset = only(arguments[_OFFSET]) if len(arguments) > _OFFSET else None
    if clock is None or offset is None:
        return None if clock is None else time_at(clock, None)
    zone = zone_of_duration(offset) if isinstance(offset, DaysDuration) else None
    return None if zone is None else time_at(clock, zone)


def date_and_time(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Read a date and time; a date alone is its midnight, without zone in a text, of UTC as a value (10.3.2.9.4)."""
    value = only(arguments[0])
    if isinstance(value, str):
        return moment_in(value)
    if isinstance(value, Date):
        return at_midnight(value)
    return value if isinstance(value, DateTime) else None


def date_with_time(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Join a date (that of a date and time, too) and a time; with the name of a zone, see `in_zone`."""
    day, clock = map(only, arguments)
    if isinstance(clock, str):
        return in_zone(frame, arguments)
    day = day.date if isinstance(day, DateTime) else day
    if isinstance(day, Date) and isinstance(clock, Time):
        return DateTime(date=day, time=clock)
    return None


def in_zone(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give what clock and calendar show in another zone at the same moment; null for a moment without zone."""
    moment, name = map(only, arguments)
    if not isinstance(moment, DateTime) or moment.time.zone is None or not isinstance(name, str):
        return None
    zone = zone_in(name)
    return None if zone is None else at_instant(instant_of(moment), zone)


def now(frame: Frame, _: Sequence[Datum]) -> DateTime:
    """Give the moment of the evaluation, in the agency's zone. Raises Failure where there is none."""
    if frame.now is None:
        raise Failure(
            "Expected the moment of the evaluation, but it is not known here", code="now_unknown"
        )
    here = frame.now
    clock = (here.hour * 60 + here.minute) * 60 + here.second
    return DateTime(
        date=Date(year=here.year, month=here.month, day=here.day),
        time=time_at(clock * A_SECOND + here.microsecond * 1000, _zone_of(here)),
    )


def today(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the day of `now`."""
    return now(frame, arguments).date


def _zone_of(moment: datetime) -> Zone:
    """Give the zone of a moment by its name, or else by its offset."""
    zone, offset = moment.tzinfo, moment.utcoffset() or timedelta()
    named = zone_named(zone.key) if isinstance(zone, ZoneInfo) else None
    return named or zone_at(int(offset.total_seconds())) or UTC_ZONE


def _whole(value: Datum) -> int | None:
    number = only(value)
    return whole_number(number) if isinstance(number, Decimal) else None


def _clock(parts: Sequence[Datum]) -> int | None:
    """Give the nanoseconds from midnight, None if a part is no number in its range."""
    hour, minute, second = _whole(parts[0]), _whole(parts[1]), only(parts[2])
    if hour is None or minute is None or not isinstance(second, Decimal):
        return None
    if not (0 <= hour < _HOURS and 0 <= minute < _SIXTY and 0 <= second < _SIXTY):
        return None
    seconds, parts_of_one = second.as_integer_ratio()
    return (hour * _SIXTY + minute) * _SIXTY * A_SECOND + seconds * A_SECOND // parts_of_one


DATE_FUNCTIONS = (
    Builtin(
        name="date",
        parameters=("from",),
        run=date,
        others=(Form(parameters=("year", "month", "day"), run=date_of_parts),),
    ),
    Builtin(
        name="time",
        parameters=("from",),
        run=time,
        others=(
            Form(parameters=("hour", "minute", "second", "offset"), optional=1, run=time_of_parts),
        ),
    ),
    Builtin(
        name="date and time",
        parameters=("from",),
        run=date_and_time,
        others=(
            Form(parameters=("date", "time"), run=date_with_time),
            Form(parameters=("date", "timezone"), run=in_zone),
        ),
    ),
    Builtin(name="now", parameters=(), run=now),
    Builtin(name="today", parameters=(), run=today),
)
