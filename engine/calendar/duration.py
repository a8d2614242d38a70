"""Lengths of time as mutu baku and timers write them: ISO 8601 durations such as `P3D`, `PT30M`, `P1M`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MOST = 10_000
"""The largest number that a part of a duration may be."""

_MONTHS = 12
_FORM = re.compile(
    r"P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?",
    re.ASCII,
)


class InvalidDuration(ValueError):
    """The text is no duration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time in its parts, each a whole number of its unit."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0
    seconds: int = 0

    @property
    def is_long(self) -> bool:
        """Whether it has years, months or weeks, which are calendar time."""
        return bool(self.years or self.months or self.weeks)

    @property
    def is_short(self) -> bool:
        """Whether it has days or a part under a day."""
        return bool(self.days or self.clock)

    @property
    def is_dated(self) -> bool:
        """Whether it has a part that is counted on the calendar: days or more."""
        return self.is_long or bool(self.days)

    @property
    def clock(self) -> timedelta:
        """The part under a day."""
        return timedelta(hours=self.hours, minutes=self.minutes, seconds=self.seconds)

    def after(self, start: datetime) -> datetime:
        """Give the moment this long after a local one, in calendar time.

        Months and years keep the day, or take the last one of a shorter month; weeks and days keep the wall clock.
        """
        return self.weeks_after(start) + timedelta(days=self.days) + self.clock

    def weeks_after(self, start: datetime) -> datetime:
        """Give the moment behind only its years, months and weeks."""
        later = add_months(start, self.years * _MONTHS + self.months)
        return later + timedelta(weeks=self.weeks)


def read_duration(text: str) -> Duration:
    """Read an ISO 8601 duration of whole numbers. Raises InvalidDuration."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        raise InvalidDuration(f"Expected an ISO 8601 duration such as P3D, but found {text[:40]!r}")
    parts = {name: int(number) for name, number in found.groupdict().items() if number}
    if any(number > MOST for number in parts.values()):
        raise InvalidDuration(f"Expected parts up to {MOST}, but found {text[:40]!r}")
    return Duration(**parts)


def add_months(start: datetime, months: int) -> datetime:
    """Give the same day and time some months later, or the last day of a shorter month."""
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    day = min(start.day, calendar.monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)
