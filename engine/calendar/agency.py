"""An agency's calendar as it is kept: its years, hours and seasons, and what its deadlines lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.calendar.hours import USUAL_WEEK
from engine.calendar.proposal import propose_days
from engine.calendar.work_calendar import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from engine.calendar.work_calendar import Day, Season, Week
    from engine.ids import AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """The days of a year that are not like their weekdays, by date; confirmed by the administrator or not."""

    year: int
    days: tuple[Day, ...]
    is_confirmed: bool = False

    @classmethod
    def proposed(cls, year: int) -> CalendarYear:
        """Give a year as the program proposes it."""
        return cls(year=year, days=propose_days(year))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCalendar:
    """What an agency counts its deadlines by. `revision` counts its changes; 0 is one that nobody has touched.

    `years` are those that the office keeps, all others are as proposed. `reminds_before` is how many working days before
    a deadline its holder is reminded, 0 for never; when it is late, `escalates` says whether the head is told.
    """

    agency: AgencyId
    zone: str
    revision: int = 0
    week: Week = USUAL_WEEK
    years: Mapping[int, CalendarYear] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    reminds_before: int = 1
    escalates: bool = True

    def year(self, year: int) -> CalendarYear:
        """Give a year as the office keeps it, else as proposed."""
        return self.years.get(year) or CalendarYear.proposed(year)

    @property
    def work(self) -> WorkCalendar:
        """Its working days and hours."""
        return WorkCalendar(
            zone=self.zone,
            week=self.week,
            days=_Days(self),
            seasons=self.seasons,
            confirmed=frozenset(y.year for y in self.years.values() if y.is_confirmed),
        )


class _Days:
    """The days of an agency's years, a year read when it is first asked for."""

    def __init__(self, calendar: AgencyCalendar) -> None:
        self._calendar = calendar
        self._read: dict[int, dict[date, Day]] = {}

    def get(self, on: date) -> Day | None:
        """Give what is special about a date."""
        if on.year not in self._read:
            self._read[on.year] = {day.on: day for day in self._calendar.year(on.year).days}
        return self._read[on.year].get(on)
