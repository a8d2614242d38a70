"""What a command does to a case: pure functions from a case at rest to the changes that the store writes."""

from __future__ import annotations

import dataclasses
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from engine.chain import Head, append, hide_personal, instance_chain
from engine.clock import as_text
from engine.errors import ExecutionFailed, InvalidSubmission
from engine.form.file import files_within
from engine.history import (
    HistoryEvent,
    InstanceCancelled,
    InstanceCompleted,
    InstanceStarted,
    UserTaskAssigned,
    UserTaskCancelled,
    UserTaskCompleted,
    UserTaskCreated,
    VariablesChanged,
)
from engine.ids import DefinitionId, LaneId, PersonId, UserTaskId
from engine.spiff.execution import Execution
from engine.store import Changes, Instance, InstanceState
from engine.user_task import TRANSITIONS, TaskState, UserTask
from engine.variables import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zoneinfo import ZoneInfo

    from engine.actor import Actor, Signature
    from engine.chain import PersonalValue
    from engine.ids import AgencyId, InstanceId, RequestId
    from engine.spiff.program import Program
    from engine.variables import Value

SALT_BYTES = 16


class People(Protocol):
    """What a case asks about the agency's people when it lays a task on a desk."""

    def list_groups(self, agency: AgencyId) -> frozenset[str]:
        """Give the ids of posts and units."""
        ...

    def find_person(self, agency: AgencyId, login: str) -> Actor | None:
        """Give the person with this login."""
        ...

    def list_open_tasks(self, instance: InstanceId) -> tuple[UserTask, ...]:
        """Give the open tasks of a case."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One command: who gives it, when, under which request, and what it needs to know about the office."""

    by: Signature
    at: datetime
    request: RequestId
    people: People
    zone: Callable[[], ZoneInfo]
    programs: Callable[[DefinitionId], Program]


def start(instance: InstanceId, program: Program, business_key: str, act: Act) -> Changes:
    """Start a case of a definition and run it to its first rest."""
    definition = program.definition
    execution = Execution(instance, definition.id, act.programs)
    execution.start({})
    lane = program.process.lane_of(program.process.start())
    started = InstanceStarted(
        definition=definition.id,
        key=definition.key,
        version=definition.version,
        digest=definition.digest,
        on_behalf_of=lane.name if lane is not None and lane.recorder else "",
    )
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
    )
    return _settle(fresh, execution, started, act)


def complete(instance: Instance, task: UserTask, values: Mapping[str, Value], act: Act) -> Changes:
    """Finish a user task with the values of its form and run the case to its next rest.

    Raises InvalidSubmission with all problems of the form.
    """
    values = _submitted(task, values, act)
    execution = _load(instance, act)
    token = int(task.id.rpartition("-")[2])
    execution.complete(token, values)
    lead = UserTaskCompleted(
        task=task.id, token=token, element=task.element, on_behalf_of=task.on_behalf_of
    )
    done = move(task, TaskState.COMPLETED, act, holder=act.by)
    changes = _settle(instance, execution, lead, act, (done,))
    return dataclasses.replace(changes, files=_files(values))


def _submitted(task: UserTask, values: Mapping[str, Value], act: Act) -> Mapping[str, Value]:
    """Give the values as the task's form takes them; a task without form takes none."""
    form = act.programs(task.definition).forms.get(task.element)
    if form is not None:
        return form.submit_json(values)
    if values:
        raise InvalidSubmission(
            f"Expected no values for {task.element}, but found some",
            code="submission_without_form",
            task=task.name,
        )
    return values


def cancel(instance: Instance, reason: str, act: Act) -> Changes:
    """Stop a case: every token and every open task is taken away."""
    execution = _load(instance, act)
    execution.cancel()
    return _settle(instance, execution, InstanceCancelled(reason=reason), act)


def note(instance: Instance, task: UserTask, event: HistoryEvent, act: Act) -> Changes:
    """Change who has a task, and nothing else of the case."""
    records, head = append(
        instance.head, [event], at=as_text(act.at), by=act.by, request=act.request
    )
    changed = dataclasses.replace(instance, head=head, revision=instance.revision + 1)
    return Changes(instance=changed, records=records, changed_tasks=(task,))


def move(
    task: UserTask, state: TaskState, act: Act, *, holder: Signature | None = None
) -> UserTask:
    """Give the task in its next state. Raises ValueError for a step that the life cycle does not have."""
    if state not in TRANSITIONS[task.state]:
        raise ValueError(f"Expected a step of a task's life, but {task.state} to {state} is none")
    kept = state is TaskState.CANCELLED
    person = task.holder if kept else _person(holder)
    return dataclasses.replace(
        task,
        state=state,
        holder=person,
        holder_name=task.holder_name if kept else "" if holder is None else holder.name,
        revision=task.revision + 1,
        changed_at=act.at,
    )


def _person(holder: Signature | None) -> PersonId | None:
    return None if holder is None else PersonId(holder.person)


def _load(instance: Instance, act: Act) -> Execution:
    return Execution.load(
        instance.id,
        instance.definition,
        act.programs,
        frontier=instance.frontier,
        variables=instance.variables,
    )


def _settle(
    instance: Instance,
    execution: Execution,
    lead: HistoryEvent,
    act: Act,
    done: tuple[UserTask, ...] = (),
) -> Changes:
    """Turn what an execution did, behind the act that led to it, into changes: desk, history, the case at rest."""
    desk = _Desk(instance, execution, act)
    events = [lead, *desk.events()]
    state = _outcome(execution, lead)
    if state is InstanceState.COMPLETED:
        events.append(InstanceCompleted())
    chained, personal = _commit(events, execution.personal(), instance.head)
    records, head = append(
        instance.head, chained, at=as_text(act.at), by=act.by, request=act.request
    )
    values = execution.values()
    properties = act.programs(instance.definition).process.properties
    after = dataclasses.replace(
        instance,
        state=state,
        revision=instance.revision + 1,
        number=_text(values.get(properties.get("perkara.nomor", ""))) or instance.number,
        subject=_text(values.get(properties.get("perkara.perihal", ""))) or instance.subject,
        ended_at=None if state is InstanceState.RUNNING else act.at,
        frontier=execution.frontier(),
        variables=execution.variables(),
        head=head,
        is_secret=values.get("sifat") == "rahasia",
    )
    return Changes(
        instance=after,
        is_new=instance.revision == 0,
        records=records,
        personal=personal,
        new_tasks=desk.created(),
        changed_tasks=(*done, *desk.cancelled(done)),
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
        else:
            chained.append(event)
    return chained, tuple(kept)


class _Desk:
    """What one execution laid on desks and took away from them."""

    def __init__(self, instance: Instance, execution: Execution, act: Act) -> None:
        self._instance = instance
        self._execution = execution
        self._act = act
        self._created: dict[str, UserTask] = {}
        self._taken: set[str] = set()
        self._events = list(self._seen())

    def events(self) -> list[HistoryEvent]:
        """Give the execution's events, with an assignment behind each task that the drawing gives to a person."""
        return self._events

    def created(self) -> tuple[UserTask, ...]:
        """Give the new tasks that are still there."""
        return tuple(self._created.values())

    def cancelled(self, done: tuple[UserTask, ...]) -> tuple[UserTask, ...]:
        """Give the tasks of earlier commands that are no longer needed."""
        if not self._taken:
            return ()
        finished = {task.id for task in done}
        open_tasks = self._act.people.list_open_tasks(self._instance.id)
        return tuple(
            move(task, TaskState.CANCELLED, self._act)
            for task in open_tasks
            if task.id in self._taken and task.id not in finished
        )

    def _seen(self) -> Iterable[HistoryEvent]:
        for event in self._execution.events:
            yield event
            if isinstance(event, UserTaskCreated):
                task = self._task(event)
                self._created[task.id] = task
                if task.holder is not None:
                    yield UserTaskAssigned(task=task.id, to=task.holder, to_name=task.holder_name)
            elif isinstance(event, UserTaskCancelled) and not self._created.pop(event.task, None):
                self._taken.add(event.task)

    def _task(self, event: UserTaskCreated) -> UserTask:
        assignee = self._known(event)
        return UserTask(
            id=UserTaskId(event.task),
            instance=self._instance.id,
            agency=self._instance.agency,
            definition=DefinitionId(event.definition or self._instance.definition),
            element=event.element,
            name=event.name,
            lane=LaneId(event.lane),
            on_behalf_of=event.on_behalf_of,
            candidate_groups=event.candidate_groups,
            candidate_persons=event.candidate_persons,
            due_at=_due(event, self._act),
            state=TaskState.CREATED if assignee is None else TaskState.CLAIMED,
            holder=None if assignee is None else assignee.person,
            holder_name="" if assignee is None else assignee.name,
            revision=1,
            created_at=self._act.at,
            changed_at=self._act.at,
            sender=self._act.by.name,
            sender_post=self._act.by.post_name,
        )

    def _known(self, event: UserTaskCreated) -> Actor | None:
        """Give the assignee, if there is one. Raises ExecutionFailed for a name that the agency doesn't have."""
        agency, people = self._instance.agency, self._act.people
        groups = people.list_groups(agency) if event.candidate_groups else frozenset()
        logins = {*event.candidate_persons, event.assignee} - {""}
        found = {login: people.find_person(agency, login) for login in logins}
        unknown = set(event.candidate_groups) - groups
        unknown |= {login for login, person in found.items() if person is None}
        if unknown:
            raise ExecutionFailed(
                f"Expected posts, units and persons of the agency, but found {sorted(unknown)}",
                code="group_unknown",
                groups=sorted(unknown),
                element=event.element,
            )
        return found.get(event.assignee)


def _due(event: UserTaskCreated, act: Act) -> datetime | None:
    """Read a due date: a date means the end of that day in the office, a time without zone the office's time."""
    if not event.due:
        return None
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


def _text(value: Value) -> str:
    if isinstance(value, Decimal):
        return canonical(value)
    return value if isinstance(value, str) else ""


def _files(values: Mapping[str, Value]) -> frozenset[str]:
    return frozenset(digest for value in values.values() for digest in files_within(value))
