"""What the pages of the calendar show: a year's days, the hours of each weekday, and what the forms were sent with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import request

from engine.calendar import Day, DayKind, day_text, read_day
from engine.errors import InvalidSubmission
from storage.queries.calendar_page import get_calendar_now
from web.auth import actor
from web.calendar_words import KINDS
from web.days import day_of
from web.i18n import WEEKDAYS, _
from web.office_view import day_words
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from engine.calendar import AgencyCalendar, Season, Span, Week
    from storage.queries.calendar_page import CalendarNow

MOST_DAYS = 31
"""Days that are saved at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A date that is not like its weekday; `is_weekend` when nobody would work then anyway."""

    on: str
    words: str
    kind: str
    name: str
    is_weekend: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonLine:
    """Some days with other hours."""

    first: str
    name: str
    period: str
    hours: list[tuple[str, str]]


def calendar_now() -> CalendarNow:
    """Give the calendar of the reader's agency, and what its last change led to."""
    agency = actor().agency
    return parts().database.read(lambda c: get_calendar_now(c, agency))


def day_lines(calendar: AgencyCalendar, year: int) -> list[DayLine]:
    """Give the days of a year, in order."""
    return [_line(day, calendar) for day in calendar.year(year).days]


def season_lines(calendar: AgencyCalendar) -> list[SeasonLine]:
    """Give the seasons, the newest first."""
    return [_season_line(season) for season in reversed(calendar.seasons)]


def hour_lines(week: Week) -> list[tuple[str, str]]:
    """Give each weekday with its hours, or that nobody works."""
    return [(_(name), hour_words(spans)) for name, spans in zip(WEEKDAYS, week, strict=True)]


def hour_words(spans: tuple[Span, ...]) -> str:
    """Say a weekday's hours: `07.30–12.00, 13.00–16.00`."""
    return day_text(spans).replace("-", "–") or _("Libur")


def hour_fields(week: Week) -> list[str]:
    """Give a week as its seven fields show it."""
    return [day_text(spans) for spans in week]


def typed_hours() -> list[str]:
    """Give the hours that were sent, a text a weekday."""
    return [request.form.get(f"jam-{number}", "")[:200] for number in range(len(WEEKDAYS))]


def week_of(texts: Sequence[str]) -> Week:
    """Read the hours of seven fields. Raises InvalidSubmission."""
    return tuple(read_day(text) for text in texts)


def days_of(first: str, last: str, kind: str, name: str) -> tuple[Day, ...]:
    """Give the days from one to another, of a kind and with a name. Raises InvalidSubmission."""
    begin = day_of(first)
    end = day_of(last) if last.strip() else begin
    count = (end - begin).days + 1
    if count < 1:
        raise InvalidSubmission(
            "Expected the last day behind the first, but it is not", code="days_order"
        )
    if count > MOST_DAYS:
        raise InvalidSubmission(
            f"Expected at most {MOST_DAYS} days, but found {count}",
            code="days_many",
            limit=MOST_DAYS,
        )
    known = DayKind(kind) if kind in set(DayKind) else DayKind.CLOSED
    return tuple(Day(on=begin + timedelta(days=n), kind=known, name=name) for n in range(count))


def _line(day: Day, calendar: AgencyCalendar) -> DayLine:
    return DayLine(
        on=day.on.isoformat(),
        words=f"{_(WEEKDAYS[day.on.weekday()])} {_short(day.on)}",
        kind=_(KINDS[day.kind]),
        name=day.name,
        is_weekend=not calendar.week[day.on.weekday()],
    )


def _short(day: date) -> str:
    return day_words(day).rpartition(" ")[0]


def _season_line(season: Season) -> SeasonLine:
    period = _("{first} sampai {last}").format(
        first=day_words(season.first), last=day_words(season.last)
    )
    return SeasonLine(
        first=season.first.isoformat(),
        name=season.name,
        period=period,
        hours=hour_lines(season.week),
    )
