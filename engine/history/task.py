"""What happens to a user task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.history.event import HistoryEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCreated(HistoryEvent):
    """A task was laid on the desk of a lane. `definition` is that of a called process, empty for the case's own."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskClaimed(HistoryEvent):
    """Somebody took the task."""

    type: ClassVar[str] = "user_task_claimed"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskUnclaimed(HistoryEvent):
    """The holder put the task back."""

    type: ClassVar[str] = "user_task_unclaimed"
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskAssigned(HistoryEvent):
    """The task was given to a person."""

    type: ClassVar[str] = "user_task_assigned"
    task: str
    to: str
    to_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCompleted(HistoryEvent):
    """The form was sent; the values are in the `VariablesChanged` that follows."""

    type: ClassVar[str] = "user_task_completed"
    task: str
    token: int
    element: str
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTaskCancelled(HistoryEvent):
    """The task is no longer needed."""

    type: ClassVar[str] = "user_task_cancelled"
    task: str
