"""Values leave the expression: written as text, or as a value of the case."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.expression.errors import Failure
from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.text import iso_text
from engine.expression.temporal.text import text_of as text_of_temporal
from engine.expression.values import Function, Range, kind_of
from engine.variables import MAX_DEPTH, canonical

if TYPE_CHECKING:
    from engine.expression.frame import Frame
    from engine.expression.values import Datum
    from engine.variables import Value


def text_of(frame: Frame, value: Datum) -> str:
    """Write a value as FEEL would be written: `[1, "a"]`, `{a: 1}`. Raises Failure when it is too long or deep."""
    text = value if isinstance(value, str) else _written(frame, value, 0)
    frame.room_for_text(len(text))
    return text


def value_of(frame: Frame, result: Datum, depth: int = 0) -> Value:
    """Give the result as a value that a case can hold; lists and objects are new ones, what is of time its ISO text.

    Raises Failure for a range or function, which no variable can be, and for too much or too deep data.
    """
    if result is None or isinstance(result, (bool, Decimal, str)):
        return result
    if isinstance(result, (Date, Time, DateTime, DaysDuration, MonthsDuration)):
        return iso_text(result)
    if isinstance(result, list):
        frame.room_for_list(len(result))
        return [value_of(frame, each, _deeper(depth)) for each in result]
    if isinstance(result, dict):
        frame.spend(len(result))
        return {key: value_of(frame, each, _deeper(depth)) for key, each in result.items()}
    raise Failure(
        f"Expected a value that a variable can hold, but the expression gives a {kind_of(result)}",
        code="result_not_storable",
        found=kind_of(result),
    )


def too_deep() -> Failure:
    """Make the error for data nested deeper than a case can hold."""
    return Failure(
        f"Expected data of at most {MAX_DEPTH} levels, but it has more",
        code="expression_data_depth",
        limit=MAX_DEPTH,
    )


def _deeper(depth: int) -> int:
    if depth >= MAX_DEPTH:
        raise too_deep()
    return depth + 1


def _written(frame: Frame, value: Datum, depth: int) -> str:
    frame.spend(1)
    frame.spend_on(value)
    if isinstance(value, list):
        parts = [_written(frame, each, _deeper(depth)) for each in value]
        return f"[{', '.join(parts)}]"
    if isinstance(value, dict):
        entries = [f"{key}: {_written(frame, each, _deeper(depth))}" for key, each in value.items()]
        return f"{{{', '.join(entries)}}}"
    if isinstance(value, Range):
        return _range(frame, value, _deeper(depth))
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    if isinstance(value, (Date, Time, DateTime, DaysDuration, MonthsDuration)):
        return text_of_temporal(value)
    return canonical(value)


def _range(frame: Frame, value: Range, depth: int) -> str:
    if value.operator:
        end = value.high if value.low is None else value.low
        return f"({value.operator} {_written(frame, end, depth)})"
    opening, closing = "[" if value.low_included else "(", "]" if value.high_included else ")"
    low, high = (_written(frame, end, depth) for end in (value.low, value.high))
    return f"{opening}{low}..{high}{closing}"
