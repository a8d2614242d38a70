"""Which comes first, and what is equal (DMN 1.5, tables 53 and 54).

The value of a time, and of a date and time, is its number of *seconds* (10.3.2.3.4 and 10.3.2.3.6), as the conformance kit takes
it too: fractions of a second play no part in comparisons, only in arithmetic and in `is`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.temporal.timeline import (
    A_SECOND,
    clock_in_utc,
    clock_of,
    instant_of,
    local_of,
)
from engine.expression.temporal.values import Date, DateTime, DaysDuration, MonthsDuration, Time

if TYPE_CHECKING:
    from engine.expression.values import Datum


def compare(left: Datum, right: Datum) -> int | None:
    """Give a number below, at or above zero as left comes before, with or after right; None for different kinds.

    Of two times of which one has no zone, that is taken to be in the zone of the other (table 54).
    """
    if isinstance(left, Date) and isinstance(right, Date):
        one, other = (left.year, left.month, left.day), (right.year, right.month, right.day)
        return (one > other) - (one < other)
    if isinstance(left, Time) and isinstance(right, Time):
        return _times(left, right)
    if isinstance(left, DateTime) and isinstance(right, DateTime):
        return _moments(left, right)
    if isinstance(left, DaysDuration) and isinstance(right, DaysDuration):
        return left.nanoseconds - right.nanoseconds
    if isinstance(left, MonthsDuration) and isinstance(right, MonthsDuration):
        return left.months - right.months
    return None


def equal(left: Datum, right: Datum) -> bool | None:
    """Tell whether two values of one kind are equal, None for different kinds; with and without zone is not equal."""
    order = compare(left, right)
    return None if order is None else order == 0 and _has_zone(left) == _has_zone(right)


def _has_zone(value: Datum) -> bool:
    time = value.time if isinstance(value, DateTime) else value
    return isinstance(time, Time) and time.zone is not None


def _times(left: Time, right: Time) -> int:
    count = clock_in_utc if left.zone and right.zone else clock_of
    return count(left) // A_SECOND - count(right) // A_SECOND


def _moments(left: DateTime, right: DateTime) -> int:
    count = instant_of if left.time.zone and right.time.zone else local_of
    return count(left) // A_SECOND - count(right) // A_SECOND
