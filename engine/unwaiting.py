"""Where a case goes round without ever waiting: circles of elements that do their work by themselves, at once.

A circle that counts is legal; one command takes at most `engine.spiff.workflow`'s steps, and a case that goes round longer
becomes an incident.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.known import made_by
from engine.process import AWAITED, DONE_BY_PEOPLE, DONE_BY_PROGRAMS, ElementKind
from engine.spiff.program import compile_condition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.process import Element, Process

_JOINS = {ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY}
_WAITING = (
    DONE_BY_PEOPLE
    | DONE_BY_PROGRAMS
    | {ElementKind.RECEIVE_TASK, ElementKind.EVENT_GATEWAY, ElementKind.CALL_ACTIVITY}
)
"""What waits, or may; what a called process does is its own affair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Elements that lead back to each other without a wait, in document order.

    It `is_endless` when nothing in it changes anything that the conditions on its ways hang on: taken once, it is never left.
    """

    elements: tuple[Element, ...]
    is_endless: bool


def circles(process: Process) -> Iterator[Circle]:
    """Give the circles without a wait of a process and its sub-processes; those that share an element are one."""
    passed = _passed(process)
    next_ones = {
        ident: tuple(f.target for f in process.leaving(ident) if f.target in passed)
        for ident in passed
    }
    for part in components(next_ones):
        if len(part) > 1 or any(ident in next_ones[ident] for ident in part):
            elements = tuple(e for e in process.elements.values() if e.id in part)
            yield Circle(elements=elements, is_endless=_is_endless(process, elements))


def components(next_ones: Mapping[str, Iterable[str]]) -> Iterator[frozenset[str]]:
    """Give the strongly connected parts of a graph, each node in one (Kosaraju: walked forwards, then backwards)."""
    backwards: dict[str, list[str]] = {node: [] for node in next_ones}
    for node, targets in next_ones.items():
        for target in targets:
            backwards[target].append(node)
    seen: set[str] = set()
    left = [node for root in next_ones for node in _left_in_order(root, next_ones, seen)]
    seen = set()
    for root in reversed(left):
        if part := frozenset(_left_in_order(root, backwards, seen)):
            yield part


def _left_in_order(
    root: str, next_ones: Mapping[str, Iterable[str]], seen: set[str]
) -> Iterator[str]:
    """Give the nodes that are reached and not seen yet, in the order in which a walk leaves them for good."""
    walk = [] if root in seen else [(root, iter(next_ones[root]))]
    seen.add(root)
    while walk:
        node, targets = walk[-1]
        target = next((each for each in targets if each not in seen), None)
        if target is None:
            walk.pop()
            yield node
        else:
            seen.add(target)
            walk.append((target, iter(next_ones[target])))


def _passed(process: Process) -> set[str]:
    """Give the elements that a case passes at once, sub-processes by a way inside that does so."""
    depths = {ident: _depth(process, ident) for ident in process.elements}
    passed: set[str] = set()
    for ident in sorted(depths, key=lambda each: -depths[each]):
        element = process.elements[ident]
        if element.kind is ElementKind.SUB_PROCESS:
            if not element.by_event and _is_passed(process, element, passed):
                passed.add(ident)
        elif not _waits(process, element):
            passed.add(ident)
    return passed


def _depth(process: Process, ident: str) -> int:
    depth = 0
    while parent := process.elements[ident].parent:
        depth, ident = depth + 1, parent
    return depth


def _waits(process: Process, element: Element) -> bool:
    """Tell whether a case may wait at an element; where ways meet, it waits for the other ones."""
    trigger = element.trigger
    if element.topic or (element.kind in _JOINS and len(process.arriving(element.id)) > 1):
        return True
    if element.kind in DONE_BY_PROGRAMS and element.script:
        return False
    is_caught = element.kind in {ElementKind.CATCH_EVENT, ElementKind.BOUNDARY_EVENT}
    return element.kind in _WAITING or (
        is_caught and trigger is not None and trigger.kind in AWAITED
    )


def _is_passed(process: Process, around: Element, passed: set[str]) -> bool:
    """Tell whether a way leads from the start of a sub-process to an end of it by elements that are passed."""
    start = process.find_start(around.id)
    waiting = [] if start is None else [start.id]
    seen: set[str] = set()
    while waiting:
        ident = waiting.pop()
        if ident in seen or ident not in passed:
            continue
        seen.add(ident)
        if process.elements[ident].kind is ElementKind.END_EVENT:
            return True
        waiting.extend(flow.target for flow in process.leaving(ident))
    return False


def _is_endless(process: Process, circle: tuple[Element, ...]) -> bool:
    inside = {element.id for element in circle}
    changed: set[str] = set()
    for element in process.elements.values():
        if element.id in inside or _is_within(process, element, inside):
            changed.update(made_by(element, None))
    asked = [f for e in circle for f in process.leaving(e.id) if f.condition]
    try:
        conditions = [compile_condition(flow, process) for flow in asked]
    except ExpressionInvalid:
        return False
    return not any(c.asks_now or changed & (c.names | c.filter_names) for c in conditions)


def _is_within(process: Process, element: Element, ids: set[str]) -> bool:
    while element.parent:
        if element.parent in ids:
            return True
        element = process.elements[element.parent]
    return False
