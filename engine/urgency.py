"""How urgent a task is and from which day on it is to be done, as the drawing says (`camunda:priority`, `camunda:followUpDate`)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.errors import ExecutionFailed
from engine.user_task import USUAL_PRIORITY

if TYPE_CHECKING:
    from datetime import tzinfo

    from engine.variables import Value

MOST_URGENT = 100
"""The highest priority; the lowest is 0 (both as in Camunda)."""

_DAY = len("2026-11-21")


def priority_of(value: Value, element: str) -> int:
    """Give the priority that a value means, the usual one for null. Raises ExecutionFailed (`priority_invalid`)."""
    if value is None:
        return USUAL_PRIORITY
    found = read_priority(value)
    if found is None:
        raise ExecutionFailed(
            f"Expected a whole number from 0 to {MOST_URGENT}, but found {str(value)[:40]!r}",
            code="priority_invalid",
            element=element,
            limit=MOST_URGENT,
        )
    return found


def read_priority(value: Value) -> int | None:
    """Give a whole number from 0 to 100, also one written as a text; None for anything else."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value.strip()) <= _DAY:
        value = Decimal(value.strip())
    if not isinstance(value, Decimal) or not 0 <= value <= MOST_URGENT or value % 1:
        return None
    return int(value)


def put_aside_until(text: str, at: datetime, zone: tzinfo, element: str) -> str:
    """Give the day (ISO 8601, in the office) until which a new task is put aside; '' when that day is not after today.

    A time counts as its day in the office. Raises ExecutionFailed (`follow_up_invalid`).
    """
    try:
        day = _day(text.strip(), zone)
    except (ValueError, OverflowError) as error:
        raise ExecutionFailed(
            f"Expected a date or time in ISO 8601, but found {text[:40]!r}",
            code="follow_up_invalid",
            element=element,
        ) from error
    return day.isoformat() if day > at.astimezone(zone).date() else ""


def _day(text: str, zone: tzinfo) -> date:
    if len(text) == _DAY:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return (moment.astimezone(zone) if moment.tzinfo else moment).date()
