"""The values themselves. Years go from -999,999,999 to 999,999,999; everything is counted in whole nanoseconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """A day of the proleptic Gregorian calendar; `year` may be negative, as in ISO 8601."""

    year: int
    month: int
    day: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A place on the clock: an offset from UTC in `seconds`, or the IANA `name` of a zone, whose offset depends on the day."""

    seconds: int = 0
    name: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time of the day, in a zone or (None) wherever one is."""

    hour: int
    minute: int
    second: int
    nanosecond: int = 0
    zone: Zone | None = None


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DateTime:
    """A time on a day."""

    date: Date
    time: Time


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DaysDuration:
    """A days and time duration, in nanoseconds."""

    nanoseconds: int


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsDuration:
    """A years and months duration, in months."""

    months: int


Temporal: TypeAlias = Date | Time | DateTime | DaysDuration | MonthsDuration
