"""The waits of a case while a command works on it: opened when a token arrives, closed when it leaves, come true by `fire`.

They are written with their token (`internal_data["waits"]`): by element, the row that `_row` gives. `opened` and `closed`
is what the command changed, by token and element; `thrown` is what goes out to other cases.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.clock import as_text, from_text
from engine.errors import WrongState
from engine.history import (
    HistoryEvent,
    IncidentResolved,
    MessageAwaited,
    MessageSent,
    SignalAwaited,
    SignalSent,
    TimerScheduled,
    WorkRequested,
)
from engine.incident import Resolution
from engine.process import ElementKind
from engine.spiff.catching import timed
from engine.spiff.normalise import place_of, spec_name
from engine.timer import Occurrence, TimerKind, following
from engine.wait import Outgoing, Wait, WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.ids import DefinitionId
    from engine.process import Element
    from engine.spiff.asking import Asking
    from engine.spiff.catching import Catching
    from engine.spiff.program import Program
    from engine.spiff.scopes import Scopes
    from engine.spiff.workflow import Token, Workflow
    from engine.variables import Value

WAITS = "waits"
INCIDENTS = "incidents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """A wait that came true; `missed` occurrences of a cycle were skipped."""

    wait: Wait
    missed: int = 0


class Waits:
    """All that the tokens of one case wait for besides people."""

    def __init__(
        self,
        scopes: Scopes,
        asking: Asking,
        record: Callable[[HistoryEvent], None],
    ) -> None:
        self._scopes = scopes
        self._asking = asking
        self._record = record
        self.opened: dict[tuple[int, str], Wait] = {}
        self.closed: dict[tuple[int, str], Wait] = {}
        self.thrown: list[Outgoing] = []
        self.resolved: list[str] = []

    def arrive(self, token: Token) -> None:
        """Begin to wait for what the element of a token says; one that was there before goes on as it was."""
        program = self._scopes.program(token.scope)
        kept = token.internal_data.get(WAITS)
        if kept is not None:
            for element, row in kept.items():
                self._open(token, _wait(row, token, element, program))
            return
        for catching in _catchings(token, program):
            wait = catching.open(
                token.id,
                program.definition.id,
                program.definition.key,
                self._scopes.view(token.scope),
                self._asking,
            )
            self._open(token, wait)

    def leave(self, token: Token) -> None:
        """Wait no more for anything that a token waited for; incidents at it are over."""
        program = None
        for element, row in token.internal_data.pop(WAITS, {}).items():
            program = program or self._scopes.program(token.scope)
            self._close(_wait(row, token, element, program))
        for incident in token.internal_data.pop(INCIDENTS, {}).values():
            self._record(IncidentResolved(incident=incident, how=Resolution.LEFT))
            self.resolved.append(incident)

    def throw(self, token: Token) -> None:
        """Throw what the event of a token says."""
        program = self._scopes.program(token.scope)
        element = program.element_of(token).id
        throwing = program.throws.get(element)
        if throwing is None:
            return
        view = self._scopes.view(token.scope)
        name = throwing.named(view, self._asking)
        key = throwing.key_of(view, self._asking)
        values = {name: view.get(name) for name in throwing.carried}
        self.thrown.append(
            Outgoing(
                kind=throwing.kind,
                token=token.id,
                element=element,
                name=name,
                key=key,
                values=values,
            )
        )
        if throwing.kind is WaitKind.MESSAGE:
            self._record(MessageSent(token=token.id, element=element, name=name, key=key))
        else:
            self._record(SignalSent(token=token.id, element=element, name=name))

    def fire(
        self, workflow: Workflow, number: int, element: str, values: Mapping[str, Value]
    ) -> Fired:
        """Let a wait come true: the token goes on, or one at the boundary event begins. Raises WrongState (`wait_gone`)."""
        token = self.get_waiting(workflow, number, element)
        row = token.internal_data[WAITS][element]
        program = self._scopes.program(token.scope)
        wait = _wait(row, token, element, program)
        event = program.process.elements[element]
        if event.kind not in {ElementKind.BOUNDARY_EVENT, ElementKind.START_EVENT}:
            self._scopes.assign(token.scope, values)
            token.task_spec.go_on(token, element)
            return Fired(wait=wait)
        self._scopes.assign(self._scopes.around(token), values)
        missed = 0 if event.interrupts else self._again(token, wait, program)
        name = spec_name(program.definition.id, begins_at(event))
        workflow.branch(token, name, interrupts=event.interrupts)
        return Fired(wait=wait, missed=missed)

    def get_waiting(self, workflow: Workflow, number: int, element: str) -> Token:
        """Give the token that waits for an element. Raises WrongState (`wait_gone`)."""
        token = workflow.find_token(number)
        if token is None or element not in token.internal_data.get(WAITS, {}):
            raise WrongState(
                f"Expected a token {number} that waits for {element}, but there is none",
                code="wait_gone",
                element=element,
            )
        return token

    def all(self, workflow: Workflow) -> Iterator[Wait]:
        """Give everything that the case waits for now, besides people."""
        for tree in workflow.trees():
            for token in tree.live.values():
                for element, row in token.internal_data.get(WAITS, {}).items():
                    yield _wait(row, token, element, self._scopes.program(token.scope))

    def mark(self, token: Token, element: str, incident: str) -> None:
        """Note an incident at an element of a token; with '' the one there is over."""
        marks = {**token.internal_data.get(INCIDENTS, {}), element: incident}
        if not incident:
            del marks[element]
        token.internal_data[INCIDENTS] = marks

    def _again(self, token: Token, wait: Wait, program: Program) -> int:
        """Wait for the next occurrence of a cycle; a message and a signal can come again. Gives how many were skipped."""
        if wait.due_at is None or wait.timer is None:
            return 0
        fired = Occurrence(due_at=wait.due_at, left=wait.left, text=wait.text)
        now, zone = self._asking.circumstances.now, self._asking.circumstances.zone()
        then, missed = following(wait.timer, wait.text, fired, now=now, zone=zone)
        if then is None:
            self._close(wait)
            rows = {**token.internal_data[WAITS]}
            del rows[wait.element]
            token.internal_data[WAITS] = rows
        else:
            again = timed(token.id, wait.element, wait.timer, program.definition.id, then)
            self._open(token, replace(again, is_setting=wait.is_setting))
        return missed

    def _open(self, token: Token, wait: Wait) -> None:
        rows = token.internal_data.get(WAITS, {})
        token.internal_data[WAITS] = {**rows, wait.element: _row(wait)}
        self.opened[token.id, wait.element] = wait
        self._record(_told(wait))

    def _close(self, wait: Wait) -> None:
        place = (wait.token, wait.element)
        if self.opened.pop(place, None) is None:
            self.closed[place] = wait


def begins_at(event: Element) -> str:
    """Give where a token begins when an event at the border of something comes true: at itself, or at its event sub-process."""
    return event.parent if event.kind is ElementKind.START_EVENT else event.id


def _catchings(token: Token, program: Program) -> tuple[Catching, ...]:
    """Give what a token itself is to wait for: the repetition has the boundary events, each of its children the rest."""
    found = program.waits.get(place_of(token.task_spec.name))
    if found is None or token.task_spec.passes(token):
        return ()
    own = () if token.task_spec.repeats else found.own
    return own if token.triggered else (*own, *found.attached)


def _told(wait: Wait) -> HistoryEvent:
    if wait.due_at is not None:
        return TimerScheduled(
            token=wait.token,
            element=wait.element,
            due=as_text(wait.due_at),
            length=wait.text,
            left=wait.left,
            is_setting=wait.is_setting,
        )
    if wait.kind is WaitKind.MESSAGE:
        return MessageAwaited(token=wait.token, element=wait.element, name=wait.name, key=wait.key)
    if wait.kind is WaitKind.SIGNAL:
        return SignalAwaited(token=wait.token, element=wait.element, name=wait.name)
    return WorkRequested(token=wait.token, element=wait.element, topic=wait.name)


def _row(wait: Wait) -> list[Any]:
    """Write a wait as it stands in the frontier: kind, then name and key, or what there is of a timer.

    That is its due time, kind, text, times left, and whether its length is the office's own.
    """
    if wait.due_at is None:
        return [wait.kind.value, wait.name, wait.key]
    kind = "" if wait.timer is None else wait.timer.value
    return [wait.kind.value, as_text(wait.due_at), kind, wait.text, wait.left, int(wait.is_setting)]


def _wait(row: list[Any], token: Token, element: str, program: Program) -> Wait:
    return read_wait(row, token.id, element, program.definition.id)


def read_wait(row: list[Any], token: int, element: str, definition: DefinitionId) -> Wait:
    """Read what `_row` wrote."""
    kind = WaitKind(row[0])
    wait = Wait(kind=kind, token=token, element=element, definition=definition)
    if kind is not WaitKind.TIMER:
        return replace(wait, name=row[1], key=row[2])
    return replace(
        wait,
        due_at=from_text(row[1]),
        timer=TimerKind(row[2]),
        text=row[3],
        left=row[4],
        is_setting=bool(row[5]),
    )
