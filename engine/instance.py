"""What a command does to a case: pure functions from a case at rest to the changes that the store writes."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from engine import lettered
from engine.act import Act, People
from engine.chain import Head, append, hide_decision, hide_personal, instance_chain
from engine.clock import as_text
from engine.desk import Desk, move
from engine.errors import InvalidSubmission
from engine.form.file import files_within
from engine.history import (
    DecisionEvaluated,
    HistoryEvent,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    UserTaskCompleted,
    VariablesChanged,
)
from engine.spiff.execution import Execution
from engine.store import Changes, Instance, InstanceState
from engine.user_task import TaskState, UserTask
from engine.variables import canonical
from engine.waits import wait_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.chain import PersonalValue
    from engine.ids import InstanceId
    from engine.spiff.program import Program
    from engine.variables import Value

__all__ = [
    "Act",
    "Following",
    "Origin",
    "People",
    "cancel",
    "complete",
    "load",
    "move",
    "note",
    "settle",
    "start",
]

SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a case that nobody began by hand comes from: the task of another case, a message, a signal or a timer.

    `variables` are those that it begins with, `told` what its history says right behind its beginning.
    """

    task: UserTask | None = None
    variables: Mapping[str, Value] = dataclasses.field(default_factory=dict)
    told: tuple[HistoryEvent, ...] = ()

    @property
    def parent(self) -> InstanceId | None:
        """The case that began the new one."""
        return None if self.task is None else self.task.instance


NOTHING_BEFORE = Origin()


def start(
    instance: InstanceId,
    program: Program,
    business_key: str,
    act: Act,
    origin: Origin = NOTHING_BEFORE,
) -> Changes:
    """Start a case of a definition, from nothing or from what began it, and run it to its first rest."""
    definition = program.definition
    circumstances = act.circumstances(business_key)
    execution = Execution(instance, definition.id, act.programs, circumstances)
    execution.events.extend(origin.told)
    execution.start({**_initiator(program, act), **origin.variables})
    fresh = Instance(
        id=instance,
        agency=definition.agency,
        definition=definition.id,
        key=definition.key,
        state=InstanceState.RUNNING,
        revision=0,
        number="",
        subject="",
        business_key=business_key,
        started_at=act.at,
        ended_at=None,
        frontier=b"",
        variables=b"",
        head=Head(chain=instance_chain(instance)),
        parent=origin.parent,
    )
    changes = settle(fresh, execution, (_started(program, origin),), act)
    return dataclasses.replace(changes, files=_files(origin.variables))


def _initiator(program: Program, act: Act) -> dict[str, Value]:
    """Give the variable that tells who starts the case, if the drawing names one: a login, null when nobody does."""
    name = program.process.start().initiator
    return {name: act.login or None} if name else {}


def _started(program: Program, origin: Origin) -> InstanceStarted:
    definition = program.definition
    lane = program.process.lane_of(program.process.start())
    return InstanceStarted(
        definition=definition.id,
        key=definition.key,
        version=definition.version,
        digest=definition.digest,
        on_behalf_of=lane.name if lane is not None and lane.recorder else "",
        parent=origin.parent or "",
        parent_task="" if origin.task is None else origin.task.id,
    )


class Following(Protocol):
    """What else a finished task leads to."""

    def events(
        self, view: Mapping[str, Value], personal: frozenset[str]
    ) -> tuple[HistoryEvent, ...]:
        """Give what the case's history says of it, last of the command.

        `view` is what the task saw right after its form was sent, `personal` the names of personal values in it.
        """
        ...


def complete(
    instance: Instance,
    task: UserTask,
    values: Mapping[str, Value],
    act: Act,
    following: Following | None = None,
) -> Changes:
    """Finish a user task with the values of its form and run the case to its next rest.

    Raises InvalidSubmission with all problems of the form.
    """
    execution = load(instance, act)
    numbered = lettered.sent(instance, task, values, act, execution)
    token = int(task.id.rpartition("-")[2])
    seen = execution.view(token)
    values = {**_submitted(task, numbered.values, seen, act), **numbered.beside}
    last = following.events({**seen, **values}, execution.personal()) if following else ()
    execution.complete(token, values)
    lead = UserTaskCompleted(
        task=task.id, token=token, element=task.element, on_behalf_of=task.on_behalf_of
    )
    done = move(task, TaskState.COMPLETED, act, holder=act.by)
    changes = settle(instance, execution, (lead, *numbered.events, *last), act, (done,))
    return dataclasses.replace(changes, files=_files(values), letters=numbered.changes)


def _submitted(
    task: UserTask, values: Mapping[str, Value], seen: Mapping[str, Value], act: Act
) -> Mapping[str, Value]:
    """Give the values as the task's form takes them, over what the task sees; a task without form takes none."""
    form = act.programs(task.definition).forms.get(task.element)
    if form is not None:
        today = act.at.astimezone(act.zone()).date() if form.asks_today else None
        return form.submit_json(values, seen, today=today)
    if values:
        raise InvalidSubmission(
            f"Expected no values for {task.element}, but found some",
            code="submission_without_form",
            task=task.name,
        )
    return values


def cancel(instance: Instance, reason: str, act: Act) -> Changes:
    """Stop a case: every token and every open task is taken away."""
    execution = load(instance, act)
    execution.cancel()
    numbered = lettered.cancelled(instance, reason, act)
    told = (InstanceCancelled(reason=reason), *numbered.events)
    return dataclasses.replace(settle(instance, execution, told, act), letters=numbered.changes)


def note(instance: Instance, task: UserTask, event: HistoryEvent, act: Act) -> Changes:
    """Change who has a task, and nothing else of the case."""
    records, head = append(
        instance.head, [event], at=as_text(act.at), by=act.by, request=act.request
    )
    changed = dataclasses.replace(instance, head=head, revision=instance.revision + 1)
    return Changes(instance=changed, records=records, changed_tasks=(task,))


def load(instance: Instance, act: Act) -> Execution:
    """Take a case up where it rests."""
    return Execution.load(
        instance.id,
        instance.definition,
        act.programs,
        act.circumstances(instance.business_key),
        frontier=instance.frontier,
        variables=instance.variables,
    )


def settle(
    instance: Instance,
    execution: Execution,
    told: tuple[HistoryEvent, ...],
    act: Act,
    done: tuple[UserTask, ...] = (),
) -> Changes:
    """Turn what an execution did into changes: desk, history, the case at rest.

    `told` is the event of the act that led to it, and those to stand behind what the execution did; `done` are the tasks
    that the act itself changed.
    """
    lead, *last = told
    desk = Desk(instance, execution, act)
    events = [lead, *desk.events(), *last]
    state = _outcome(execution, lead)
    if state is InstanceState.COMPLETED:
        events.append(InstanceCompleted())
    chained, personal = _commit(events, execution.personal(), instance.head)
    records, head = append(
        instance.head, chained, at=as_text(act.at), by=act.by, request=act.request
    )
    after = dataclasses.replace(instance, state=state, head=head)
    return Changes(
        instance=_at_rest(after, execution, act),
        is_new=instance.revision == 0,
        records=records,
        personal=personal,
        new_tasks=desk.created(),
        changed_tasks=(*done, *desk.cancelled(done)),
        waits=wait_changes(instance, execution, act),
    )


def _at_rest(instance: Instance, execution: Execution, act: Act) -> Instance:
    """Give the case as it rests now, with what its variables say of it."""
    values = execution.values()
    properties = act.programs(instance.definition).process.properties
    return dataclasses.replace(
        instance,
        revision=instance.revision + 1,
        number=_text(values.get(properties.get("perkara.nomor", ""))) or instance.number,
        subject=_text(values.get(properties.get("perkara.perihal", ""))) or instance.subject,
        ended_at=None if instance.state is InstanceState.RUNNING else act.at,
        frontier=execution.frontier(),
        variables=execution.variables(),
        is_secret=values.get("sifat") == "rahasia",
    )


def _outcome(execution: Execution, lead: HistoryEvent) -> InstanceState:
    if isinstance(lead, InstanceCancelled):
        return InstanceState.CANCELLED
    return InstanceState.COMPLETED if execution.finished else InstanceState.RUNNING


def _commit(
    events: Iterable[HistoryEvent], personal: frozenset[str], head: Head
) -> tuple[list[HistoryEvent], tuple[PersonalValue, ...]]:
    """Replace personal values in the events by commitments."""
    chained: list[HistoryEvent] = []
    kept: list[PersonalValue] = []
    for offset, event in enumerate(events, 1):
        if isinstance(event, VariablesChanged) and not personal.isdisjoint(event.set):
            salts = [secrets.token_bytes(SALT_BYTES) for _ in event.set]
            hidden, values = hide_personal(event, personal, head, offset, salts)
            chained.append(hidden)
            kept.extend(values)
        elif isinstance(event, DecisionEvaluated) and event.personal:
            salts = [secrets.token_bytes(SALT_BYTES) for _ in event.personal]
            decided, values = hide_decision(event, head, offset, salts)
            chained.append(decided)
            kept.extend(values)
        else:
            chained.append(event)
    return chained, tuple(kept)


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return canonical(value)
    return value if isinstance(value, str) else ""


def _files(values: Mapping[str, Value]) -> frozenset[str]:
    return frozenset(digest for value in values.values() for digest in files_within(value))
