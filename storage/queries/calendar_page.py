"""What the page of the calendar shows: the calendar, and what its last change led to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from storage.calendar import find_calendar
from storage.tables import work_calendars

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from engine.calendar import AgencyCalendar
    from engine.ids import AgencyId

_OUTCOME = select(work_calendars.c.moved, work_calendars.c.is_settled).where(
    work_calendars.c.agency_id == bindparam("agency")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarNow:
    """A calendar; `moved` deadlines were moved by its last change, so far while it is not `is_settled`."""

    calendar: AgencyCalendar
    moved: int
    is_settled: bool


def get_calendar_now(connection: Connection, agency: AgencyId) -> CalendarNow:
    """Give an agency's calendar as it is now. Raises LookupError for an unknown agency."""
    calendar = find_calendar(connection, agency)
    if calendar is None:
        raise LookupError(f"Expected an agency {agency}, but there is none")
    row = connection.execute(_OUTCOME, {"agency": agency}).mappings().first()
    return CalendarNow(
        calendar=calendar,
        moved=row["moved"] if row else 0,
        is_settled=bool(row["is_settled"]) if row else True,
    )
