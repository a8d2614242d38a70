"""Types of a DMN file: what a value must be, and how one of the case becomes one (DMN 1.5, 7.3.2 and 10.3.2.9.4).

Case variables are JSON, so a date comes as its ISO text: it becomes a date where a date is expected. A list of one stands for
its element and the other way round. Null fits every type.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.literal import literal
from engine.expression.temporal.timeline import at_midnight
from engine.expression.values import Function, kind_of
from engine.variables import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.decision.model import Cell, ItemType
    from engine.decision.running import Evaluation, Placed
    from engine.expression.values import Datum

_KINDS: dict[str, type] = {
    "string": str,
    "boolean": bool,
    "number": Decimal,
    "integer": Decimal,
    "long": Decimal,
    "double": Decimal,
    "date": Date,
    "time": Time,
    "dateTime": DateTime,
    "date and time": DateTime,
    "dayTimeDuration": DaysDuration,
    "days and time duration": DaysDuration,
    "yearMonthDuration": MonthsDuration,
    "years and months duration": MonthsDuration,
    "context": dict,
    "list": list,
    "function": Function,
}
"""The types of FEEL, with the names that the Modeler and XML Schema have for some."""

ANYTHING = frozenset({"", "Any"})
WHOLE = frozenset({"integer", "long"})
_TEMPORAL = (Date, Time, DateTime, DaysDuration, MonthsDuration)


class Misfit(Exception):
    """Inside this package: a value is not of its type; `code` says whether its kind or the value itself is wrong."""

    def __init__(self, code: str, expected: str, found: str) -> None:
        super().__init__(f"Expected {expected}, but found {found}")
        self.code = code
        self.expected = expected
        self.found = found


def plain(name: str) -> str:
    """Give the name of a type without a prefix for FEEL's own."""
    return name.removeprefix("feel:").strip()


class Types:
    """The types of one file; `tests` holds the compiled allowed values of item definitions that have some."""

    def __init__(self, items: Mapping[str, ItemType], tests: Mapping[int, Placed]) -> None:
        self._items = items
        self._tests = tests

    def knows(self, name: str) -> bool:
        """Tell whether there is such a type."""
        return plain(name) in ANYTHING or plain(name) in _KINDS or plain(name) in self._items

    def is_circle(self, name: str) -> bool:
        """Tell whether an item definition stands for itself by way of others, so that nothing can be of it."""
        seen = set[str]()
        while (item := self._items.get(plain(name))) is not None:
            if name in seen:
                return True
            seen.add(name)
            name = "" if item.components else plain(item.base)
        return False

    def values(self, name: str) -> Cell | None:
        """Give the allowed values of a type, of its own or of the type that it is another name for."""
        item = None if self.is_circle(name) else self._items.get(plain(name))
        while item is not None and item.values is None:
            item = self._items.get(plain(item.base))
        return None if item is None else item.values

    def fit(self, evaluation: Evaluation, value: Datum, name: str, depth: int = 0) -> Datum:
        """Give the value as one of the type of that name. Raises Misfit."""
        wanted = plain(name)
        if value is None or wanted in ANYTHING:
            return value
        item = self._items.get(wanted)
        if item is not None:
            return self._fit_item(evaluation, value, item, depth)
        return _fit_kind(value, wanted)

    def _fit_item(self, evaluation: Evaluation, value: Datum, item: ItemType, depth: int) -> Datum:
        if depth > MAX_DEPTH:
            raise Misfit("kind", item.name, kind_of(value))
        if not item.is_list:
            return self._fit_one(evaluation, value, item, depth)
        elements = value if isinstance(value, list) else [value]
        evaluation.frame.spend(len(elements))
        return [self._fit_one(evaluation, each, item, depth) for each in elements]

    def _fit_one(self, evaluation: Evaluation, value: Datum, item: ItemType, depth: int) -> Datum:
        if item.is_function:
            return _fit_kind(value, "function")
        fitted = (
            self._fit_components(evaluation, value, item, depth)
            if item.components
            else self.fit(evaluation, value, item.base, depth + 1)
        )
        tests = self._tests.get(id(item))
        if tests is not None and fitted is not None and not evaluation.holds(tests, fitted, {}):
            raise Misfit("value", item.name, kind_of(value))
        return fitted

    def _fit_components(
        self, evaluation: Evaluation, value: Datum, item: ItemType, depth: int
    ) -> Datum:
        single = _single(value)
        if single is None:
            return None
        if not isinstance(single, dict):
            raise Misfit("kind", item.name or "context", kind_of(value))
        fitted = dict(single)
        for key, component in item.components.items():
            if key in fitted:
                inner = self._fit_item(evaluation, fitted[key], component, depth + 1)
                fitted[key] = inner if fitted[key] is not None else None
        return fitted


def _fit_kind(value: Datum, wanted: str) -> Datum:
    kind = _KINDS[wanted]
    found = value if kind is list else _single(value)
    if found is None or (isinstance(found, kind) and _is_whole(found, wanted)):
        return found
    if kind is list:
        return [found]
    if kind in _TEMPORAL:
        read = literal(found) if isinstance(found, str) else found
        if isinstance(read, Date) and kind is DateTime:
            return at_midnight(read)
        if isinstance(read, kind):
            return read
    raise Misfit("kind", wanted, kind_of(value))


def _single(value: Datum) -> Datum:
    """Give the element of a list of one, and anything else as it is."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _is_whole(value: Datum, wanted: str) -> bool:
    return (
        wanted not in WHOLE or not isinstance(value, Decimal) or value == value.to_integral_value()
    )
