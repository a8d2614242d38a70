"""What happens to a user task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCreated(HistoryEvent):
    """A task was laid on the desk of a lane. `definition` is that of a called process, empty for the case's own.

    `due` is the date that the drawing gives; without one, `due_at` (UTC) is counted from the mutu baku `due_length`, as an
    estimate while a year of the calendar is not confirmed. `priority` is from 0 to 100; until the day `follow_up` (ISO 8601,
    in the office) the drawing puts it aside.
    """

    type: ClassVar[str] = "user_task_created"
    task: str
    token: int
    element: str
    name: str
    lane: str
    on_behalf_of: str = ""
    candidate_groups: tuple[str, ...] = ()
    candidate_persons: tuple[str, ...] = ()
    assignee: str = ""
    due: str = ""
    definition: str = ""
    due_at: str = ""
    due_length: str = ""
    due_is_estimate: bool = False
    priority: int = 50
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskClaimed(HistoryEvent):
    """Somebody took the task; `previous` is the colleague (id and name) from whose desk, empty for a free task."""

    type: ClassVar[str] = "user_task_claimed"
    task: str
    previous: str = ""
    previous_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskUnclaimed(HistoryEvent):
    """The task was put back for its lane, by its holder or by who may take it from a desk; `reason` says why, if it was told."""

    type: ClassVar[str] = "user_task_unclaimed"
    task: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskAssigned(HistoryEvent):
    """The task was given to a person; `reason` says why, if it was told."""

    type: ClassVar[str] = "user_task_assigned"
    task: str
    to: str
    to_name: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskPostponed(HistoryEvent):
    """The holder put the task aside until a day (ISO 8601, in the office), or took it up again (empty)."""

    type: ClassVar[str] = "user_task_postponed"
    task: str
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCompleted(HistoryEvent):
    """The form was sent; the values are in the `VariablesChanged` that follows."""

    type: ClassVar[str] = "user_task_completed"
    task: str
    token: int
    element: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskRetracted(HistoryEvent):
    """Who sent the form took it back before the next one had opened it; the step waits again as the task `restored`.

    What it had set off is cancelled, and what was before is there again, by the events that follow; so are the variables.
    A case that the form had ended runs again. `due` is the deadline (UTC) that the step keeps, empty for none.
    """

    type: ClassVar[str] = "user_task_retracted"
    task: str
    restored: str
    reason: str
    due: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionCorrected(HistoryEvent):
    """Fields of a form that was sent before were corrected; the new values are in the `VariablesChanged` that follows."""

    type: ClassVar[str] = "submission_corrected"
    task: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCancelled(HistoryEvent):
    """The task is no longer needed."""

    type: ClassVar[str] = "user_task_cancelled"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskOpened(HistoryEvent):
    """Somebody who may do the task, and did not send it, saw it for the first time."""

    type: ClassVar[str] = "user_task_opened"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssigneeRefused(HistoryEvent):
    """The drawing gives the task to somebody who doesn't stand for its lane (any more), so it lies free for the lane."""

    type: ClassVar[str] = "assignee_refused"
    task: str
    login: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskDueMoved(HistoryEvent):
    """The calendar changed, and with it the deadline (UTC) that was counted from mutu baku; `revision` is the calendar's.

    The same moment as before means that it is an estimate no longer, or again.
    """

    type: ClassVar[str] = "user_task_due_moved"
    task: str
    due: str
    previous: str
    revision: int
    is_estimate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskReminded(HistoryEvent):
    """Who has the task, or may take it, is reminded of its deadline (UTC)."""

    type: ClassVar[str] = "user_task_reminded"
    task: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskEscalated(HistoryEvent):
    """The task is late: its deadline (UTC) is over.

    `heads` are the persons who are told, `posts` how they sign; both empty when nobody stands above who has the task.
    """

    type: ClassVar[str] = "user_task_escalated"
    task: str
    due: str
    heads: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
