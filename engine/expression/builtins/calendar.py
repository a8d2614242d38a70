"""Where a date stands in week, month and year (DMN 1.5, 10.3.4.8), and Camunda's `last day of month`.

The names of days and months are English everywhere: they are values that conditions compare, not words for people.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, only
from engine.expression.temporal import Date, DateTime
from engine.expression.temporal.civil import day_of_year, month_length, week_of, weekday_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.builtins.signature import Run
    from engine.expression.frame import Frame
    from engine.expression.values import Datum

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _of_date(compute: Callable[[Date], Datum]) -> Run:
    """Make a function of a date, which may be that of a date and time."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        value = only(arguments[0])
        value = value.date if isinstance(value, DateTime) else value
        return compute(value) if isinstance(value, Date) else None

    return run


def _row(name: str, compute: Callable[[Date], Datum]) -> Builtin:
    return Builtin(name=name, parameters=("date",), run=_of_date(compute))


CALENDAR_FUNCTIONS = (
    _row("day of year", lambda date: Decimal(day_of_year(date))),
    _row("day of week", lambda date: _WEEKDAYS[weekday_of(date) - 1]),
    _row("month of year", lambda date: _MONTHS[date.month - 1]),
    _row("week of year", lambda date: Decimal(week_of(date))),
    _row("last day of month", lambda date: replace(date, day=month_length(date.year, date.month))),
)
