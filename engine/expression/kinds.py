"""The types of FEEL as `instance of` and function definitions name them (DMN 1.5, 10.3.1.2 rule 52 and 10.3.2.9)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.timeline import at_midnight
from engine.expression.values import Function, Range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

CLASSES: Mapping[str, type] = {
    "Null": type(None),
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": DaysDuration,
    "years and months duration": MonthsDuration,
    "list": list,
    "context": dict,
    "range": Range,
    "function": Function,
}
"""What a value of each kind is in Python; `Any` is every one."""

ANY = "Any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A type: `list<number>` has one part, `function<number> -> string` those of its parameters and its result.

    `entries` are those that a context must have; it may have others.
    """

    name: str
    parts: tuple[Kind, ...] = ()
    entries: tuple[tuple[str, Kind], ...] = ()


def is_instance(frame: Frame, value: Datum, kind: Kind) -> bool:
    """Tell whether the value is of the kind; null is of no kind but `Null`."""
    if value is None:
        return kind.name == "Null"
    return conforms(frame, value, kind)


def conforms(frame: Frame, value: Datum, kind: Kind) -> bool:
    """Tell whether the value, or null, can stand where the kind is declared (DMN 1.5, 10.3.2.9.4)."""
    if value is None or kind.name == ANY:
        return True
    if not isinstance(value, CLASSES[kind.name]):
        return False
    if isinstance(value, list):
        frame.spend(len(value))
        return all(conforms(frame, each, part) for part in kind.parts for each in value)
    if isinstance(value, dict):
        return all(key in value and conforms(frame, value[key], part) for key, part in kind.entries)
    if isinstance(value, Range):
        return all(
            conforms(frame, end, part) for part in kind.parts for end in (value.low, value.high)
        )
    return not isinstance(value, Function) or _takes(value, kind)


def fitted(frame: Frame, value: Datum, kind: Kind) -> tuple[Datum] | None:
    """Give the value as the kind has it, None when it can't be (DMN 1.5, 10.3.2.9.4).

    A list of one stands for its element and an element for the list of it, a date for its beginning.
    """
    if conforms(frame, value, kind):
        return (value,)
    if isinstance(value, list) and len(value) == 1 and conforms(frame, value[0], kind):
        return (value[0],)
    if isinstance(value, Date) and kind.name == "date and time":
        return (at_midnight(value),)
    listed: Datum = [value]
    return (listed,) if kind.name == "list" and conforms(frame, listed, kind) else None


def kind_written(value: Datum) -> Kind | None:
    """Give the kind of a value that is written out, None for null, which is of all."""
    if value is None:
        return None
    return next(Kind(name=name) for name, each in CLASSES.items() if isinstance(value, each))


def _takes(function: Function, kind: Kind) -> bool:
    """Compare parameters one by one: the function must take what the kind says it is given."""
    if not kind.parts:
        return True
    *expected, result = kind.parts
    declared = function.kinds or (None,) * len(function.parameters)
    return (
        (result.name == ANY or result == function.result)
        and len(expected) == len(function.parameters)
        and all(
            own is None or own.name == ANY or own == other
            for own, other in zip(declared, expected, strict=True)
        )
    )
