"""Zones of the clock: what an IANA name means on a day. The names are those of the system's database, read by `zoneinfo`.

Python's own dates end at the year 9999 and begin with 1. The rules of a zone follow the calendar, and that repeats after 400
years: a moment further away is looked up that many cycles nearer.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from engine.expression.temporal.civil import DAYS_A_CYCLE
from engine.expression.temporal.values import Zone

SECONDS_A_DAY = 86_400

LARGEST_OFFSET = 14 * 3600
"""In seconds, to the east or to the west (DMN 1.5, table 66, and XML Schema)."""

_CYCLE = DAYS_A_CYCLE * SECONDS_A_DAY
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a local time, whose zone is asked for it
_EARLIEST = int((datetime(2, 1, 1) - _EPOCH).total_seconds())  # noqa: DTZ001 - the same
_LATEST = int((datetime(9998, 1, 1) - _EPOCH).total_seconds())  # noqa: DTZ001 - the same
_STANDARD_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - the same


def zone_named(name: str) -> Zone | None:
    """Give the zone with an IANA name such as `Asia/Jakarta`, None if there is none."""
    return Zone(name=name) if name in _names() else None


def zone_at(offset: int) -> Zone | None:
    """Give the zone so many seconds east of UTC, None if no clock is: whole minutes, 14 hours at most."""
    return Zone(seconds=offset) if abs(offset) <= LARGEST_OFFSET and offset % 60 == 0 else None


def local_offset(zone: Zone, local: int) -> int:
    """Give the offset in seconds when the clock there shows that many seconds after the epoch.

    An hour that comes twice is its first; one that is left out has the offset before it.
    """
    if not zone.name:
        return zone.seconds
    return _seconds(ZoneInfo(zone.name).utcoffset(_EPOCH + timedelta(seconds=_within(local))))


def offset_at(zone: Zone, moment: int) -> int:
    """Give the offset in seconds at a moment, in seconds of UTC after the epoch."""
    if not zone.name:
        return zone.seconds
    there = (_EPOCH + timedelta(seconds=_within(moment))).replace(tzinfo=UTC)
    return _seconds(there.astimezone(ZoneInfo(zone.name)).utcoffset())


def usual_offset(zone: Zone) -> int:
    """Give the offset in seconds where no day is known, as of a time alone: without summer time."""
    if not zone.name:
        return zone.seconds
    there = ZoneInfo(zone.name)
    return _seconds(there.utcoffset(_STANDARD_DAY)) - _seconds(there.dst(_STANDARD_DAY))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    """Give all names there are: a name from an expression never becomes a path that is looked for.

    `localtime` would be the zone of the machine, which is nobody's business.
    """
    return frozenset(available_timezones()) - {"localtime", "Factory"}


def _within(seconds: int) -> int:
    """Move by whole cycles to where Python's dates are."""
    if seconds < _EARLIEST:
        return seconds - (seconds - _EARLIEST) // _CYCLE * _CYCLE
    if seconds > _LATEST:
        return seconds + (_LATEST - seconds) // _CYCLE * _CYCLE
    return seconds


def _seconds(offset: timedelta | None) -> int:
    return int(offset.total_seconds()) if offset is not None else 0
