"""How points and ranges lie to each other (DMN 1.5, 10.3.4.8, table 78).

Each end is a value and a step: an open low end lies one step above its value, an open high end one below, a closed one on
it; a point is both ends at once. So the table becomes comparisons of pairs. An end that is null has no limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, Form, only
from engine.expression.operators import equal, less
from engine.expression.values import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.builtins.signature import Run
    from engine.expression.frame import Frame
    from engine.expression.values import Datum


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end: `far` is -1 or 1 where there is no limit, and 0 where `value` and `step` count."""

    value: Datum
    step: int = 0
    far: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A point or range as its two ends."""

    low: End
    high: End


class _Incomparable(Exception):
    """Two ends are of different kinds."""


@dataclass(frozen=True, slots=True)
class Order:
    """Compares ends. Raises _Incomparable."""

    frame: Frame

    def of(self, one: End, other: End) -> int:
        """Give -1, 0 or 1: below, the same, above."""
        if one.far or other.far:
            return (one.far > other.far) - (one.far < other.far)
        if equal(self.frame, one.value, other.value) is True:
            return (one.step > other.step) - (one.step < other.step)
        is_less = less(self.frame, one.value, other.value)
        if is_less is None:
            raise _Incomparable
        return -1 if is_less else 1


def before(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether all of one lies below the other."""
    return order.of(one.high, other.low) < 0


def meets(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether one ends where the other begins, both with that value."""
    return order.of(one.high, other.low) == 0


def overlaps(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether they have a value in common."""
    return not before(order, one, other) and not before(order, other, one)


def overlaps_before(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether one begins first and ends inside the other."""
    return (
        order.of(one.low, other.low) < 0
        and order.of(one.high, other.low) >= 0
        and order.of(one.high, other.high) <= 0
    )


def finishes(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether one is the end of the other."""
    return order.of(one.high, other.high) == 0 and order.of(one.low, other.low) >= 0


def includes(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether the other lies wholly within one."""
    return order.of(one.low, other.low) <= 0 and order.of(one.high, other.high) >= 0


def starts(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether one is the beginning of the other."""
    return order.of(one.low, other.low) == 0 and order.of(one.high, other.high) <= 0


def coincides(order: Order, one: Extent, other: Extent) -> bool:
    """Tell whether both have the same ends."""
    return order.of(one.low, other.low) == 0 and order.of(one.high, other.high) == 0


def _run(relation: Callable[[Order, Extent, Extent], bool], kinds: str, *, turned: bool) -> Run:
    """Make a function of two points or ranges (`kinds`: which of them DMN allows, as in `_NAMES`)."""

    def run(frame: Frame, arguments: Sequence[Datum]) -> Datum:
        one, other = map(only, arguments)
        if one is None or other is None or _kind(one) + _kind(other) not in kinds.split():
            return None
        extents = (_extent(other), _extent(one)) if turned else (_extent(one), _extent(other))
        try:
            return relation(Order(frame), *extents)
        except _Incomparable:
            return None

    return run


def _kind(value: Datum) -> str:
    return "r" if isinstance(value, Range) else "p"


def _extent(value: Datum) -> Extent:
    if not isinstance(value, Range):
        return Extent(low=End(value=value), high=End(value=value))
    return Extent(
        low=End(
            value=value.low,
            step=0 if value.low_included else 1,
            far=-1 if value.low is None else 0,
        ),
        high=End(
            value=value.high,
            step=0 if value.high_included else -1,
            far=1 if value.high is None else 0,
        ),
    )


_NAMES = {
    "pp": ("point1", "point2"),
    "pr": ("point", "range"),
    "rp": ("range", "point"),
    "rr": ("range1", "range2"),
}
"""The parameters for each pair of a point (p) and a range (r)."""


def _row(
    name: str,
    relation: Callable[[Order, Extent, Extent], bool],
    kinds: str,
    *,
    turned: bool = False,
) -> Builtin:
    first, *others = kinds.split()
    run = _run(relation, kinds, turned=turned)
    return Builtin(
        name=name,
        parameters=_NAMES[first],
        run=run,
        others=tuple(Form(parameters=_NAMES[each], run=run) for each in others),
    )


RANGE_FUNCTIONS = (
    _row("before", before, "pp pr rp rr"),
    _row("after", before, "pp pr rp rr", turned=True),
    _row("meets", meets, "rr"),
    _row("met by", meets, "rr", turned=True),
    _row("overlaps", overlaps, "rr"),
    _row("overlaps before", overlaps_before, "rr"),
    _row("overlaps after", overlaps_before, "rr", turned=True),
    _row("finishes", finishes, "pr rr"),
    _row("finished by", finishes, "rp rr", turned=True),
    _row("includes", includes, "rp rr"),
    _row("during", includes, "pr rr", turned=True),
    _row("starts", starts, "pr rr"),
    _row("started by", starts, "rp rr", turned=True),
    _row("coincides", coincides, "pp rr"),
)
