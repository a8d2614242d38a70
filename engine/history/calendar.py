"""What is decided about an agency's calendar: all of the agency's own chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDaySaved(HistoryEvent):
    """A date (ISO 8601) is a holiday, cuti bersama, closed or open from now on (`engine.calendar.DayKind`)."""

    type: ClassVar[str] = "calendar_day_saved"
    on: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayDropped(HistoryEvent):
    """A date is like its weekday again."""

    type: ClassVar[str] = "calendar_day_dropped"
    on: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYearConfirmed(HistoryEvent):
    """The administrator confirmed a year; `days` are its dates with their kinds, `2026-01-01 holiday`."""

    type: ClassVar[str] = "calendar_year_confirmed"
    year: int
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYearDoubted(HistoryEvent):
    """A year that was confirmed is an estimate again."""

    type: ClassVar[str] = "calendar_year_doubted"
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingHoursChanged(HistoryEvent):
    """The hours of the usual week (`engine.calendar.week_text`)."""

    type: ClassVar[str] = "working_hours_changed"
    week: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSeasonSaved(HistoryEvent):
    """Some days have other hours, such as Ramadhan; the last one belongs to it."""

    type: ClassVar[str] = "calendar_season_saved"
    first: str
    last: str
    name: str
    week: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSeasonDropped(HistoryEvent):
    """The days from this one on have the usual hours again."""

    type: ClassVar[str] = "calendar_season_dropped"
    first: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyZoneChanged(HistoryEvent):
    """The office counts its days in another zone (IANA name)."""

    type: ClassVar[str] = "agency_zone_changed"
    zone: str
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRulesChanged(HistoryEvent):
    """How many working days before a deadline its holder is reminded (0: never), and whether the head is told when it is late."""

    type: ClassVar[str] = "deadline_rules_changed"
    reminds_before: int
    escalates: bool = False
