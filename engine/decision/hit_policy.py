"""Hit policies: what a table gives when none, one or several of its rules match (DMN 1.5, 8.2.8)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.decision.model import Aggregation, HitPolicy
from engine.decision.problem import DecisionFailed
from engine.expression.operators import add, equal, less

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.decision.problem import Place
    from engine.expression.frame import Frame
    from engine.expression.values import Datum

ORDERED = frozenset({HitPolicy.PRIORITY, HitPolicy.OUTPUT_ORDER})
"""The policies that need the order of the output values."""

SINGLE = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY, HitPolicy.FIRST, HitPolicy.PRIORITY})
"""The policies that give what one rule says; the others give a list."""


class Hit:
    """A rule that matched: its number, and its values by the name of the output."""

    __slots__ = ("row", "values")

    def __init__(self, row: int, values: Mapping[str, Datum]) -> None:
        self.row = row
        self.values = values


def chosen(
    frame: Frame,
    policy: HitPolicy,
    hits: Sequence[Hit],
    orders: Mapping[str, Sequence[Datum]],
    place: Place,
) -> Sequence[Hit]:
    """Give the hits that count, in their order; `orders` has the output values of each column, the first is the highest.

    Raises DecisionFailed when a table that says only one rule matches has two, or ANY has different values.
    """
    if policy is HitPolicy.UNIQUE and len(hits) > 1:
        raise _several("decision_unique", hits[0], hits[1], place)
    if policy is HitPolicy.ANY:
        for other in hits[1:]:
            if not _same(frame, hits[0], other):
                raise _several("decision_any", hits[0], other, place)
    if policy in ORDERED:
        hits = sorted(hits, key=lambda hit: _rank(frame, hit, orders))
    return hits[:1] if policy in SINGLE else hits


def aggregated(
    frame: Frame, aggregation: Aggregation, values: Sequence[Datum], place: Place
) -> Datum:
    """Give the number, sum, smallest or greatest of the values. Raises DecisionFailed for values that have none."""
    if aggregation is Aggregation.COUNT:
        return Decimal(len(values))
    result: Datum = None
    for number, value in enumerate(values):
        joined = _joined(frame, aggregation, result if number else value, value)
        if joined is None or (aggregation is Aggregation.SUM and not isinstance(value, Decimal)):
            raise DecisionFailed(
                f"Expected values that have a {aggregation.lower()}, but they have none",
                code="decision_aggregation",
                place=place,
                aggregation=aggregation,
            )
        result = joined if number else value
    return result


def _joined(frame: Frame, aggregation: Aggregation, left: Datum, right: Datum) -> Datum:
    if aggregation is Aggregation.SUM:
        return add(frame, left, right)
    is_less = less(frame, right, left)
    if is_less is None:
        return None
    return right if is_less == (aggregation is Aggregation.MIN) else left


def _several(code: str, one: Hit, other: Hit, place: Place) -> DecisionFailed:
    return DecisionFailed(
        f"Expected one answer, but rules {one.row} and {other.row} match both",
        code=code,
        place=place,
        first=one.row,
        second=other.row,
    )


def _same(frame: Frame, one: Hit, other: Hit) -> bool:
    return all(
        equal(frame, value, other.values[name]) is True for name, value in one.values.items()
    )


def _rank(frame: Frame, hit: Hit, orders: Mapping[str, Sequence[Datum]]) -> tuple[int, ...]:
    """Give the places of the values in the lists of output values, those of the first column first; others come last."""
    return tuple(
        next(
            (at for at, each in enumerate(order) if equal(frame, each, hit.values[name]) is True),
            len(order),
        )
        for name, order in orders.items()
    )
