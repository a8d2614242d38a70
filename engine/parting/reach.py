"""Which points a case can be at when it comes behind an element: what was asked on the way there leaves the others out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.parting.space import Outcome, Points, Space
    from engine.process import Element, Process

_HOLDING = {ElementKind.SUB_PROCESS, ElementKind.CALL_ACTIVITY}


def reachable(
    process: Process,
    space: Space,
    outcomes: Mapping[str, Outcome],
    filled_at: Mapping[str, frozenset[str]],
    element: str,
) -> Points:
    """Give where a case can be when an element of a process is done; more, where that is not known.

    `outcomes` are those of the flows' conditions, `filled_at` the variables that each step lets a person set. At its start
    a case may be anywhere; what other branches set at the same time is left out of account.
    """
    walk = _Walk(process, space, outcomes, filled_at)
    return walk.behind(element)


class _Walk:
    def __init__(
        self,
        process: Process,
        space: Space,
        outcomes: Mapping[str, Outcome],
        filled_at: Mapping[str, frozenset[str]],
    ) -> None:
        self._process, self._space = process, space
        self._outcomes, self._filled_at = outcomes, filled_at
        self._before: dict[str, Points] = {}
        self._done: dict[str, Points] = {}
        starts = [e for e in process.elements.values() if _begins(e, process)]
        self._waiting = [(each.id, space.everything) for each in starts]

    def behind(self, element: str) -> Points:
        """Walk until nothing new is found, and give the points behind an element."""
        while self._waiting:
            ident, points = self._waiting.pop()
            before = self._before.get(ident, 0)
            if points & ~before:
                self._before[ident] = before | points
                self._waiting.extend(self._next(self._process.elements[ident], before | points))
        return self._behind(self._process.elements[element])

    def _behind(self, element: Element) -> Points:
        if element.kind is ElementKind.SUB_PROCESS:
            return self._done.get(element.id, 0)
        before = self._before.get(element.id, 0)
        return self._space.spread(before, self._filled_at.get(element.id, frozenset()))

    def _next(self, element: Element, before: Points) -> Iterator[tuple[str, Points]]:
        """Give what comes after an element, with the points that go there."""
        for event in self._process.attached(element.id):
            is_long = element.kind in _HOLDING
            yield event.id, self._space.everything if is_long else before | self._behind(element)
        if element.kind is ElementKind.SUB_PROCESS:
            start = self._process.find_start(element.id)
            yield from () if start is None else [(start.id, before)]
        elif element.kind is ElementKind.END_EVENT and element.parent:
            yield from self._ended(element)
        else:
            yield from self._left(element)

    def _ended(self, end: Element) -> Iterator[tuple[str, Points]]:
        """Give what comes after the sub-process that ends here."""
        around = self._process.elements[end.parent]
        self._done[around.id] = self._done.get(around.id, 0) | self._before[end.id]
        yield from self._left(around)

    def _left(self, element: Element) -> Iterator[tuple[str, Points]]:
        points, taken = self._behind(element), 0
        is_first_only = element.kind is ElementKind.EXCLUSIVE_GATEWAY
        default = None
        for flow in self._process.leaving(element.id):
            outcome = self._outcomes.get(flow.id)
            if flow.id == element.default:
                default = flow.target
            elif outcome is None:
                yield flow.target, points & ~taken if is_first_only else points
            else:
                yield flow.target, points & outcome.true & ~(taken if is_first_only else 0)
                taken |= outcome.true
        if default is not None:
            yield default, points & ~taken


def _begins(element: Element, process: Process) -> bool:
    """Tell whether a case can come to an element from nowhere: a start of the process, or of an event sub-process."""
    if element.kind is not ElementKind.START_EVENT:
        return False
    return not element.parent or process.elements[element.parent].by_event
