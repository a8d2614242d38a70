"""The values of a column cut into pieces: in each piece every cell of the column holds throughout or nowhere.

A piece has a sample, and the cells are asked with it: so what is found is what the evaluation does.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, final

from engine.decision.types import WHOLE, plain
from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.civil import date_of, days_of
from engine.expression.temporal.timeline import (
    A_DAY,
    A_SECOND,
    at_local,
    clock_of,
    local_of,
    time_at,
)
from engine.expression.values import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.expression.values import Datum


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One value (`low` and `high` are the same), all between two, or with `is_other` every text that no cell names."""

    sample: Datum
    low: Datum = None
    high: Datum = None
    is_other: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is one value."""
        return self.low is not None and self.low == self.high


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Values of a kind as points on a line; on one of whole points nothing lies between neighbours.

    Times are counted in seconds: fractions play no part in comparisons (DMN 1.5, 10.3.2.3.4).
    """

    kind: type
    whole: bool

    def point(self, value: Datum) -> Decimal:
        """Give the point of a value."""
        match value:
            case Decimal():
                return value
            case Date():
                return Decimal(days_of(value))
            case DateTime():
                return Decimal(local_of(value) // A_SECOND)
            case Time():
                return Decimal(clock_of(value) // A_SECOND)
            case DaysDuration():
                return Decimal(value.nanoseconds)
            case MonthsDuration():
                return Decimal(value.months)
        raise AssertionError("Expected a value that has an order, but it has none")

    def value(self, point: Decimal) -> Datum:
        """Give the value at a point, None where there is none."""
        if self.kind is Decimal:
            return point
        number = int(point)
        if self.kind is Time:
            return time_at(number * A_SECOND, None) if 0 <= number * A_SECOND < A_DAY else None
        if self.kind is Date:
            return date_of(number)
        if self.kind is DateTime:
            return at_local(number * A_SECOND, None)
        if self.kind is DaysDuration:
            return DaysDuration(nanoseconds=number)
        return MonthsDuration(months=number)


ANY_VALUE = (Piece(sample=None),)
"""The one piece of a column that nothing is compared with."""


def pieces_of(values: Sequence[Datum], type_name: str) -> tuple[Piece, ...] | None:
    """Cut the values of a column at those that its cells are compared with; None when these are of different kinds.

    Moments with and without a zone are of different kinds; those with one are not looked at.
    """
    found = [each for each in values if each is not None]
    kinds = {type(each) for each in found}
    if not kinds:
        return ANY_VALUE
    if len(kinds) > 1 or any(map(_has_zone, found)):
        return None
    (kind,) = kinds
    if kind is bool:
        return tuple(Piece(sample=each, low=each, high=each) for each in (True, False))
    if kind is str:
        return tuple(_texts(sorted({str(each) for each in found})))
    line = Line(kind=kind, whole=kind is not Decimal or _is_whole(found, type_name))
    return tuple(_cut(line, sorted({line.point(each) for each in found})))


def _texts(texts: Sequence[str]) -> Iterator[Piece]:
    for text in texts:
        yield Piece(sample=text, low=text, high=text)
    yield Piece(sample="".join(texts) + "…", is_other=True)


def _cut(line: Line, points: Sequence[Decimal]) -> Iterator[Piece]:
    values = [line.value(point) for point in points]
    below = line.value(NUMBERS.subtract(points[0], 1))
    if below is not None:
        yield Piece(sample=below, high=values[0])
    yield Piece(sample=values[0], low=values[0], high=values[0])
    for (low, before), (high, value) in pairwise(zip(points, values, strict=True)):
        if not line.whole:
            middle = NUMBERS.divide(NUMBERS.add(low, high), 2)
            yield Piece(sample=middle, low=before, high=value)
        elif high - low > 1:
            yield Piece(sample=line.value(low + 1), low=before, high=value)
        yield Piece(sample=value, low=value, high=value)
    above = line.value(NUMBERS.add(points[-1], 1))
    if above is not None:
        yield Piece(sample=above, low=values[-1])


def _is_whole(values: Sequence[Datum], type_name: str) -> bool:
    return plain(type_name) in WHOLE and all(
        isinstance(each, Decimal) and each == each.to_integral_value() for each in values
    )


def _has_zone(value: Datum) -> bool:
    if isinstance(value, DateTime):
        return value.time.zone is not None
    return isinstance(value, Time) and value.zone is not None
