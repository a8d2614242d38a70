"""Commands on many tasks at once: each task is a command of its own, and each has its own outcome."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.commands.tasks import TaskCommands
from engine.errors import BusinessError, CommandRejected, ExecutionFailed, InvalidSubmission
from engine.ids import RequestId

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.actor import Actor
    from engine.errors import AlurError
    from engine.ids import InstanceId, PersonId, UserTaskId
    from engine.variables import Value

MOST_TASKS = 100
"""Tasks of one act."""

LENGTH_OF_REQUEST = 26
"""Characters of a request id, as pages make them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A task and the revision that its chooser saw; `values` are what its form is sent with."""

    task: UserTaskId
    revision: int
    values: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one task: done, or refused with the error that says why; nothing of it changed then."""

    task: UserTaskId
    refusal: AlurError | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was carried out."""
        return self.refusal is None


class ManyTasksCommands(TaskCommands):
    """Claim, assign and complete many; sent twice, each task is changed once and the outcomes are the same."""

    def claim_many(
        self, chosen: Sequence[Chosen], *, actor: Actor, request: RequestId
    ) -> tuple[Outcome, ...]:
        """Take free tasks."""
        return _each(
            chosen,
            request,
            lambda one, own: self.claim(one.task, actor=actor, request=own, revision=one.revision),
        )

    def assign_many(
        self,
        chosen: Sequence[Chosen],
        to: PersonId,
        *,
        actor: Actor,
        request: RequestId,
        note: str = "",
    ) -> tuple[Outcome, ...]:
        """Give tasks to one person, with the same note."""
        return _each(
            chosen,
            request,
            lambda one, own: self.assign(
                one.task, to, actor=actor, request=own, revision=one.revision, note=note
            ),
        )

    def complete_many(
        self, chosen: Sequence[Chosen], *, actor: Actor, request: RequestId
    ) -> tuple[Outcome, ...]:
        """Finish tasks, each with its own values."""
        return _each(
            chosen,
            request,
            lambda one, own: self.complete(
                one.task, one.values or {}, actor=actor, request=own, revision=one.revision
            ),
        )


def request_of(request: RequestId, task: UserTaskId) -> RequestId:
    """Give the request id under which one task of an act on many is changed; always the same for the same two."""
    return RequestId(hashlib.sha256(f"{request} {task}".encode()).hexdigest()[:LENGTH_OF_REQUEST])


def _each(
    chosen: Sequence[Chosen],
    request: RequestId,
    command: Callable[[Chosen, RequestId], InstanceId],
) -> tuple[Outcome, ...]:
    """Carry the command out on each task, in order; a task that is named twice is done once.

    Raises InvalidSubmission for none or too many. Only refusals are outcomes: when the database fails, the rest is not
    begun, and the same request can be sent again.
    """
    once = {one.task: one for one in chosen}
    if not once:
        raise InvalidSubmission("Expected tasks, but none was chosen", code="no_task_chosen")
    if len(once) > MOST_TASKS:
        raise InvalidSubmission(
            f"Expected at most {MOST_TASKS} tasks, but {len(once)} were chosen",
            code="too_many_tasks",
            limit=MOST_TASKS,
        )
    return tuple(_outcome(one, request_of(request, one.task), command) for one in once.values())


def _outcome(
    one: Chosen, request: RequestId, command: Callable[[Chosen, RequestId], InstanceId]
) -> Outcome:
    try:
        command(one, request)
    except (CommandRejected, ExecutionFailed, BusinessError) as refusal:
        return Outcome(task=one.task, refusal=refusal)
    return Outcome(task=one.task)
