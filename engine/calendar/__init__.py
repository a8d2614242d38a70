"""The office's time: working days and hours, and the deadlines that mutu baku means in them (DESIGN.md 5.7)."""

from engine.calendar.duration import Duration, InvalidDuration, read_duration
from engine.calendar.proposal import propose_days
from engine.calendar.work_calendar import (
    Day,
    DayKind,
    Deadline,
    Season,
    Span,
    Week,
    WorkCalendar,
)

__all__ = [
    "Day",
    "DayKind",
    "Deadline",
    "Duration",
    "InvalidDuration",
    "Season",
    "Span",
    "Week",
    "WorkCalendar",
    "propose_days",
    "read_duration",
]
