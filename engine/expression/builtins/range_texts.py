"""`range("[1..3)")`: a text is read as a range whose two ends are literals (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.expression.builtins.numerals import read_number
from engine.expression.builtins.signature import only
from engine.expression.operators import less_or_equal
from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.expression.temporal.literal import literal
from engine.expression.values import Range, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_END = (
    r"(?:-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
    rf"|{_QUOTED}|@\s*{_QUOTED}|[a-z][a-z ]*\(\s*{_QUOTED}\s*\))"
)
_RANGE = re.compile(rf"\s*([\[\](])\s*({_END})\s*\.\.\s*({_END})\s*([\[\])])\s*", re.DOTALL)
_TEMPORAL = re.compile(rf"(@|[a-z][a-z ]*\()\s*({_QUOTED})\s*\)?", re.DOTALL)
_ESCAPE = re.compile(r'\\(["\\])')

_MADE_BY: dict[str, tuple[type, ...]] = {
    "@": (Date, Time, DateTime, DaysDuration, MonthsDuration),
    "date": (Date,),
    "time": (Time,),
    "date and time": (DateTime,),
    "duration": (DaysDuration, MonthsDuration),
}
"""What each way to write a value of time can give."""


def range_of(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Read a range; null when the text is none, or its low end is not the lower of two values of one kind."""
    text = only(arguments[0])
    match = _RANGE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    opening, *ends, closing = match.groups()
    low, high = map(_value, ends)
    if kind_of(low) != kind_of(high) or less_or_equal(frame, low, high) is not True:
        return None
    return Range(low=low, high=high, low_included=opening == "[", high_included=closing == "]")


def _value(text: str) -> Datum:
    if text.startswith('"'):
        return _unquoted(text)
    match = _TEMPORAL.fullmatch(text)
    if match is None:
        return read_number(text)
    found = literal(_unquoted(match[2]))
    return found if isinstance(found, _MADE_BY.get(match[1].rstrip("(").strip(), ())) else None


def _unquoted(text: str) -> str:
    return _ESCAPE.sub(r"\1", text[1:-1])
