"""A process that calls itself, directly or round about, waits for something on the way; without, it would never come to rest."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from engine.decision.stored import Binding
from engine.process import AWAITED, DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind
from engine.rule import Severity
from engine.version import means_brought

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.process import Element, Process
    from engine.rule import Checked, Finding

_WAITING = DONE_BY_PEOPLE | DONE_BY_PROGRAMS | {ElementKind.EVENT_GATEWAY, ElementKind.RECEIVE_TASK}
"""What a token stops at; catching events are looked at by their trigger."""

_INSIDE = " inside"
"""Behind a sub-process's or called activity's id: the place after its end (no BPMN id has a space)."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find calls that come back to their own process; with a wait on the way that is a warning, for the depth has a limit."""
    package = {process.key: process for process in checked.package}
    for element in checked.process.elements.values():
        called = _called(checked, element, package)
        if called is None:
            continue
        if checked.process.key in _reached(checked, called, package, at_once=False):
            endless = _reached(checked, called, package, at_once=True)
            if checked.process.key in endless and element.id in _passed(checked.process):
                yield checked.error("call_endless", element, process=called)
            else:
                place = (element.id, element.name, element.line)
                yield checked.at(Severity.WARNING, "call_itself", *place, process=called)


def _called(checked: Checked, element: Element, package: Mapping[str, Process]) -> str | None:
    """Give the process of the package that an element calls; what is in force already can't call what is not there yet."""
    call = element.call
    if call is None or call.key not in package:
        return None
    asks = checked.versions_of is not None and call.binding is Binding.VERSION
    versions = checked.versions_of(call.key) if asks and checked.versions_of else ()
    return call.key if means_brought(call, package[call.key], versions) else None


def _reached(
    checked: Checked, first: str, package: Mapping[str, Process], *, at_once: bool
) -> set[str]:
    """Give the processes that a process comes to by calls, itself too; `at_once`: by calls before which nothing is waited for."""
    reached, to_see = {first}, [first]
    while to_see:
        process = package[to_see.pop()]
        passed = _passed(process) if at_once else process.elements.keys()
        calls = (_called(checked, process.elements[each], package) for each in passed)
        fresh = {call for call in calls if call} - reached
        reached |= fresh
        to_see += fresh
    return reached


def _passed(process: Process) -> set[str]:
    """Give the elements that a token comes to, from the beginning, before anything is waited for.

    Behind a call nobody knows: that it ends without a wait is not taken for granted.
    """
    steps = defaultdict[str, set[str]](set)
    for source, target in _steps(process):
        steps[source].add(target)
    start = process.find_start()
    seen: set[str] = set()
    to_see = set() if start is None else {start.id}
    while to_see:
        here = to_see.pop()
        seen.add(here)
        to_see |= steps[here] - seen
    return seen & process.elements.keys()


def _steps(process: Process) -> Iterable[tuple[str, str]]:
    """Give the steps from place to place that take no time."""
    for flow in process.flows.values():
        source = process.elements.get(flow.source)
        if source is not None and not _waits(source):
            is_level = source.kind in (ElementKind.SUB_PROCESS, ElementKind.CALL_ACTIVITY)
            yield f"{source.id}{_INSIDE}" if is_level else source.id, flow.target
    for element in process.elements.values():
        if element.kind is ElementKind.SUB_PROCESS and not element.by_event:
            start = process.find_start(element.id)
            yield from () if start is None else [(element.id, start.id)]
        if element.kind is ElementKind.END_EVENT and element.parent:
            yield element.id, f"{element.parent}{_INSIDE}"
        for event in process.attached(element.id):
            yield element.id, event.id


def _waits(element: Element) -> bool:
    trigger = element.trigger
    catches = element.kind in (ElementKind.CATCH_EVENT, ElementKind.BOUNDARY_EVENT)
    return element.kind in _WAITING or (catches and trigger is not None and trigger.kind in AWAITED)
