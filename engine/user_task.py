"""A user task: what waits on somebody's desk, and its life cycle."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from engine.ids import AgencyId, DefinitionId, InstanceId, LaneId, PersonId, UserTaskId


class TaskState(StrEnum):
    """Where a user task stands."""

    CREATED = "created"
    CLAIMED = "claimed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


TRANSITIONS: dict[TaskState, frozenset[TaskState]] = {
    TaskState.CREATED: frozenset({TaskState.CLAIMED, TaskState.COMPLETED, TaskState.CANCELLED}),
    TaskState.CLAIMED: frozenset(
        {TaskState.CREATED, TaskState.CLAIMED, TaskState.COMPLETED, TaskState.CANCELLED}
    ),
    TaskState.COMPLETED: frozenset({TaskState.CANCELLED}),  # taken back by who sent it
    TaskState.CANCELLED: frozenset(),
}

USUAL_PRIORITY = 50
"""That of a task whose drawing says nothing; what is above it is more urgent than the others."""

OPEN = frozenset({TaskState.CREATED, TaskState.CLAIMED})


class DueTold(StrEnum):
    """What was told of a task's deadline; when the deadline moves, nothing was."""

    NOTHING = ""
    REMINDED = "reminded"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTask:
    """One task at one element of one case.

    `definition` is the version whose element it is: the case's own or that of a process it called. `lane` is the lane that does it; for an element of an external lane that is the recorder's lane (`dicatat_oleh`), and
    `on_behalf_of` is the name of the external one. `candidate_groups` (posts or units) and `candidate_persons` (logins)
    narrow who may take it; both empty means every holder of the lane. `sender` is who sent the case here (the signature's
    name and post, and the person's id, empty for Alur itself). `follow_up` is the day (ISO 8601, in the office) until which its holder put it aside. `opened_at` is when
    somebody else than the sender first opened it. `revision` counts the changes of this task.

    `due_length` is the mutu baku by which `due_at` was counted, empty when the drawing gave the date itself or there is none;
    it is an estimate while a year that was counted through is not confirmed. `priority` is from 0 to 100, as in Camunda.
    """

    id: UserTaskId
    instance: InstanceId
    agency: AgencyId
    definition: DefinitionId
    element: str
    name: str
    lane: LaneId
    on_behalf_of: str
    candidate_groups: tuple[str, ...]
    candidate_persons: tuple[str, ...]
    due_at: datetime | None
    state: TaskState
    holder: PersonId | None
    holder_name: str
    revision: int
    created_at: datetime
    changed_at: datetime
    sender: str = ""
    sender_post: str = ""
    sender_id: str = ""
    follow_up: str = ""
    opened_at: datetime | None = None
    due_length: str = ""
    due_is_estimate: bool = False
    due_told: DueTold = DueTold.NOTHING
    priority: int = USUAL_PRIORITY

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in OPEN
