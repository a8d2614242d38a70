"""A task as it lies on a desk: who reads it and may send it; and what sending it needs, which is not the case's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.spiff.resting import find_view
from engine.user_task import TaskState
from storage.queries.case import find_task_at_rest
from storage.queries.visibility import is_takeable
from web.parts import parts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor
    from engine.form import Form
    from engine.ids import UserTaskId
    from engine.variables import Value
    from storage.queries.case import TaskLine


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOnDesk:
    """One task of a case for one reader; `can_take` says whether the reader may take it."""

    line: TaskLine
    reader: Actor
    can_take: bool

    @property
    def is_mine(self) -> bool:
        """Whether it lies on the reader's desk, and a post of theirs stands for its lane."""
        return self._is_held and self.reader.find_post(self.line.lane) is not None

    @property
    def is_lane_lost(self) -> bool:
        """Whether it lies on the reader's desk, but none of their posts stands for its lane any more."""
        return self._is_held and not self.is_mine

    @property
    def _is_held(self) -> bool:
        return self.line.state is TaskState.CLAIMED and self.line.holder == self.reader.person

    @property
    def can_send(self) -> bool:
        """Whether the reader may send the form; sending a free task takes it."""
        return self.is_mine or self.can_take

    @property
    def can_draft(self) -> bool:
        """Whether the reader may keep what was typed: who may send it, or might have before somebody else was first."""
        return self.can_send or self.reader.find_post(self.line.lane) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAtHand(TaskOnDesk):
    """An open task that the reader may send, with its form and what the form sees: read at one cost however old the case is."""

    form: Form
    variables: Mapping[str, Value]


def find_task_at_hand(task: UserTaskId, reader: Actor) -> TaskAtHand | None:
    """Give a task that the reader may send, if nothing but its form and the case's variables is needed for that.

    None for one without a form, one that gives its letter a number, and one that somebody else has or that is over.
    """
    here = parts()
    found = here.database.read(lambda c: find_task_at_rest(c, task))
    if found is None or not found.line.is_open:
        return None
    program = here.runtime.program(found.definition)
    element = found.line.element
    form = program.forms.get(element)
    token = int(task.rpartition("-")[2])
    variables = find_view(found.frontier, found.variables, token)
    if form is None or variables is None or element in program.letters:
        return None
    can_take = here.database.read(lambda c: is_takeable(c, reader, task))
    hand = TaskAtHand(
        line=found.line, reader=reader, can_take=can_take, form=form, variables=variables
    )
    return hand if hand.can_send else None
