"""Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3): exact, without the limits of Python's own types.

values       what they are
literal      a text is read                text          a value is written
arithmetic   the operators                 comparison    what comes first, what is equal
properties   the parts by name             timeline      nanoseconds and back
civil        days of the calendar          zones         what the name of a zone means on a day
"""

from engine.expression.temporal.values import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
    Zone,
)

__all__ = ["Date", "DateTime", "DaysDuration", "MonthsDuration", "Temporal", "Time", "Zone"]
