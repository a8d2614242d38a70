"""Deadlines of tasks: where they come from, when they move, and when they are told (DESIGN.md 5.7).

The date that a drawing gives (`camunda:dueDate`) stands over mutu baku (`mutu_baku.waktu`), which is counted by the agency's
calendar from the moment the task is laid on a desk; without either the task has none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from engine.actor import Signature
from engine.calendar import read_duration
from engine.chain import append
from engine.clock import as_text
from engine.errors import ExecutionFailed
from engine.history import UserTaskDueMoved, UserTaskEscalated, UserTaskReminded
from engine.ids import JobId
from engine.job import Job, JobKind
from engine.store import Changes
from engine.user_task import DueTold
from engine.variables import dump

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from engine.act import Act
    from engine.calendar import AgencyCalendar, WorkCalendar
    from engine.deadline_heads import Head
    from engine.history import HistoryEvent, UserTaskCreated
    from engine.ids import DefinitionId
    from engine.store import Instance
    from engine.user_task import UserTask

STANDARD_TIME = "mutu_baku.waktu"
"""The property of a step that says how long it may take, an ISO 8601 duration."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When a task is due, and the mutu baku by which that was counted; see `engine.user_task.UserTask`."""

    at: datetime | None
    length: str = ""
    is_estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Deadlines from one moment to before another of which tasks are to be reminded that arrived no later than a third.

    Who gets a task later than the moment of its reminder knows of it already.
    """

    begins: datetime
    ends: datetime
    arrived: datetime

    def holds(self, task: UserTask) -> bool:
        """Tell whether the task is to be reminded."""
        in_time = task.due_at is not None and self.begins <= task.due_at < self.ends
        return in_time and task.created_at <= self.arrived


def due_of(event: UserTaskCreated, definition: DefinitionId, act: Act) -> Due:
    """Give when a new task is due; `definition` is the version whose element it is. Raises ExecutionFailed (`due_invalid`)."""
    if event.due:
        return Due(at=_drawn(event, act))
    element = act.programs(definition).process.elements[event.element]
    length = element.properties.get(STANDARD_TIME, "").strip()
    return counted(length, act.at, act.calendar().work) if length else Due(at=None)


def counted(length: str, arrived: datetime, work: WorkCalendar) -> Due:
    """Give when work that arrived at a moment is due by its mutu baku; never, when that can't be read or counted.

    The gate refuses such a mutu baku (`engine.rules.standard_times`); it may stand in what was deployed before.
    """
    try:
        found = work.deadline(arrived, read_duration(length))
    except (ValueError, OverflowError):
        return Due(at=None)
    return Due(at=found.at, length=length, is_estimate=found.is_estimate)


def moved(
    instance: Instance, tasks: Iterable[UserTask], calendar: AgencyCalendar, at: datetime
) -> Changes | None:
    """Count the deadlines of a case's open tasks anew; None when all stay. Tasks with a date of the drawing's stay too."""
    dated: list[UserTask] = []
    events: list[HistoryEvent] = []
    for task in tasks:
        due = counted(task.due_length, task.created_at, calendar.work)
        if task.due_at is None or due.at is None:
            continue
        if (due.at, due.is_estimate) != (task.due_at, task.due_is_estimate):
            dated.append(_dated(task, due))
            events.append(_moving(task, due.at, calendar, is_estimate=due.is_estimate))
    return _noted(instance, events, tuple(dated), at) if events else None


def count_moved(changes: Changes) -> int:
    """Give how many deadlines are at another moment by these changes."""
    events = (record.event for record in changes.records)
    return sum(isinstance(e, UserTaskDueMoved) and e.due != e.previous for e in events)


def reminded(instance: Instance, task: UserTask, at: datetime) -> Changes:
    """Note that a task's deadline is told to who has it, or may take it."""
    event = UserTaskReminded(task=task.id, due=_text(task.due_at))
    return _noted(instance, [event], (replace(task, due_told=DueTold.REMINDED),), at)


def escalated(instance: Instance, task: UserTask, heads: tuple[Head, ...], at: datetime) -> Changes:
    """Note that a late task is told to those above who has it."""
    event = UserTaskEscalated(
        task=task.id,
        due=_text(task.due_at),
        heads=tuple(head.person for head in heads),
        posts=tuple(head.title for head in heads),
    )
    return _noted(instance, [event], (replace(task, due_told=DueTold.ESCALATED),), at)


def windows(calendar: AgencyCalendar, now: datetime) -> tuple[Window, ...]:
    """Give the deadlines that are to be told now, before they are over; none when the office wants no reminders."""
    if not calendar.reminds_before:
        return ()
    work = calendar.work
    on, found = work.day_of(now), list[Window]()
    while (moment := work.beginning_before(on, calendar.reminds_before)) <= now:
        begins, ends = work.midnight(on), work.midnight(on + _DAY)
        found.append(Window(begins=max(begins, now), ends=ends, arrived=moment))
        on += _DAY
    return tuple(found)


def recount_job(calendar: AgencyCalendar, now: datetime) -> Job:
    """Give the job that counts the agency's deadlines anew by this calendar."""
    return Job(
        id=JobId(f"deadlines.{calendar.agency}.{calendar.revision}"),
        agency=calendar.agency,
        kind=JobKind.DEADLINES,
        data=dump({"revision": calendar.revision}),
        due_at=now,
        created_at=now,
    )


def _dated(task: UserTask, due: Due) -> UserTask:
    told = task.due_told if due.at == task.due_at else DueTold.NOTHING
    return replace(task, due_at=due.at, due_is_estimate=due.is_estimate, due_told=told)


def _moving(
    task: UserTask, due: datetime, calendar: AgencyCalendar, *, is_estimate: bool
) -> UserTaskDueMoved:
    return UserTaskDueMoved(
        task=task.id,
        due=as_text(due),
        previous=_text(task.due_at),
        revision=calendar.revision,
        is_estimate=is_estimate,
    )


def _noted(
    instance: Instance, events: list[HistoryEvent], tasks: tuple[UserTask, ...], at: datetime
) -> Changes:
    records, head = append(instance.head, events, at=as_text(at), by=Signature.of_system())
    changed = replace(instance, head=head, revision=instance.revision + 1)
    return Changes(instance=changed, records=records, dated_tasks=tasks)


def _text(moment: datetime | None) -> str:
    return "" if moment is None else as_text(moment)


def _drawn(event: UserTaskCreated, act: Act) -> datetime:
    """Read a due date: a date means the end of that day in the office, a time without zone the office's time."""
    try:
        return _moment(event.due, act.zone())
    except (ValueError, OverflowError) as error:
        raise ExecutionFailed(
            f"Expected a date or time in ISO 8601, but found {event.due[:40]!r}",
            code="due_invalid",
            element=event.element,
        ) from error


def _moment(text: str, zone: ZoneInfo) -> datetime:
    if len(text) == len("2026-11-21"):
        moment = datetime.combine(date.fromisoformat(text), time(23, 59, 59))
    else:
        moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
