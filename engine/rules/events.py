"""Events stand where BPMN has them: what they wait for or throw, what they are attached to, what leads to them.

Sources: BPMN 2.0.2, 10.5.2 (start), 10.5.4 (intermediate and boundary), 10.5.3 (end), 10.6.6 (event-based gateway), and table
10.93 for which trigger may stand where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import (
    AWAITED,
    DONE_BY_PEOPLE,
    DONE_BY_PROGRAMS,
    RAISED,
    ElementKind,
    TriggerKind,
)
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.process import Element, Process
    from engine.rule import Checked, Finding

_HOSTS = (
    DONE_BY_PEOPLE
    | DONE_BY_PROGRAMS
    | {ElementKind.RECEIVE_TASK, ElementKind.SUB_PROCESS, ElementKind.CALL_ACTIVITY}
)
_PLACES: Mapping[ElementKind, frozenset[TriggerKind]] = {
    ElementKind.START_EVENT: AWAITED,
    ElementKind.CATCH_EVENT: AWAITED | {TriggerKind.LINK},
    ElementKind.BOUNDARY_EVENT: AWAITED | RAISED,
    ElementKind.RECEIVE_TASK: frozenset({TriggerKind.MESSAGE}),
    ElementKind.THROW_EVENT: frozenset(
        {TriggerKind.MESSAGE, TriggerKind.SIGNAL, TriggerKind.ESCALATION, TriggerKind.LINK}
    ),
    ElementKind.END_EVENT: frozenset({TriggerKind.MESSAGE, TriggerKind.SIGNAL}) | RAISED,
}
"""The triggers that may stand at each position; the start of an event sub-process may also catch what is raised."""

_NEEDS = {ElementKind.BOUNDARY_EVENT, ElementKind.CATCH_EVENT}
_BEHIND_GATEWAY = {ElementKind.CATCH_EVENT, ElementKind.RECEIVE_TASK}
_FEWEST = 2


def check(checked: Checked) -> Iterator[Finding]:
    """Find events without trigger or with several, at a wrong place, and gateways for events with something else behind."""
    several = _several(checked)
    for element in checked.process.elements.values():
        if element.id in several:
            yield checked.error("event_several", element)
        elif element.kind in _NEEDS and element.trigger is None:
            yield checked.error("event_without_trigger", element)
        yield from _placed(checked, element)
        if element.kind is ElementKind.EVENT_GATEWAY:
            yield from _behind(checked, element)


def _several(checked: Checked) -> set[str]:
    """Give the ids of events with more than one event definition."""
    found = set()
    for node in checked.node.iter():
        definitions = [n for n in node if isinstance(n.tag, str) and _is_definition(n.tag)]
        if len(definitions) > 1:
            found.add(node.get("id", ""))
    return found


def _is_definition(tag: str) -> bool:
    return tag.startswith(BPMN) and tag.endswith("EventDefinition")


def _placed(checked: Checked, element: Element) -> Iterator[Finding]:
    trigger, process = element.trigger, checked.process
    if element.kind is ElementKind.BOUNDARY_EVENT:
        host = process.elements.get(element.attached_to)
        fits = host is not None and host.kind in _HOSTS and not host.by_event
        if host is None or not fits or host.parent != element.parent:
            yield checked.error("boundary_loose", element, host=element.attached_to)
        if process.arriving(element.id):
            yield checked.error("boundary_entered", element)
    handles = _handles(element, process)
    inner = element.kind is ElementKind.START_EVENT and element.parent
    if inner and trigger is not None and not handles:
        yield checked.error("inner_start_trigger", element)
        return
    allowed = _PLACES.get(element.kind, frozenset()) | (RAISED if handles else frozenset())
    if trigger is not None and trigger.kind not in allowed:
        if trigger.kind is TriggerKind.TIMER:
            yield checked.error("timer_thrown", element)
        else:
            yield checked.error("event_place", element, kind=trigger.kind.value)


def _handles(element: Element, process: Process) -> bool:
    """Tell whether an event begins an event sub-process."""
    around = process.elements.get(element.parent)
    return element.kind is ElementKind.START_EVENT and around is not None and around.by_event


def _behind(checked: Checked, gateway: Element) -> Iterator[Finding]:
    process = checked.process
    leaving = process.leaving(gateway.id)
    if len(leaving) < _FEWEST:
        yield checked.error("event_gateway_single", gateway)
    for flow in leaving:
        target = process.elements.get(flow.target)
        if target is None:
            continue
        linked = target.trigger is not None and target.trigger.kind is TriggerKind.LINK
        if target.kind not in _BEHIND_GATEWAY or target.repeated or linked:
            yield checked.error("event_gateway_target", gateway, target=target.name)
        elif process.attached(target.id):
            yield checked.error("event_gateway_attached", gateway, target=target.name)
        elif len(process.arriving(target.id)) > 1:
            yield checked.error("event_gateway_shared", gateway, target=target.name)
        if flow.condition:
            yield checked.error("event_gateway_condition", gateway, target=target.name)
