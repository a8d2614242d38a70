"""FEEL: what evaluates a part once for each element: `for`, `some`, `every` and filters (DMN 1.5, 10.3.2.9 and .14).

Each round costs the nodes of the repeated part, so no loop runs past the budget. Each round has a scope of its own, which
functions that are defined in it keep.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.builtins.signature import as_list
from engine.expression.feel_lexis import PARTIAL
from engine.expression.temporal import Date, DaysDuration, arithmetic
from engine.expression.values import Range, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

Closure: TypeAlias = "Callable[[Frame], Datum]"
"""A compiled node."""

_A_DAY = DaysDuration(nanoseconds=86_400_000_000_000)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """`name in domain`; the domain is evaluated anew for each element of the domains before it."""

    name: str
    elements: Repeated


def loop(domains: Sequence[Domain], body: Repeated, *, partial: bool) -> Closure:
    """Give the list of the body's values, null when a domain is none; `partial`: the body asks for the list so far."""

    def run(frame: Frame) -> Datum:
        results: list[Datum] = []
        outside = len(frame.scopes)
        for going in _rounds(frame, domains, 0):
            if not going:
                del frame.scopes[outside:]
                return None
            if partial:
                frame.spend(len(results))
                frame.scopes.append({PARTIAL: list(results)})
            body.begin(frame)
            results.append(body.run(frame))
            if partial:
                frame.scopes.pop()
        frame.room_for_list(len(results))
        return results

    return run


def quantified(domains: Sequence[Domain], condition: Repeated, *, wanted: bool) -> Closure:
    """Give `wanted` as soon as one element's condition has that value: True is `some`, False is `every`.

    Null when none has it and one condition is neither true nor false.
    """

    def run(frame: Frame) -> Datum:
        answer: bool | None = not wanted
        outside = len(frame.scopes)
        for going in _rounds(frame, domains, 0):
            if not going:
                answer = None
                break
            condition.begin(frame)
            value = condition.run(frame)
            if value is wanted:
                answer = wanted
                break
            if not isinstance(value, bool):
                answer = None
        del frame.scopes[outside:]
        return answer

    return run


def filtered(base: Closure, condition: Repeated, asked: Sequence[str]) -> Closure:
    """Give the elements for which the condition is true, or the one with the number that the condition gives.

    `asked` are the names in the condition, each an entry of some element or else a variable.
    """

    def run(frame: Frame) -> Datum:
        elements = as_list(base(frame))
        if elements is None:
            return None
        if frame.unknown is not None:
            _note_unknown(frame, elements, asked)
        first = _holds(frame, condition, elements[0]) if elements else condition.run(frame)
        if isinstance(first, Decimal):
            return _element(elements, first)
        if not (first is None or isinstance(first, bool)):
            return None
        kept = [each for each in elements[:1] if first is True]
        kept += [each for each in elements[1:] if _holds(frame, condition, each) is True]
        frame.room_for_list(len(kept))
        return kept

    return run


def _rounds(frame: Frame, domains: Sequence[Domain], at: int) -> Iterator[bool]:
    """Bind each combination of elements in turn; False once, in place of all further ones, when a domain is no list."""
    domain = domains[at]
    if at:
        domain.elements.begin(frame)
    elements = _elements(frame, domain.elements.run(frame))
    if elements is None:
        yield False
        return
    last = at + 1 == len(domains)
    for element in elements:
        frame.scopes.append({domain.name: element})
        if last:
            yield True
        else:
            for going in _rounds(frame, domains, at + 1):
                yield going
                if not going:
                    return
        frame.scopes.pop()


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


def _note_unknown(frame: Frame, elements: Sequence[Datum], asked: Sequence[str]) -> None:
    """Note the names that neither an element nor anything around has; of no elements nothing can be told."""
    for name in asked:
        if frame.scope_of(name) is None:
            frame.spend(len(elements))
            if elements and not any(isinstance(each, dict) and name in each for each in elements):
                frame.miss(name)


def _element(elements: Sequence[Datum], number: Decimal) -> Datum:
    """Give the element, counted from 1 or, below zero, from the end; null when there is none."""
    place = whole_number(number)
    if place is None or not 1 <= abs(place) <= len(elements):
        return None
    return elements[place - 1 if place > 0 else place]


def _elements(frame: Frame, domain: Datum) -> Sequence[Datum] | None:
    return _between(frame, domain) if isinstance(domain, Range) else as_list(domain)


def _between(frame: Frame, limits: Range) -> Sequence[Datum] | None:
    """Give the integers or days of a range, downwards when its high end is the lower; null for other ends."""
    low, high = limits.low, limits.high
    if isinstance(low, Date) and isinstance(high, Date):
        passed = arithmetic.subtract(high, low)
        days = passed.nanoseconds // _A_DAY.nanoseconds if isinstance(passed, DaysDuration) else 0
        steps = _steps(frame, 0, days, limits)
        return [
            arithmetic.add(low, DaysDuration(nanoseconds=_A_DAY.nanoseconds * n)) for n in steps
        ]
    first, last = _integer(low), _integer(high)
    if first is None or last is None:
        return None
    return [Decimal(number) for number in _steps(frame, first, last, limits)]


def _steps(frame: Frame, low: int, high: int, limits: Range) -> range:
    step = 1 if low <= high else -1
    first = low if limits.low_included else low + step
    last = high if limits.high_included else high - step
    frame.room_for_list(max(0, (last - first) * step + 1))
    return range(first, last + step, step)


def _integer(value: Datum) -> int | None:
    return whole_number(value) if isinstance(value, Decimal) else None
