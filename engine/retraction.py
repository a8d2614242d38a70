"""Tarik kembali: who sent a step takes it back until the next person has opened it.

What was sent last, and nothing has gone on from, can be taken back; the reasons against it are found in the history alone.
The case then rests where it rested before (`engine.spiff.undo`), and the step waits again with who took it back.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine import history as past
from engine import instance as case
from engine import permission
from engine.clock import as_text
from engine.errors import NotAllowed, WrongState
from engine.ids import InstanceId, PersonId, user_task_id
from engine.letters.numbering import Stage
from engine.replay import fold
from engine.store import InstanceState
from engine.user_task import TaskState
from engine.waits import CONNECTOR_PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.actor import Actor, Signature
    from engine.chain import Record
    from engine.history import HistoryEvent
    from engine.ids import UserTaskId
    from engine.instance import Act
    from engine.spiff.program import Program
    from engine.store import Changes, Instance
    from engine.user_task import UserTask

_MOVES = (
    past.ElementActivated,
    past.ElementCompleted,
    past.ElementMerged,
    past.ElementCancelled,
    past.ScopeOpened,
    past.ScopeClosed,
    past.VariablesChanged,
    past.InstanceCancelled,
    past.InstanceCompleted,
)
"""Events by which a case goes on: behind them, nothing before can be taken back."""

_UNDONE = (
    past.UserTaskCompleted,
    past.UserTaskCreated,
    past.UserTaskCancelled,
    past.UserTaskAssigned,
    past.AssigneeRefused,
    past.InstanceLinked,
    past.LetterNumberReserved,  # stays with the case, for when the form is sent again
    past.TimerScheduled,
    past.MessageAwaited,
    past.SignalAwaited,
    past.WorkRequested,
    past.VariablesMissed,
    past.DecisionEvaluated,
    past.ErrorThrown,
    past.EscalationThrown,
    *_MOVES,
)
"""Events of a finished task that are undone with it, or need not be; one with any other event stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What happened to a case, with the personal values that are left."""

    records: tuple[Record, ...]
    personal: Mapping[tuple[int, str], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A task that was finished last in its case: what that did, and what happened since."""

    sent: tuple[Record, ...]
    since: tuple[Record, ...]

    @property
    def sender(self) -> Signature | None:
        """Who sent it."""
        return self.sent[0].by

    @property
    def created(self) -> frozenset[str]:
        """The tasks that it laid on desks."""
        events = (record.event for record in self.sent)
        return frozenset(e.task for e in events if isinstance(e, past.UserTaskCreated))

    @property
    def linked(self) -> tuple[InstanceId, ...]:
        """The cases that it began."""
        events = (record.event for record in self.sent)
        return tuple(InstanceId(e.instance) for e in events if isinstance(e, past.InstanceLinked))


def find_step(records: tuple[Record, ...], task: UserTaskId) -> Step:
    """Give the finishing of a task. Raises WrongState unless it can be taken back, as far as its own case tells."""
    start = next((n for n, record in enumerate(records) if _finishes(record, task)), None)
    if start is None:
        raise WrongState(f"Expected {task} to be sent, but it is not", code="retraction_not_sent")
    lead = records[start].seq
    end = next((n for n in range(start + 1, len(records)) if records[n].cause != lead), None)
    step = Step(sent=records[start:end], since=() if end is None else records[end:])
    if any(_takes_back(record, task) for record in step.since):
        raise WrongState(
            f"Expected {task} to be sent, but it was taken back", code="retraction_not_sent"
        )
    _expect_last(step)
    for record in step.sent:
        _expect_undone(record.event, step)
    _expect_unopened(step.since, step.created, step.sender)
    return step


def expect_not_over(state: InstanceState, step: Step) -> None:
    """Raise WrongState for a case that is over, unless the step ended it by handing on to cases that it began."""
    handed_on = state is InstanceState.COMPLETED and step.linked
    if state is not InstanceState.RUNNING and not handed_on:
        raise WrongState(f"Expected a running case, but it is {state}", code="instance_ended")


def expect_untouched(records: tuple[Record, ...], sender: Signature | None) -> None:
    """Raise WrongState for a case that was begun by a sent form and in which somebody has opened or done anything since.

    So too when its beginning had effects outside of it.
    """
    since = tuple(record for record in records if record.seq > 1 and record.cause != 1)
    events = [record.event for record in records]
    for event in events:
        _expect_kept_inside(event)
    created = frozenset(e.task for e in events if isinstance(e, past.UserTaskCreated))
    moved = next((record for record in since if isinstance(record.event, _MOVES)), None)
    if moved is not None or any(isinstance(event, past.InstanceCompleted) for event in events):
        lead = _lead_of(moved or records[-1], records)
        raise _refused("retraction_linked", lead, "the linked case to wait, but it went on")
    _expect_unopened(since, created, sender, code="retraction_linked")


def expect_may_retract(
    task: UserTask, actor: Actor, sender: Signature | None, sender_now: Actor | None
) -> None:
    """Raise NotAllowed unless the actor, who may do the step, sent it, or the sender may not do it any more.

    `sender_now` is the sender with the posts held now, None for an account that is closed.
    """
    mine = sender is not None and sender.person == actor.person
    if not mine and sender_now is not None and permission.is_candidate(task, sender_now):
        raise NotAllowed(
            f"Expected the sender of {task.id}, but {actor.person} is not",
            code="retraction_not_sender",
            who=sender_now.name,
        )


def expect_letter_here(element: str, program: Program) -> None:
    """Raise WrongState for a step whose sending means that a letter went out."""
    numbering = program.letters.get(element)
    if numbering is not None and numbering.stage is Stage.SEND:
        raise WrongState(
            f"Expected a letter that is here, but {element} sent it", code="retraction_letter_sent"
        )


def retract(instance: Instance, task: UserTask, reason: str, before: Past, act: Act) -> Changes:
    """Take a finished task back. `before` is what happened until it was sent; the new task waits with who acts."""
    moment = fold(before.records, before.personal)
    execution = case.load(instance, act)
    new = execution.undo(
        {number: scope.values for number, scope in moment.scopes.items()},
        {number: scope.token for number, scope in moment.scopes.items()},
    )
    restored = user_task_id(instance.id, new[int(task.id.rpartition("-")[2])])
    told = (
        past.UserTaskRetracted(
            task=task.id,
            restored=restored,
            reason=reason,
            due="" if task.due_at is None else as_text(task.due_at),
        ),
        past.UserTaskClaimed(task=restored),
    )
    withdrawn = case.move(task, TaskState.CANCELLED, act)
    unnamed = dataclasses.replace(instance, number="", subject="")
    changes = case.settle(unnamed, execution, told, act, (withdrawn,))
    tasks = (_held(new, task, act) if new.id == restored else new for new in changes.new_tasks)
    return dataclasses.replace(changes, new_tasks=tuple(tasks))


def _held(new: UserTask, old: UserTask, act: Act) -> UserTask:
    """Give the step as it waits again: with who took it back, sent by who sent it the first time, and due when it was due."""
    return dataclasses.replace(
        new,
        due_at=old.due_at,
        due_length=old.due_length,
        due_is_estimate=old.due_is_estimate,
        due_told=old.due_told,
        follow_up="",
        state=TaskState.CLAIMED,
        holder=PersonId(act.by.person),
        holder_name=act.by.name,
        sender=old.sender,
        sender_post=old.sender_post,
        sender_id=old.sender_id,
    )


def _finishes(record: Record, task: UserTaskId) -> bool:
    return isinstance(record.event, past.UserTaskCompleted) and record.event.task == task


def _takes_back(record: Record, task: UserTaskId) -> bool:
    return isinstance(record.event, past.UserTaskRetracted) and record.event.task == task


def _expect_last(step: Step) -> None:
    moved = next((record for record in step.since if isinstance(record.event, _MOVES)), None)
    if moved is not None:
        lead = _lead_of(moved, step.since)
        raise _refused("retraction_overtaken", lead, "the last step, but the case went on")


def _expect_kept_inside(event: HistoryEvent) -> None:
    """Raise WrongState for an event whose effect is out of the case: thrown to others, or work that Alur begins at once."""
    if isinstance(event, past.MessageSent | past.SignalSent):
        raise WrongState(
            f"Expected nothing to be sent, but {event.name} was",
            code="retraction_message",
            name=event.name,
        )
    if isinstance(event, past.WorkRequested) and event.topic.startswith(CONNECTOR_PREFIX):
        raise WrongState(
            f"Expected no work to begin, but {event.topic} did", code="retraction_work"
        )


def _expect_undone(event: HistoryEvent, step: Step) -> None:
    _expect_kept_inside(event)
    if isinstance(event, past.LetterNumberConfirmed):
        raise WrongState(
            f"Expected no final number, but {event.number} is",
            code="retraction_number",
            number=event.number,
        )
    if isinstance(event, past.UserTaskCancelled) and event.task not in step.created:
        raise WrongState(
            f"Expected to stop no task, but {event.task} was", code="retraction_stopped_others"
        )
    if not isinstance(event, _UNDONE):
        raise WrongState(
            f"Expected what can be undone, but found {event.type}", code="retraction_bound"
        )


def _expect_unopened(
    since: tuple[Record, ...],
    created: frozenset[str],
    sender: Signature | None,
    code: str = "retraction_opened",
) -> None:
    """Raise WrongState for the first of these tasks that somebody else than the sender opened or took."""
    for record in since:
        event = record.event
        seen = (
            isinstance(event, past.UserTaskOpened | past.UserTaskClaimed) and event.task in created
        )
        lead = _lead_of(record, since)
        if seen and (lead.by is None or sender is None or lead.by.person != sender.person):
            raise _refused(code, lead, "nobody to have opened it, but somebody has")


def _lead_of(record: Record, records: tuple[Record, ...]) -> Record:
    return next((lead for lead in records if lead.seq == (record.cause or record.seq)), record)


def _refused(code: str, lead: Record, expected: str) -> WrongState:
    return WrongState(
        f"Expected {expected} ({lead.event.type})",
        code=code,
        who="" if lead.by is None else lead.by.name,
        at=lead.at,
    )
