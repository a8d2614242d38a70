"""All that terms can be together, as numbered points; a set of points is one number with a bit for each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from engine.expression import DEFAULT_BUDGET, Language
from engine.expression.errors import Failure
from engine.expression.feel_compile import feel_closure
from engine.expression.frame import Frame
from engine.expression.juel_compile import juel_closure
from engine.expression.scopes import OUTERMOST
from engine.parting.samples import samples_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from engine.parting.samples import Domain
    from engine.parting.terms import Condition, Constant, Term

Points: TypeAlias = int

MOST_POINTS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A term with its samples. At those in `doubtful` nothing is claimed: that it can be null is not certain."""

    term: Term
    samples: tuple[Constant, ...]
    domain: Domain
    doubtful: frozenset[int]

    @property
    def is_known(self) -> bool:
        """Whether the samples stand for all values, and each can come."""
        return bool(self.term.variable) and self.domain.is_known


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Where a condition is true, and where it has no value because it fails."""

    true: Points
    failed: Points


class Space:
    """The points of some axes. Raises ValueError when there are more than `MOST_POINTS`."""

    def __init__(self, axes: Iterable[Axis]) -> None:
        self.axes = tuple(axes)
        size = prod(len(axis.samples) for axis in self.axes)
        if size > MOST_POINTS:
            raise ValueError(f"Expected at most {MOST_POINTS} points, but there are {size}")
        self._points = list(product(*(range(len(axis.samples)) for axis in self.axes)))
        self._number = {point: number for number, point in enumerate(self._points)}
        self.everything: Points = (1 << size) - 1
        self.keys = frozenset(axis.term.key for axis in self.axes)

    @property
    def size(self) -> int:
        """How many points there are."""
        return len(self._points)

    @property
    def firm(self) -> Points:
        """The points at which nothing is doubtful."""
        return self._where(
            number
            for number, point in enumerate(self._points)
            if not any(at in axis.doubtful for at, axis in zip(point, self.axes, strict=True))
        )

    def outcome(self, condition: Condition) -> Outcome:
        """Give where a condition is true; all its terms are axes."""
        is_feel = condition.language is Language.FEEL
        run = feel_closure(condition.root, OUTERMOST) if is_feel else juel_closure(condition.root)
        true: list[int] = []
        failed: list[int] = []
        for number in range(self.size):
            frame = Frame(self.named(number), DEFAULT_BUDGET)
            try:
                value = run(frame)
            except Failure:
                value = ""
            if value is True:
                true.append(number)
            elif value is not False and not (is_feel and value is None):
                failed.append(number)
        return Outcome(true=self._where(true), failed=self._where(failed))

    def spread(self, points: Points, keys: frozenset[str]) -> Points:
        """Give the points that these become when the terms of these keys may take any value."""
        for place, axis in enumerate(self.axes):
            if axis.term.key in keys:
                moved = {
                    (*point[:place], at, *point[place + 1 :])
                    for point in self._in(points)
                    for at in range(len(axis.samples))
                }
                points = self._where(self._number[each] for each in moved)
        return points

    def named(self, number: int) -> Mapping[str, Constant]:
        """Give the value of each term at a point."""
        point = self._points[number]
        return {a.term.key: a.samples[at] for a, at in zip(self.axes, point, strict=True)}

    def first(self, points: Points) -> Mapping[str, Constant]:
        """Give the values at one of these points, one without null if there is one."""
        numbers = [n for n, _ in enumerate(self._points) if points >> n & 1]
        full = (n for n in numbers if None not in self.named(n).values())
        return self.named(next(full, numbers[0]))

    def _in(self, points: Points) -> Iterable[tuple[int, ...]]:
        return (point for number, point in enumerate(self._points) if points >> number & 1)

    def _where(self, numbers: Iterable[int]) -> Points:
        points = 0
        for number in numbers:
            points |= 1 << number
        return points


def axis_of(term: Term, domain: Domain) -> Axis:
    """Give the axis of a term.

    Null is one of the values of a field; of what else there is it is one only where the drawing asks for it.
    """
    samples = samples_of(term, domain)
    if term.is_order or not (domain.is_known or None in term.constants):
        return Axis(term=term, samples=samples, domain=domain, doubtful=frozenset())
    is_doubtful = domain.is_known and not domain.may_be_null
    return Axis(
        term=term,
        samples=(*samples, None),
        domain=domain,
        doubtful=frozenset({len(samples)} if is_doubtful else ()),
    )
