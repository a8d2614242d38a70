"""Replay: what a case was at any moment, folded from its history alone (DESIGN.md 5.5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import singledispatch
from typing import TYPE_CHECKING

from engine import history
from engine.store import InstanceState
from engine.user_task import TaskState
from engine.variables import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.actor import Signature
    from engine.chain import Record
    from engine.variables import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    """A token on an element: in which scope, by which flow it came, since when."""

    element: str
    scope: int
    flow: str
    part_of: int
    since: str


@dataclass(slots=True, kw_only=True)
class TaskMoment:
    """A user task as it stood; `signature` is who changed it last."""

    element: str
    lane: str
    state: TaskState
    holder: str
    holder_name: str
    since: str
    signature: Signature | None


@dataclass(slots=True, kw_only=True)
class ScopeMoment:
    """A scope: the one around it, the definition of a called process, and its variables."""

    parent: int
    token: int
    definition: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Latest:
    """What the latest act that moved tokens has counted, so that it can be taken back."""

    visits: Counter[tuple[str, str]] = field(default_factory=Counter)
    flows: Counter[tuple[str, str]] = field(default_factory=Counter)
    is_undoing: bool = False
    """Whether that act took another one back: its tokens stand where they stood, and took no flow."""


@dataclass(slots=True, kw_only=True)
class Moment:
    """A case after some of its history.

    `visits` counts how often each element was done, `flows` how often each flow was taken; both are keyed by definition
    ('' for the case's own) and id, because a called process has a drawing of its own. A step that was taken back counts
    as never done. A personal value that was erased is None and its key is in `erased`.
    """

    seq: int = 0
    at: str = ""
    state: InstanceState = InstanceState.RUNNING
    definition: str = ""
    active: dict[int, Active] = field(default_factory=dict)
    scopes: dict[int, ScopeMoment] = field(default_factory=dict)
    tasks: dict[str, TaskMoment] = field(default_factory=dict)
    visits: Counter[tuple[str, str]] = field(default_factory=Counter)
    flows: Counter[tuple[str, str]] = field(default_factory=Counter)
    erased: set[str] = field(default_factory=set)
    latest: Latest = field(default_factory=Latest)

    def variables(self, scope: int = 0) -> Mapping[str, Value]:
        """Give the variables of a scope, without those around it."""
        return self.scopes[scope].values

    def drawing_of(self, scope: int) -> str:
        """Give the called definition whose elements run in a scope, or '' for the case's own."""
        while scope and not self.scopes[scope].definition:
            scope = self.scopes[scope].parent
        return self.scopes[scope].definition if scope else ""


def fold(
    records: Iterable[Record],
    personal: Mapping[tuple[int, str], bytes],
    moment: Moment | None = None,
) -> Moment:
    """Fold records, in order, onto a moment (a new one to begin with), which is changed and given back.

    `personal` holds the values that the records only commit to, by record number and key.
    """
    moment = moment or Moment(scopes={0: ScopeMoment(parent=0, token=0, definition="")})
    signature: Signature | None = None
    for record in records:
        signature = record.by or signature
        moment.seq, moment.at = record.seq, record.at
        _apply(
            record.event, moment, _Context(record=record, signature=signature, personal=personal)
        )
    return moment


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    record: Record
    signature: Signature | None
    personal: Mapping[tuple[int, str], bytes]


@singledispatch
def _apply(event: history.HistoryEvent, moment: Moment, context: _Context) -> None:
    """Change the moment by one event; an event that changes nothing of a case's state is ignored."""


@_apply.register
def _(event: history.InstanceStarted, moment: Moment, _context: _Context) -> None:
    moment.definition = event.definition


@_apply.register
def _(_event: history.InstanceCompleted, moment: Moment, _context: _Context) -> None:
    moment.state = InstanceState.COMPLETED


@_apply.register
def _(_event: history.InstanceCancelled, moment: Moment, _context: _Context) -> None:
    moment.state = InstanceState.CANCELLED


@_apply.register
def _(event: history.ElementActivated, moment: Moment, context: _Context) -> None:
    moment.active[event.token] = Active(
        element=event.element,
        scope=event.scope,
        flow=event.flow,
        part_of=event.part_of,
        since=context.record.at,
    )
    if event.flow and not moment.latest.is_undoing:
        taken = (moment.drawing_of(event.scope), event.flow)
        moment.flows[taken] += 1
        moment.latest.flows[taken] += 1


@_apply.register
def _(event: history.ElementCompleted, moment: Moment, _context: _Context) -> None:
    done = moment.active.pop(event.token)
    visited = (moment.drawing_of(done.scope), done.element)
    moment.visits[visited] += 1
    moment.latest.visits[visited] += 1


@_apply.register
def _(event: history.ElementMerged, moment: Moment, _context: _Context) -> None:
    del moment.active[event.token]


@_apply.register
def _(event: history.ElementCancelled, moment: Moment, _context: _Context) -> None:
    del moment.active[event.token]


@_apply.register
def _(event: history.ScopeOpened, moment: Moment, _context: _Context) -> None:
    moment.scopes[event.scope] = ScopeMoment(
        parent=event.parent, token=event.token, definition=event.definition
    )


@_apply.register
def _(event: history.ScopeClosed, moment: Moment, _context: _Context) -> None:
    del moment.scopes[event.scope]


@_apply.register
def _(event: history.VariablesChanged, moment: Moment, context: _Context) -> None:
    values = moment.scopes[event.scope].values
    values.update(event.set)
    moment.erased.difference_update(event.set, event.removed)
    for key in event.removed:
        values.pop(key, None)
    for key in event.personal:
        kept = context.personal.get((context.record.seq, key))
        values[key] = None if kept is None else load(kept)
        (moment.erased.add if kept is None else moment.erased.discard)(key)


@_apply.register
def _(event: history.UserTaskCreated, moment: Moment, context: _Context) -> None:
    moment.tasks[event.task] = TaskMoment(
        element=event.element,
        lane=event.lane,
        state=TaskState.CREATED,
        holder="",
        holder_name="",
        since=context.record.at,
        signature=None,
    )


@_apply.register
def _(event: history.UserTaskClaimed, moment: Moment, context: _Context) -> None:
    signature = context.signature
    _move(moment.tasks[event.task], TaskState.CLAIMED, context)
    if signature is not None:
        _hold(moment.tasks[event.task], signature.person, signature.name)


@_apply.register
def _(event: history.UserTaskUnclaimed, moment: Moment, context: _Context) -> None:
    _move(moment.tasks[event.task], TaskState.CREATED, context)
    _hold(moment.tasks[event.task], "", "")


@_apply.register
def _(event: history.UserTaskAssigned, moment: Moment, context: _Context) -> None:
    _move(moment.tasks[event.task], TaskState.CLAIMED, context)
    _hold(moment.tasks[event.task], event.to, event.to_name)


@_apply.register
def _(event: history.UserTaskCompleted, moment: Moment, context: _Context) -> None:
    moment.latest = Latest()
    _move(moment.tasks[event.task], TaskState.COMPLETED, context)


@_apply.register
def _(event: history.UserTaskRetracted, moment: Moment, context: _Context) -> None:
    moment.visits -= moment.latest.visits
    moment.flows -= moment.latest.flows
    moment.latest = Latest(is_undoing=True)
    moment.state = InstanceState.RUNNING
    _move(moment.tasks[event.task], TaskState.CANCELLED, context)


@_apply.register
def _(event: history.UserTaskCancelled, moment: Moment, context: _Context) -> None:
    _move(moment.tasks[event.task], TaskState.CANCELLED, context)


def _move(task: TaskMoment, state: TaskState, context: _Context) -> None:
    task.state = state
    task.since = context.record.at
    task.signature = context.signature


def _hold(task: TaskMoment, holder: str, name: str) -> None:
    task.holder = holder
    task.holder_name = name
