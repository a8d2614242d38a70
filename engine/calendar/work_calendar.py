"""Working days and hours of an office.

What counts, in this order: a day that the office closed or opened by its own decision, then holidays and cuti bersama, then
the hours of the season (Ramadhan) or of the usual week. A day without hours is no working day. Everything is local time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import date

    from engine.calendar.duration import Duration

Span: TypeAlias = tuple[time, time]
"""From when to when people work."""

Week: TypeAlias = tuple[tuple[Span, ...], ...]
"""The spans of each weekday, Monday first; none on a day off."""

NOON = time(12)
FURTHEST = 3_660
"""Days ahead within which the next working day must lie."""


class DayKind(StrEnum):
    """Why a date is not like its weekday."""

    HOLIDAY = "holiday"
    JOINT_LEAVE = "joint_leave"
    CLOSED = "closed"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date that is not like its weekday; an open one has the hours of the week or season all the same."""

    on: date
    kind: DayKind
    name: str


class Days(Protocol):
    """Dates that are not like their weekdays; a dictionary by date is one."""

    def get(self, on: date, /) -> Day | None:
        """Give what is special about a date, None for an ordinary one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """Some days with other hours, such as Ramadhan; the last one belongs to it."""

    first: date
    last: date
    week: Week
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When something is due; an estimate (perkiraan) when working days of a year were counted that nobody has confirmed."""

    at: datetime
    is_estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The calendar of one office; `zone` is an IANA name such as `Asia/Jakarta`."""

    zone: str
    week: Week
    days: Days = field(default_factory=dict["date", Day])
    seasons: tuple[Season, ...] = ()
    confirmed: frozenset[int] = frozenset()

    def spans(self, on: date) -> tuple[Span, ...]:
        """Give the working hours of a date; none when it is no working day."""
        day = self.days.get(on)
        if day is not None and day.kind is not DayKind.OPEN:
            return ()
        usual = next((s.week for s in self.seasons if s.first <= on <= s.last), self.week)
        return usual[on.weekday()]

    def is_working_day(self, on: date) -> bool:
        """Tell whether people work on a date."""
        return bool(self.spans(on))

    def deadline(self, arrived: datetime, length: Duration) -> Deadline:
        """Give when work of this length that arrived at a moment is due.

        Years, months and weeks are calendar time. Days are working days, counted from the day behind the arrival, and end
        with that day's work. Under one day: the end of the same working day, or of the next when it arrived after noon.
        What arrives outside working hours arrives when work next begins.
        """
        start = arrived.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        if not length.is_long:
            return self._counted(start, self._worked(self._begun(start), length))
        later = length.weeks_after(start)
        if not length.is_short:
            return Deadline(at=self._utc(later), is_estimate=False)
        return self._counted(later, self._worked(later, length))

    def working_day_before(self, moment: datetime, days: int = 1) -> datetime:
        """Give the beginning of work so many working days before a moment's day (for a reminder)."""
        return self.beginning_before(moment.astimezone(ZoneInfo(self.zone)).date(), days)

    def beginning_before(self, on: date, days: int) -> datetime:
        """Give the beginning of work so many working days before a date, at least one."""
        for _ in range(FURTHEST):
            on -= timedelta(days=1)
            if spans := self.spans(on):
                days -= 1
                if days <= 0:
                    return self._utc(datetime.combine(on, spans[0][0]))
        raise ValueError(f"Expected a working day within {FURTHEST} days, but there is none")

    def day_of(self, moment: datetime) -> date:
        """Give the office's date at a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def midnight(self, on: date) -> datetime:
        """Give the first moment of a date in the office."""
        return self._utc(datetime.combine(on, time()))

    def _worked(self, start: datetime, length: Duration) -> datetime:
        days = length.days
        if not days and start.time() >= NOON:
            days = 1
        elif days and length.clock:
            days += 1
        on = start.date()
        for _ in range(days):
            on = self._next(on)
        if not self.is_working_day(on):
            on = self._next(on)
        return datetime.combine(on, self.spans(on)[-1][1])

    def _begun(self, start: datetime) -> datetime:
        """Give the moment itself during a working day, else the beginning of the next one."""
        spans = self.spans(start.date())
        if spans and start.time() <= spans[-1][1]:
            return max(start, datetime.combine(start.date(), spans[0][0]))
        on = self._next(start.date())
        return datetime.combine(on, self.spans(on)[0][0])

    def _next(self, on: date) -> date:
        for _ in range(FURTHEST):
            on += timedelta(days=1)
            if self.is_working_day(on):
                return on
        raise ValueError(f"Expected a working day within {FURTHEST} days, but there is none")

    def _counted(self, start: datetime, due: datetime) -> Deadline:
        passed = range(start.year, due.year + 1)
        return Deadline(
            at=self._utc(due), is_estimate=any(year not in self.confirmed for year in passed)
        )

    def _utc(self, local: datetime) -> datetime:
        return local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
