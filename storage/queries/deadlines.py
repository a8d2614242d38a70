"""How near a deadline is, seen from an office's now: the groups of a desk, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case

from engine.clock import as_text

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Case, ColumnElement

_DAYS = 7


class DueGroup(StrEnum):
    """How near a deadline is; in the order in which a desk shows them."""

    LATE = "terlambat"
    TODAY = "hari-ini"
    WEEK = "minggu-ini"
    LATER = "nanti"
    NONE = "tanpa-tenggat"


GROUPS = tuple(DueGroup)
"""The groups in their order; a database names a group by its place here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Now, and where the office's today and week end: each the first moment behind, as the database keeps moments."""

    today: str
    now: str
    end_of_today: str
    end_of_week: str

    @classmethod
    def seen_at(cls, now: datetime, zone: str) -> Deadlines:
        """Give the deadlines seen at a moment from an office in this zone; its week ends with Sunday."""
        office = ZoneInfo(zone)
        today = now.astimezone(office).date()
        monday = today + timedelta(days=_DAYS - today.weekday())
        return cls(
            today=today.isoformat(),
            now=as_text(now),
            end_of_today=_midnight(today + timedelta(days=1), office),
            end_of_week=_midnight(monday, office),
        )

    def place(self, due: ColumnElement[str | None]) -> Case[int]:
        """Give the place of a due time's group in `GROUPS`, for the database."""
        return case(
            (due.is_(None), GROUPS.index(DueGroup.NONE)),
            (due < self.now, GROUPS.index(DueGroup.LATE)),
            (due < self.end_of_today, GROUPS.index(DueGroup.TODAY)),
            (due < self.end_of_week, GROUPS.index(DueGroup.WEEK)),
            else_=GROUPS.index(DueGroup.LATER),
        )

    def within(self, group: DueGroup, due: ColumnElement[str | None]) -> ColumnElement[bool]:
        """Give the condition that a due time is of a group."""
        bounds = ("", self.now, self.end_of_today, self.end_of_week)
        if group is DueGroup.NONE:
            return due.is_(None)
        place = GROUPS.index(group)
        if group is DueGroup.LATER:
            return due >= bounds[place]
        return and_(due >= bounds[place], due < bounds[place + 1])

    def group_of(self, due: datetime | None) -> DueGroup:
        """Give the group of a due time."""
        if due is None:
            return DueGroup.NONE
        bounds = (self.now, self.end_of_today, self.end_of_week)
        text = as_text(due)
        return next(
            (group for group, end in zip(GROUPS, bounds, strict=False) if text < end),
            DueGroup.LATER,
        )


def _midnight(day: date, office: ZoneInfo) -> str:
    return as_text(datetime.combine(day, time(), office))
