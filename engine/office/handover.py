"""What becomes of the tasks that somebody holds and shall hold no longer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.ids import PersonId, UserTaskId
    from engine.user_task import UserTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Who gets each task (None: it goes back to its lane), and why; each task's case tells both."""

    tasks: Mapping[UserTaskId, PersonId | None] = field(default_factory=dict)
    reason: str = ""


def expect_seen(lost: Iterable[UserTask], handover: Handover) -> None:
    """Raise Conflict (`handover_changed`) for tasks to be handed over that the sender has not decided on."""
    unseen = [task.id for task in lost if task.id not in handover.tasks]
    if unseen:
        raise Conflict(
            f"Expected a decision on each task, but {unseen} have none",
            code="handover_changed",
            count=len(unseen),
        )
