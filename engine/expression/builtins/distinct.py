"""The elements of a list, each once. What can be hashed is looked up; only the rest is compared one by one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.operators import equal
from engine.expression.temporal import Date, DaysDuration, MonthsDuration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

_HASHED = (bool, Decimal, str, type(None), Date, DaysDuration, MonthsDuration)
"""Kinds whose values are equal in FEEL just when they are in Python."""


class Distinct:
    """Grows by `add`; the order is that of the first of each."""

    __slots__ = ("_compared", "_known", "elements")

    def __init__(self) -> None:
        self.elements: list[Datum] = []
        self._known: set[tuple[type, object]] = set()
        self._compared: list[Datum] = []

    def add(self, frame: Frame, value: Datum) -> bool:
        """Add the value unless it is there; tell whether it was new."""
        frame.spend_on_text(len(value) if isinstance(value, str) else 0)
        if isinstance(value, _HASHED):
            key = (type(value), value)
            if key in self._known:
                return False
            self._known.add(key)
        else:
            frame.spend(len(self._compared))
            if any(equal(frame, each, value) is True for each in self._compared):
                return False
            self._compared.append(value)
        self.elements.append(value)
        return True


def distinct(frame: Frame, elements: Sequence[Datum]) -> tuple[list[Datum], list[Datum]]:
    """Give the elements each once, and those that are there more than once each once."""
    all_once, repeated = Distinct(), Distinct()
    for each in elements:
        if not all_once.add(frame, each):
            repeated.add(frame, each)
    return all_once.elements, repeated.elements
