"""Events stand where BPMN has them: what they wait for or throw, what they are attached to, what leads to them.

Sources: BPMN 2.0.2, 10.5.2 (start), 10.5.4 (intermediate and boundary), 10.5.3 (end), 10.6.6 (event-based gateway).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind, TriggerKind
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element
    from engine.rule import Checked, Finding

_HOSTS = (
    DONE_BY_PEOPLE
    | DONE_BY_PROGRAMS
    | {ElementKind.RECEIVE_TASK, ElementKind.SUB_PROCESS, ElementKind.CALL_ACTIVITY}
)
_NEEDS = {ElementKind.BOUNDARY_EVENT, ElementKind.CATCH_EVENT}
_NO_TIMER = {ElementKind.THROW_EVENT, ElementKind.END_EVENT}
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
        if host is None or host.kind not in _HOSTS or host.parent != element.parent:
            yield checked.error("boundary_loose", element, host=element.attached_to)
        if process.arriving(element.id):
            yield checked.error("boundary_entered", element)
    if element.kind is ElementKind.START_EVENT and element.parent and trigger is not None:
        yield checked.error("inner_start_trigger", element)
    if element.kind in _NO_TIMER and trigger is not None and trigger.kind is TriggerKind.TIMER:
        yield checked.error("timer_thrown", element)


def _behind(checked: Checked, gateway: Element) -> Iterator[Finding]:
    process = checked.process
    leaving = process.leaving(gateway.id)
    if len(leaving) < _FEWEST:
        yield checked.error("event_gateway_single", gateway)
    for flow in leaving:
        target = process.elements.get(flow.target)
        if target is None:
            continue
        if target.kind not in _BEHIND_GATEWAY or target.repeats is not None:
            yield checked.error("event_gateway_target", gateway, target=target.name)
        elif process.attached(target.id):
            yield checked.error("event_gateway_attached", gateway, target=target.name)
        elif len(process.arriving(target.id)) > 1:
            yield checked.error("event_gateway_shared", gateway, target=target.name)
        if flow.condition:
            yield checked.error("event_gateway_condition", gateway, target=target.name)
