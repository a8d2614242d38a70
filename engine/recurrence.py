"""Moments and ISO 8601 recurrences as timers write them: `2026-11-22T10:00`, `R3/P1M`, `R/2026-01-05T08:00/P1W`, `R/P1D/2027-01-01`.

Each time of a recurrence is reckoned from one anchor, in the wall-clock time of a zone, so that days without a 31st and
changes of the clock shift no later one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.calendar import Duration, InvalidDuration, read_duration

if TYPE_CHECKING:
    from datetime import tzinfo

FARTHEST = timedelta(days=366 * 500)
"""How far a length may reach, with all its times."""

SHORTEST = timedelta(minutes=1)
"""How often a recurrence may come at most."""

_YEARS = range(1970, 2500)
_MOMENT = re.compile(
    r"(?P<written>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?)"
    r"(?:\[(?P<zone>[A-Za-z0-9_+/-]{1,60})\])?",
    re.ASCII,
)
_RECURRENCE = re.compile(r"R(\d{0,6})/([^/]+)(?:/([^/]+))?", re.ASCII)
_MONTH = timedelta(days=30.436875)


class InvalidTime(ValueError):
    """The text is no moment, length, recurrence or cron text that a timer can follow; `code` says why."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(f"Expected a moment, length or cycle, but found {text[:80]!r} ({code})")
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Times at a fixed length from each other, from a first one on (`start`) or up to a last one (`end`).

    With neither it begins when its timer does, one length before its first time. `count` is how many times there are, None
    without a number. `length_text` is the length as written.
    """

    count: int | None
    length: Duration
    length_text: str
    start: datetime | None = None
    end: datetime | None = None

    def begun(self, now: datetime) -> Recurrence:
        """Write down when one without start or end began: that moment is a time more, which is over from the start."""
        if self.start or self.end:
            return self
        count = None if self.count is None else self.count + 1
        return Recurrence(
            count=count, length=self.length, length_text=self.length_text, start=now.astimezone(UTC)
        )

    @property
    def text(self) -> str:
        """Give it as ISO 8601 writes it."""
        count = "" if self.count is None else str(self.count)
        start = f"/{self.start.isoformat()}" if self.start else ""
        end = f"/{self.end.isoformat()}" if self.end else ""
        return f"R{count}{start}/{self.length_text}{end}"

    def grid(self, zone: ZoneInfo) -> Grid:
        """Give its times in a zone. It has a start or an end."""
        anchor = self.end or self.start
        if anchor is None:
            raise ValueError("Expected a recurrence that has begun, but it has no start")
        most = None if self.count is None else self.count - 1
        return Grid(
            anchor=in_zone(anchor, zone).astimezone(zone),
            length=self.length,
            last=0 if self.end else most,
            lowest=0 if self.start else (None if most is None else -most),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The times of a recurrence, numbered from its anchor (0), up to `last` and from `lowest` on, None without a bound."""

    anchor: datetime
    length: Duration
    last: int | None
    lowest: int | None

    def at(self, number: int) -> datetime:
        """Give the time (UTC) of a number."""
        return later(self.anchor, self.length, number)

    def after(self, moment: datetime) -> int:
        """Give the number of the first time behind a moment; it may be one behind the last."""
        number = (moment - self.anchor) // _about(self.length)
        while self.at(number) > moment:
            number -= 1
        while self.at(number) <= moment:
            number += 1
        return number if self.lowest is None else max(number, self.lowest)

    def holds(self, number: int) -> bool:
        """Whether it is not behind the last one."""
        return self.last is None or number <= self.last


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Take a moment that has no zone of its own as the wall-clock time of one.

    A time that the clock leaves out lies as far behind the gap as it is in it; of one that comes twice the first is meant.
    """
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def later(start: datetime, length: Duration, times: int) -> datetime:
    """Give the moment (UTC) so many lengths behind a start, which tells the zone: days by the wall clock, hours as they pass."""
    days = Duration(
        years=length.years * times,
        months=length.months * times,
        weeks=length.weeks * times,
        days=length.days * times,
    )
    local = start
    if times and length.is_dated:
        local = days.after(start.replace(tzinfo=None, fold=0)).replace(tzinfo=start.tzinfo)
    return local.astimezone(UTC) + length.clock * times


def read_length(text: str) -> Duration:
    """Read a length of time, longer than nothing. Raises InvalidTime."""
    if text.strip().startswith("-"):
        raise InvalidTime(text, "timer_negative")
    try:
        length = read_duration(text)
    except InvalidDuration as error:
        raise InvalidTime(text, "timer_duration") from error
    if not _about(length):
        raise InvalidTime(text, "timer_zero")
    if _about(length) > FARTHEST:
        raise InvalidTime(text, "timer_too_far")
    return length


def read_moment(text: str) -> datetime:
    """Read a date (its beginning) or a moment; without offset or zone of its own it has none. Raises InvalidTime."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise InvalidTime(text, "timer_date")
    try:
        moment = datetime.fromisoformat(found["written"])
    except ValueError as error:
        raise InvalidTime(text, "timer_date") from error
    if moment.year not in _YEARS:
        raise InvalidTime(text, "timer_too_far")
    return in_zone(moment, _zone(text, found["zone"])) if found["zone"] else moment


def read_recurrence(text: str) -> Recurrence:
    """Read an ISO 8601 recurrence, none more often than SHORTEST. Raises InvalidTime."""
    found = _RECURRENCE.fullmatch(text)
    if found is None:
        raise InvalidTime(text, "timer_cycle")
    count = int(found[1]) if found[1] else None
    if count == 0:
        raise InvalidTime(text, "timer_zero")
    ahead, behind = found[2], found[3]
    is_led = behind is not None and ahead.startswith("2")
    length_text = behind if is_led else ahead
    length = read_length(length_text)
    if _about(length) < SHORTEST:
        raise InvalidTime(text, "timer_too_often")
    if _about(length) * (count or 1) > FARTHEST:
        raise InvalidTime(text, "timer_too_far")
    return Recurrence(
        count=count,
        length=length,
        length_text=length_text.strip(),
        start=read_moment(ahead) if is_led else None,
        end=None if is_led or behind is None else read_moment(behind),
    )


def _zone(text: str, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise InvalidTime(text, "timer_zone") from error


def _about(length: Duration) -> timedelta:
    """Give how long a length is on the average."""
    return (
        _MONTH * (length.years * 12 + length.months)
        + timedelta(weeks=length.weeks, days=length.days)
        + length.clock
    )
