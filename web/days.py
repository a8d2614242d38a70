"""Days as an administrator types them, and the moments at which something begins or ends in the office."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission
from engine.form import MONTHS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1950, 2100
"""Years that somebody may mean."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_WORDS = re.compile(r"([0-9]{1,2}) +([A-Za-z]+) +([0-9]{4})")
_MONTHS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}


def day_of(text: str) -> date:
    """Give the day meant by `2026-12-05`, `5/12/2026` or `5 Desember 2026`. Raises InvalidSubmission (`day_shape`)."""
    found = _day(text.strip())
    if found is None or not EARLIEST <= found.year <= LATEST:
        raise InvalidSubmission(
            f"Expected a day, but found {text[:40]!r}", code="day_shape", given=text[:40]
        )
    return found


def beginning(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Give when something begins on a day: at once for today (or no day), else at the day's first moment."""
    today = now.astimezone(zone).date()
    day = day_of(text) if text.strip() else today
    return now if day == today else midnight(day, zone)


def ending(text: str, zone: ZoneInfo) -> datetime | None:
    """Give the moment behind the last day on which something counts; None for no day."""
    return midnight(day_of(text) + timedelta(days=1), zone) if text.strip() else None


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """Give the last day on which something counts that ends before a moment."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the first moment of a day in the zone."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def _day(text: str) -> date | None:
    year = month = day = ""
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _FIGURES.fullmatch(text):
        day, month, year = found.groups()
    elif found := _WORDS.fullmatch(text):
        day, name, year = found.groups()
        month = str(_MONTHS.get(name.lower(), 0))
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
