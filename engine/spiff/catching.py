"""What the events of a process wait for and throw, compiled: timers, messages, signals and the work of service tasks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.errors import ExecutionFailed
from engine.expression import Expression, Language, compile_literal_or_expression, compile_text
from engine.process import (
    AWAITED,
    CATCHING,
    DONE_BY_PROGRAMS,
    THROWING,
    Element,
    ElementKind,
    Process,
    TriggerKind,
)
from engine.spiff.normalise import BODY
from engine.timer import Occurrence, TimerInvalid, TimerKind, first
from engine.wait import Wait, WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from engine.decision import DecisionRef, StoredDecision
    from engine.ids import DefinitionId, DeploymentId
    from engine.spiff.asking import Asking
    from engine.variables import Value

KEY = "pesan.kunci"
"""Property of a message event: an expression that tells which message is meant; without it the case's business key."""

CARRIED = "pesan.isi"
"""Property of a throwing message event: the variables that the message carries, with commas between."""

STATED = "batas.ditetapkan"
"""Property of a timer event: `tidak` when no document states its length, so that the office may set its own."""

_KINDS = {
    TriggerKind.TIMER: WaitKind.TIMER,
    TriggerKind.MESSAGE: WaitKind.MESSAGE,
    TriggerKind.SIGNAL: WaitKind.SIGNAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a wait depends on beside the case's variables.

    `length_of` gives the office's own length for a process key and an element, or ''. `decision_of` gives the decision that
    a drawing of a deployment means, or None. `values_of` gives what the office has set for a process by its key
    (`engine.office_value`), by name.
    """

    now: datetime
    zone: Callable[[], ZoneInfo]
    business_key: str
    length_of: Callable[[str, str], str]
    decision_of: Callable[[DecisionRef, DeploymentId], StoredDecision | None] = (
        lambda _reference, _deployment: None
    )
    values_of: Callable[[str], Mapping[str, Value]] = lambda _process: {}

    @property
    def local(self) -> datetime:
        """The moment in the agency's zone."""
        return self.now.astimezone(self.zone())


@dataclass(frozen=True, slots=True, kw_only=True)
class Catching:
    """What one event or task waits for. `name` is a message's, a signal's or a topic; `text` that of a timer."""

    element: str
    kind: WaitKind
    name: Expression | None = None
    key: Expression | None = None
    timer: TimerKind | None = None
    text: Expression | None = None
    is_open: bool = False
    """Whether the office may set its own length."""

    def open(
        self,
        token: int,
        definition: DefinitionId,
        process: str,
        view: Mapping[str, Value],
        asking: Asking,
    ) -> Wait:
        """Begin to wait. Raises ExecutionFailed for a wrong timer."""
        circumstances, at = asking.circumstances, self.element
        if self.timer is None:
            key = asking.text(self.key, view, at) if self.key else circumstances.business_key
            return Wait(
                kind=self.kind,
                token=token,
                element=self.element,
                definition=definition,
                name=asking.text(self.name, view, at),
                key=key if self.kind is WaitKind.MESSAGE else "",
            )
        own = circumstances.length_of(process, self.element) if self.is_open else ""
        text = own or asking.text(self.text, view, at)
        try:
            found = first(self.timer, text, now=circumstances.now, zone=circumstances.zone())
        except TimerInvalid as error:
            raise ExecutionFailed(
                str(error), code=error.code, element=self.element, **error.params
            ) from error
        wait = timed(token, self.element, self.timer, definition, found)
        return replace(wait, is_setting=bool(own))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catchings:
    """What a token at an element waits for: by the element itself, and by the boundary events attached to it."""

    own: tuple[Catching, ...] = ()
    attached: tuple[Catching, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Throwing:
    """What an event throws; without `key` a message has the case's business key."""

    element: str
    kind: WaitKind
    name: Expression | None
    key: Expression | None
    carried: tuple[str, ...]

    def named(self, view: Mapping[str, Value], asking: Asking) -> str:
        """Give the name of the message or signal."""
        return asking.text(self.name, view, self.element)

    def key_of(self, view: Mapping[str, Value], asking: Asking) -> str:
        """Give the key that a message carries, '' for a signal."""
        if self.kind is WaitKind.SIGNAL:
            return ""
        if self.key is None:
            return asking.circumstances.business_key
        return asking.text(self.key, view, self.element)


def timed(
    token: int, element: str, timer: TimerKind, definition: DefinitionId, at: Occurrence
) -> Wait:
    """Give the wait for an occurrence of a timer."""
    return Wait(
        kind=WaitKind.TIMER,
        token=token,
        element=element,
        definition=definition,
        due_at=at.due_at,
        timer=timer,
        text=at.text,
        left=at.left,
    )


def compile_catchings(process: Process) -> dict[str, Catchings]:
    """Give what tokens wait for, by element; a start event's trigger is no token's. Raises ExpressionInvalid."""
    found = {}
    for element in process.elements.values():
        own = tuple(_own(element, process))
        attached = tuple(
            catching
            for event in process.attached(element.id)
            if (catching := compile_catching(event)) is not None
        )
        if own or attached:
            found[element.id] = Catchings(own=own, attached=attached)
    for level in {e.parent for e in process.elements.values() if e.by_event}:
        handlers = process.started_by_events(level)
        starting = (compile_catching(start) for _, start in handlers)
        found[level + BODY] = Catchings(attached=tuple(c for c in starting if c is not None))
    return found


def _own(element: Element, process: Process) -> Iterator[Catching]:
    if element.kind is ElementKind.EVENT_GATEWAY:
        for flow in process.leaving(element.id):
            yield from _own(process.elements[flow.target], process)
    elif element.kind in {ElementKind.CATCH_EVENT, ElementKind.RECEIVE_TASK}:
        catching = compile_catching(element)
        if catching is not None:
            yield catching
    elif element.kind in DONE_BY_PROGRAMS:
        yield Catching(
            element=element.id,
            kind=WaitKind.WORK,
            name=compile_literal_or_expression(element.topic, Language.JUEL),
        )


def compile_catching(element: Element) -> Catching | None:
    """Compile what an event waits for; None for one that waits for nothing. Raises ExpressionInvalid."""
    trigger = element.trigger
    if trigger is None or element.kind not in CATCHING or trigger.kind not in AWAITED:
        return None
    key = element.properties.get(KEY)
    is_timer = trigger.kind is TriggerKind.TIMER
    return Catching(
        element=element.id,
        kind=_KINDS[trigger.kind],
        name=None if is_timer else _literal(trigger.name),
        key=compile_text(key, default=None) if key else None,
        timer=TimerKind(trigger.timer) if is_timer else None,
        text=_literal(trigger.text) if is_timer else None,
        is_open=element.properties.get(STATED) == "tidak",
    )


def compile_throwings(process: Process) -> dict[str, Throwing]:
    """Give what the events of a process throw, by element. Raises ExpressionInvalid."""
    return {
        element.id: throwing
        for element in process.elements.values()
        if (throwing := compile_throwing(element)) is not None
    }


def compile_throwing(element: Element) -> Throwing | None:
    """Compile what an event throws; None for one that throws nothing. Raises ExpressionInvalid."""
    trigger = element.trigger
    if trigger is None or element.kind not in THROWING or trigger.kind not in AWAITED:
        return None
    key = element.properties.get(KEY)
    carried = element.properties.get(CARRIED, "").split(",")
    return Throwing(
        element=element.id,
        kind=_KINDS[trigger.kind],
        name=_literal(trigger.name),
        key=compile_text(key, default=None) if key else None,
        carried=tuple(name for each in carried if (name := each.strip())),
    )


def _literal(text: str) -> Expression | None:
    return compile_literal_or_expression(text, Language.JUEL) if text else None
