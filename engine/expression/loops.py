"""FEEL: what evaluates a part once for each element: `for`, `some`, `every` and filters (DMN 1.5, 10.3.2.9 and .14).

Each round costs the nodes of the repeated part, so no loop runs past the budget.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.builtins.signature import as_list
from engine.expression.values import Range, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

Closure: TypeAlias = "Callable[[Frame], Datum]"
"""A compiled node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A part that is evaluated for each element."""

    run: Closure
    cost: int
    position: int

    def begin(self, frame: Frame) -> None:
        """Pay for one round."""
        frame.position = self.position
        frame.spend(self.cost)


def loop(name: str, domain: Closure, body: Repeated, *, joins: bool) -> Closure:
    """Give the list of the body's values; when it `joins`, those are lists whose elements are taken."""

    def run(frame: Frame) -> Datum:
        elements = _elements(frame, domain(frame))
        if elements is None:
            return None
        results: list[Datum] = []
        scope: dict[str, Datum] = {}
        frame.scopes.append(scope)
        for scope[name] in elements:
            body.begin(frame)
            value = body.run(frame)
            if joins and isinstance(value, list):
                results.extend(value)
            else:
                results.append(value)
        frame.scopes.pop()
        frame.room_for_list(len(results))
        return results

    return run


def quantified(name: str, domain: Closure, condition: Repeated, *, wanted: bool) -> Closure:
    """Give `wanted` as soon as one element's condition has that value: True is `some`, False is `every`.

    Null when none has it and one condition is neither true nor false.
    """

    def run(frame: Frame) -> Datum:
        elements = _elements(frame, domain(frame))
        if elements is None:
            return None
        answer: bool | None = not wanted
        scope: dict[str, Datum] = {}
        frame.scopes.append(scope)
        for scope[name] in elements:
            condition.begin(frame)
            value = condition.run(frame)
            if value is wanted:
                answer = wanted
                break
            if not isinstance(value, bool):
                answer = None
        frame.scopes.pop()
        return answer

    return run


def filtered(base: Closure, condition: Repeated) -> Closure:
    """Give the elements for which the condition is true, or the one with the number that the condition gives."""

    def run(frame: Frame) -> Datum:
        elements = as_list(base(frame))
        if elements is None:
            return None
        first = _holds(frame, condition, elements[0]) if elements else condition.run(frame)
        if isinstance(first, Decimal):
            return _element(elements, first)
        kept = [each for each in elements[:1] if first is True]
        kept += [each for each in elements[1:] if _holds(frame, condition, each) is True]
        frame.room_for_list(len(kept))
        return kept

    return run


def _holds(frame: Frame, condition: Repeated, element: Datum) -> Datum:
    """Evaluate where the element is `item` and, if it is a context, its entries are names."""
    condition.begin(frame)
    outside = len(frame.scopes)
    frame.scopes.append({"item": element})
    if isinstance(element, dict):
        frame.scopes.append(element)
    value = condition.run(frame)
    del frame.scopes[outside:]
    return value


def _element(elements: Sequence[Datum], number: Decimal) -> Datum:
    """Give the element, counted from 1 or, below zero, from the end; null when there is none."""
    place = whole_number(number)
    if place is None or not 1 <= abs(place) <= len(elements):
        return None
    return elements[place - 1 if place > 0 else place]


def _elements(frame: Frame, domain: Datum) -> Sequence[Datum] | None:
    return _numbers(frame, domain) if isinstance(domain, Range) else as_list(domain)


def _numbers(frame: Frame, limits: Range) -> Sequence[Datum] | None:
    """Give the integers of a range, downwards when its high end is the lower; null for ends of another kind."""
    low, high = _integer(limits.low), _integer(limits.high)
    if low is None or high is None:
        return None
    step = 1 if low <= high else -1
    first = low if limits.low_included else low + step
    last = high if limits.high_included else high - step
    length = max(0, (last - first) * step + 1)
    frame.room_for_list(length)
    return [Decimal(first + step * each) for each in range(length)]


def _integer(value: Datum) -> int | None:
    return whole_number(value) if isinstance(value, Decimal) else None
