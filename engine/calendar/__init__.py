"""The office's time: working days and hours, and the deadlines that mutu baku means in them (DESIGN.md 5.7)."""

from engine.calendar.agency import AgencyCalendar, CalendarYear
from engine.calendar.duration import Duration, InvalidDuration, read_duration
from engine.calendar.hours import (
    FASTING_WEEK,
    USUAL_WEEK,
    day_text,
    read_day,
    read_week,
    week_text,
)
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
    "FASTING_WEEK",
    "USUAL_WEEK",
    "AgencyCalendar",
    "CalendarYear",
    "Day",
    "DayKind",
    "Deadline",
    "Duration",
    "InvalidDuration",
    "Season",
    "Span",
    "Week",
    "WorkCalendar",
    "day_text",
    "propose_days",
    "read_day",
    "read_duration",
    "read_week",
    "week_text",
]
