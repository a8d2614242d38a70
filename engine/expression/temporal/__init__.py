"""Dates, times and durations of FEEL (DMN 1.5, 10.3.2.3): exact, without the limits of Python's own types.

values       what they are
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
