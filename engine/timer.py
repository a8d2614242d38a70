"""When a timer comes: at a date, after a length of time, or again and again (BPMN 2.0.2, table 10.101; ISO 8601; cron).

A length is calendar time in the agency's zone, not working time (DESIGN.md 5.7): `P1D` ends at the same time on the next day,
`PT24H` 24 hours later, and the n-th time of a cycle is reckoned from its start, so that `P1M` from 31 January comes on the
last day of February and on 31 March.

A cycle with a count (`R5/PT1H`) comes that often, however late. One without a count and a cron text come once for all the
times that have gone by, and go on in the future.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from engine.calendar import Duration
from engine.cron import Cron, read_cron
from engine.errors import AlurError
from engine.recurrence import (
    InvalidTime,
    Recurrence,
    in_zone,
    later,
    read_length,
    read_moment,
    read_recurrence,
)
from engine.wait import ENDLESS

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from engine.recurrence import Grid

MOST_COUNTED = 10_000
"""Up to how many times of a cron text that went by are counted."""

_LONGEST_TEXT = 200


class TimerKind(StrEnum):
    """What a timer event is given as; the names of BPMN's elements."""

    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


_EXAMPLES = {
    TimerKind.DATE: "2026-11-22T10:00",
    TimerKind.DURATION: "P3D",
    TimerKind.CYCLE: "R3/P1D or 0 0 8 ? * MON-FRI",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that a timer comes: when (UTC), and how often it comes after this one (ENDLESS without a count).

    `text` is what `following` is asked with: that of a cycle which begins with its timer has the beginning written in.
    """

    due_at: datetime
    left: int
    text: str = ""


class TimerInvalid(AlurError):
    """A text is no date, length or cycle that a timer can follow; the code says why."""

    def __init__(self, kind: TimerKind, text: str, code: str) -> None:
        super().__init__(
            f"Expected a {kind.value} such as {_EXAMPLES[kind]}, but found {text[:80]!r}",
            code=code,
            kind=kind.value,
            text=text[:80],
        )


def check(kind: TimerKind, text: str) -> None:
    """Check a literal text of a drawing. Raises TimerInvalid."""
    _read(kind, text)


def first(kind: TimerKind, text: str, *, now: datetime, zone: ZoneInfo) -> Occurrence:
    """Give the first time that a timer comes which begins to run now. Raises TimerInvalid.

    A date that has passed comes at once. Of a cycle with a start or an end of its own the times before now don't come any
    more; it is refused when all are over.
    """
    found: Occurrence | None
    match _read(kind, text):
        case datetime() as moment:
            found = Occurrence(due_at=in_zone(moment, zone).astimezone(UTC), left=0, text=text)
        case Duration() as length:
            due = later(now.astimezone(zone), length, 1)
            found = Occurrence(due_at=due, left=0, text=text)
        case Recurrence() as recurrence:
            found = _first_of(recurrence, now, zone)
        case Cron() as cron:
            found = _next_of(cron, text, now, zone)
    if found is None:
        raise TimerInvalid(kind, text, "timer_over")
    return found


def following(
    kind: TimerKind, text: str, fired: Occurrence, *, now: datetime, zone: ZoneInfo
) -> tuple[Occurrence | None, int]:
    """Give the time behind one that has come, None if that was the last, and how many times were skipped.

    It lies behind the one that has come, whatever the clock says. Of a cron text at most MOST_COUNTED skipped times are
    counted. Raises TimerInvalid.
    """
    read = _read(kind, text)
    if isinstance(read, Recurrence):
        return _following_of(read, fired, now, zone)
    if not isinstance(read, Cron):
        return None, 0
    missed = 0
    for came in islice(read.after(fired.due_at, zone), MOST_COUNTED):
        if came > now:
            return Occurrence(due_at=came, left=ENDLESS, text=text), missed
        missed += 1
    return _next_of(read, text, max(now, fired.due_at), zone), missed


def _read(kind: TimerKind, text: str) -> datetime | Duration | Recurrence | Cron:
    bare = text.strip()
    if not bare or len(bare) > _LONGEST_TEXT:
        raise TimerInvalid(kind, text, "timer_cycle" if bare else "timer_empty")
    try:
        if kind is TimerKind.DATE:
            return read_moment(bare)
        if kind is TimerKind.DURATION:
            return read_length(bare)
        return read_recurrence(bare) if "/" in bare and bare[0] == "R" else read_cron(bare)
    except InvalidTime as error:
        raise TimerInvalid(kind, text, error.code) from error


def _next_of(cron: Cron, text: str, moment: datetime, zone: ZoneInfo) -> Occurrence | None:
    came = next(cron.after(moment, zone), None)
    return None if came is None else Occurrence(due_at=came, left=ENDLESS, text=text)


def _first_of(recurrence: Recurrence, now: datetime, zone: ZoneInfo) -> Occurrence | None:
    """Give the first time that is still to come; one that has a start of its own may come this very moment."""
    begun = recurrence.begun(now)
    grid = begun.grid(zone)
    number = grid.after(now)
    if begun is recurrence and number != grid.lowest and grid.at(number - 1) == now:
        number -= 1
    return _occurrence(begun, grid, number)


def _following_of(
    recurrence: Recurrence, fired: Occurrence, now: datetime, zone: ZoneInfo
) -> tuple[Occurrence | None, int]:
    """Give the next time: with a count the very next one, without one the first that is still to come."""
    grid = recurrence.grid(zone)
    if recurrence.count is not None and grid.last is not None:
        return _occurrence(recurrence, grid, grid.last - fired.left + 1), 0
    behind = grid.after(fired.due_at)
    number = max(behind, grid.after(now))
    found = _occurrence(recurrence, grid, number)
    last = number if found or grid.last is None else grid.last + 1
    return found, max(last - behind, 0)


def _occurrence(recurrence: Recurrence, grid: Grid, number: int) -> Occurrence | None:
    if not grid.holds(number):
        return None
    is_counted = grid.last is not None and (recurrence.count is not None or number == grid.last)
    left = grid.last - number if is_counted and grid.last is not None else ENDLESS
    return Occurrence(due_at=grid.at(number), left=left, text=recurrence.text)
