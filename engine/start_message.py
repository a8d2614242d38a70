"""Start events that wait for a message or signal: from the deployment on a subscription of the process, none of a case.

A new version takes over from the one before. One message can begin cases of one process only; a signal of any number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.alternative import is_closed
from engine.ids import SubscriptionId
from engine.message import Subscription
from engine.process import ElementKind, TriggerKind
from engine.wait import WaitKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime

    from engine.process import Element, Process
    from engine.store import Definition

_KINDS = {TriggerKind.MESSAGE: WaitKind.MESSAGE, TriggerKind.SIGNAL: WaitKind.SIGNAL}


def start_subscriptions(
    new: Iterable[Definition], processes: Mapping[str, Process], now: datetime
) -> tuple[Subscription, ...]:
    """Give what the start events of new versions wait for."""
    return tuple(
        subscription
        for definition in new
        if (subscription := _of(definition, processes[definition.key], now)) is not None
    )


def taken(
    new: Iterable[Definition],
    processes: Mapping[str, Process],
    list_holders: Callable[[str], Iterable[str]],
) -> Iterator[tuple[Definition, Element, str]]:
    """Give the start events whose message begins cases of another process, with that one's key: of the package, or in force.

    `list_holders` gives the keys of the processes in force that a message begins.
    """
    brought = {definition.key: definition for definition in new}
    first: dict[str, str] = {}
    for key, definition in brought.items():
        event = _start(processes[key])
        if event is None or event.trigger is None or event.trigger.kind is not TriggerKind.MESSAGE:
            continue
        name = event.trigger.name
        elsewhere = {holder for holder in list_holders(name) if holder not in brought}
        before = {first.setdefault(name, key)} - {key}
        for other in sorted(elsewhere | before):
            yield definition, event, other


def _of(definition: Definition, process: Process, now: datetime) -> Subscription | None:
    event = _start(process)
    if event is None or event.trigger is None:
        return None
    return Subscription(
        id=SubscriptionId(f"{definition.id}-{event.id}"),
        agency=definition.agency,
        kind=_KINDS[event.trigger.kind],
        name=event.trigger.name,
        key="",
        definition=definition.id,
        element=event.id,
        process=definition.key,
        opened_at=now,
    )


def _start(process: Process) -> Element | None:
    """Give the process's start event if it waits for a message or signal; none of a process that is out of force."""
    if is_closed(process):
        return None
    starts = (e for e in process.inside("") if e.kind is ElementKind.START_EVENT)
    return next((e for e in starts if e.trigger is not None and e.trigger.kind in _KINDS), None)
