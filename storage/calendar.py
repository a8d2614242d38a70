"""Calendars as rows: one for an agency's hours and settings, one for each year that it keeps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from sqlalchemy import bindparam, delete, insert, select, update

from engine.calendar import (
    AgencyCalendar,
    CalendarYear,
    Day,
    DayKind,
    Season,
    read_week,
    week_text,
)
from engine.variables import dump, object_of
from storage.errors import Raced
from storage.tables import agencies, calendar_years, work_calendars

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, RowMapping

    from engine.ids import AgencyId

_CALENDAR = (
    select(
        agencies.c.zone,
        work_calendars.c.revision,
        work_calendars.c.week,
        work_calendars.c.seasons,
        work_calendars.c.reminds_before,
        work_calendars.c.escalates,
        calendar_years.c.year,
        calendar_years.c.is_confirmed,
        calendar_years.c.days,
    )
    .select_from(agencies)
    .outerjoin(work_calendars, work_calendars.c.agency_id == agencies.c.id)
    .outerjoin(calendar_years, calendar_years.c.agency_id == agencies.c.id)
    .where(agencies.c.id == bindparam("agency"))
)
# FOR KEY SHARE, as a foreign key takes it: many count deadlines at once, and only who changes the calendar waits for them
_COUNTING = _CALENDAR.with_for_update(of=agencies, read=True, key_share=True)
_CHANGING = select(agencies.c.id).where(agencies.c.id == bindparam("agency")).with_for_update()
_ADD = insert(work_calendars)
_CHANGE = update(work_calendars).where(
    work_calendars.c.agency_id == bindparam("old_id"),
    work_calendars.c.revision == bindparam("old_revision"),
)
_REVISION = select(work_calendars.c.revision).where(
    work_calendars.c.agency_id == bindparam("agency")
)
_ZONE = update(agencies).where(
    agencies.c.id == bindparam("old_id"), agencies.c.zone != bindparam("new_zone")
)
_DROP_YEARS = delete(calendar_years).where(calendar_years.c.agency_id == bindparam("agency"))
_ADD_YEARS = insert(calendar_years)
_MOVED = update(work_calendars).where(work_calendars.c.agency_id == bindparam("old_id"))
_SETTLED = update(work_calendars).where(
    work_calendars.c.agency_id == bindparam("old_id"),
    work_calendars.c.revision == bindparam("old_revision"),
)


def find_calendar(
    connection: Connection, agency: AgencyId, *, counts: bool = False
) -> AgencyCalendar | None:
    """Give the calendar of an agency, by one statement; to who counts deadlines by it, nobody changes it meanwhile."""
    query = _COUNTING if counts else _CALENDAR
    found = connection.execute(query, {"agency": agency}).mappings().all()
    return _calendar(agency, found) if found else None


def save_calendar(connection: Connection, new: AgencyCalendar) -> None:
    """Write a calendar over the one of the revision before, with the agency's zone. Raises Raced (`calendar_changed`)."""
    # after all who count by the old one: what they write is there when the deadlines are counted anew
    connection.execute(_CHANGING, {"agency": new.agency})
    before = connection.execute(_REVISION, {"agency": new.agency}).scalar() or 0
    columns = {**_columns(new), "moved": 0, "is_settled": 0}
    if before != new.revision - 1:
        raise Raced(
            f"Expected the calendar at revision {new.revision - 1}, but it is at {before}",
            code="calendar_changed",
        )
    if before:
        old = {"old_id": new.agency, "old_revision": before}
        connection.execute(_CHANGE, {**old, **columns})
    else:
        connection.execute(_ADD, [{"agency_id": new.agency, **columns}])
    asked = {"old_id": new.agency, "new_zone": new.zone}
    connection.execute(_ZONE.values(zone=bindparam("new_zone")), asked)
    connection.execute(_DROP_YEARS, {"agency": new.agency})
    if rows := [_row(new.agency, year) for year in new.years.values()]:
        connection.execute(_ADD_YEARS, rows)


def count_moved(connection: Connection, agency: AgencyId, count: int) -> None:
    """Count deadlines that moved because of the last change."""
    moved = _MOVED.values(moved=work_calendars.c.moved + count)
    connection.execute(moved, {"old_id": agency})


def settle(connection: Connection, agency: AgencyId, revision: int) -> None:
    """Note that all deadlines are counted by the calendar of a revision, unless there is a newer one."""
    old = {"old_id": agency, "old_revision": revision}
    connection.execute(_SETTLED.values(is_settled=1), old)


def _columns(new: AgencyCalendar) -> dict[str, object]:
    seasons = [
        {
            "first": season.first.isoformat(),
            "last": season.last.isoformat(),
            "name": season.name,
            "week": week_text(season.week),
        }
        for season in new.seasons
    ]
    return {
        "revision": new.revision,
        "week": week_text(new.week),
        "seasons": dump({"seasons": seasons}),
        "reminds_before": new.reminds_before,
        "escalates": int(new.escalates),
    }


def _row(agency: AgencyId, year: CalendarYear) -> dict[str, object]:
    days = [{"on": day.on.isoformat(), "kind": day.kind, "name": day.name} for day in year.days]
    return {
        "agency_id": agency,
        "year": year.year,
        "is_confirmed": int(year.is_confirmed),
        "days": dump({"days": days}),
    }


def _calendar(agency: AgencyId, found: Sequence[RowMapping]) -> AgencyCalendar:
    row = found[0]
    if row["revision"] is None:
        return AgencyCalendar(agency=agency, zone=row["zone"])
    return AgencyCalendar(
        agency=agency,
        zone=row["zone"],
        revision=row["revision"],
        week=read_week(row["week"]),
        years={each["year"]: _year(each) for each in found if each["year"] is not None},
        seasons=tuple(_season(each) for each in _list(row["seasons"], "seasons")),
        reminds_before=row["reminds_before"],
        escalates=bool(row["escalates"]),
    )


def _year(row: RowMapping) -> CalendarYear:
    return CalendarYear(
        year=row["year"],
        is_confirmed=bool(row["is_confirmed"]),
        days=tuple(
            Day(on=date.fromisoformat(day["on"]), kind=DayKind(day["kind"]), name=day["name"])
            for day in _list(row["days"], "days")
        ),
    )


def _season(season: Mapping[str, str]) -> Season:
    return Season(
        first=date.fromisoformat(season["first"]),
        last=date.fromisoformat(season["last"]),
        name=season["name"],
        week=read_week(season["week"]),
    )


def _list(data: bytes, key: str) -> list[dict[str, str]]:
    return cast("list[dict[str, str]]", object_of(data)[key])
