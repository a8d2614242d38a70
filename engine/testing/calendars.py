"""Calendars and deadlines, as the store in memory keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import Conflict

if TYPE_CHECKING:
    from engine.calendar import AgencyCalendar
    from engine.testing.tables import Tables
    from engine.user_task import UserTask


def save_calendar(tables: Tables, new: AgencyCalendar) -> None:
    """Write a calendar over the one of the revision before, with the agency's zone. Raises Conflict."""
    kept = tables.calendars.get(new.agency)
    if (kept.revision if kept else 0) != new.revision - 1:
        raise Conflict(
            f"Expected the calendar at revision {new.revision - 1}, but it has changed",
            code="calendar_changed",
        )
    agency, head = tables.agencies[new.agency]
    tables.agencies[new.agency] = (replace(agency, zone=new.zone), head)
    tables.calendars[new.agency] = new
    tables.moved[new.agency] = 0


def save_deadline(tables: Tables, task: UserTask) -> None:
    """Write a task's deadline and what was told of it, and nothing else of the task."""
    tables.tasks[task.id] = replace(
        tables.tasks[task.id],
        due_at=task.due_at,
        due_is_estimate=task.due_is_estimate,
        due_told=task.due_told,
    )
