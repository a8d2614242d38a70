"""The operators of FEEL where a date, a time or a duration takes part (DMN 1.5, tables 54, 57, 59, 62 and 65).

Each gives None where it has no meaning. Between two moments with a zone, arithmetic goes over UTC: a day is 24 hours there, also
when the clocks are changed.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.expression.temporal.civil import date_of, days_of, months_later
from engine.expression.temporal.comparison import compare, equal
from engine.expression.temporal.properties import property_of
from engine.expression.temporal.timeline import (
    A_DAY,
    at_instant,
    at_midnight,
    clock_in_utc,
    clock_of,
    days_duration,
    instant_of,
    months_duration,
    time_at,
)
from engine.expression.temporal.values import Date, DateTime, DaysDuration, MonthsDuration, Time

if TYPE_CHECKING:
    from engine.expression.values import Datum

_QUOTIENTS = Context(prec=34, rounding=ROUND_HALF_EVEN)
"""As all numbers of FEEL are rounded; two lengths of time give none that is out of reach."""

__all__ = [
    "add",
    "compare",
    "divide",
    "equal",
    "multiply",
    "negate",
    "property_of",
    "subtract",
]


def add(left: Datum, right: Datum) -> Datum:
    """Move a date or time by a duration, whichever stands first, or join two durations of one kind."""
    if isinstance(left, (DaysDuration, MonthsDuration)):
        left, right = right, left
    if isinstance(right, DaysDuration):
        return _moved(left, right.nanoseconds)
    return _moved_by_months(left, right.months) if isinstance(right, MonthsDuration) else None


def subtract(left: Datum, right: Datum) -> Datum:
    """Move back by a duration, or give the duration between two dates and times."""
    if isinstance(right, DaysDuration):
        return _moved(left, -right.nanoseconds)
    if isinstance(right, MonthsDuration):
        return _moved_by_months(left, -right.months)
    if isinstance(left, Time) and isinstance(right, Time):
        return _between_times(left, right)
    if isinstance(left, (Date, DateTime)) and isinstance(right, (Date, DateTime)):
        return _between(left, right)
    return None


def multiply(left: Datum, right: Datum) -> Datum:
    """Lengthen a duration so many times; a part of a month is dropped, one of a nanosecond rounded."""
    if isinstance(left, Decimal):
        left, right = right, left
    return _scaled(left, Fraction(right)) if isinstance(right, Decimal) else None


def divide(left: Datum, right: Datum) -> Datum:
    """Divide a duration by a number, or by a duration of its kind, which gives a number."""
    if isinstance(right, Decimal):
        return _scaled(left, 1 / Fraction(right)) if right else None
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return _ratio(left.nanoseconds, right.nanoseconds)
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return _ratio(left.months, right.months)
    return None


def negate(value: Datum) -> Datum:
    """Turn the direction of a duration."""
    if isinstance(value, DaysDuration):
        return DaysDuration(nanoseconds=-value.nanoseconds)
    return MonthsDuration(months=-value.months) if isinstance(value, MonthsDuration) else None


def _moved(value: Datum, nanoseconds: int) -> Datum:
    """Add to a date (on which UTC's midnight is meant), a time, a date and time or a days and time duration."""
    if isinstance(value, Date):
        return date_of(days_of(value) + nanoseconds // A_DAY)
    if isinstance(value, Time):
        return time_at(clock_of(value) + nanoseconds, value.zone)
    if isinstance(value, DateTime):
        return at_instant(instant_of(value) + nanoseconds, value.time.zone)
    if isinstance(value, DaysDuration):
        return days_duration(value.nanoseconds + nanoseconds)
    return None


def _moved_by_months(value: Datum, months: int) -> Datum:
    """Add to a date, the date of a date and time, or a years and months duration."""
    if isinstance(value, Date):
        return months_later(value, months)
    if isinstance(value, DateTime):
        date = months_later(value.date, months)
        return None if date is None else DateTime(date=date, time=value.time)
    if isinstance(value, MonthsDuration):
        return months_duration(value.months + months)
    return None


def _between_times(left: Time, right: Time) -> Datum:
    if (left.zone is None) != (right.zone is None):
        return None
    return DaysDuration(nanoseconds=clock_in_utc(left) - clock_in_utc(right))


def _between(left: Date | DateTime, right: Date | DateTime) -> Datum:
    """Give the time from right to left; both have a zone (as a date has) or neither."""
    one = at_midnight(left) if isinstance(left, Date) else left
    other = at_midnight(right) if isinstance(right, Date) else right
    if (one.time.zone is None) != (other.time.zone is None):
        return None
    return DaysDuration(nanoseconds=instant_of(one) - instant_of(other))


def _ratio(left: int, right: int) -> Datum:
    return _QUOTIENTS.divide(Decimal(left), Decimal(right)) if right else None


def _scaled(value: Datum, factor: Fraction) -> Datum:
    if isinstance(value, DaysDuration):
        return days_duration(round(value.nanoseconds * factor))
    return (
        months_duration(int(value.months * factor)) if isinstance(value, MonthsDuration) else None
    )
