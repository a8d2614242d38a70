"""`string`, `number` and `range` (DMN 1.5, 10.3.4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.numerals import read_number
from engine.expression.builtins.range_texts import range_of
from engine.expression.builtins.signature import Builtin, only
from engine.expression.rendering import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

_GROUPING = (" ", ",", ".")
_DECIMAL = (",", ".")


def string(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Write a value as FEEL does; a text is itself, null stays null."""
    (value,) = arguments
    if value is None or isinstance(value, str):
        return value
    return text_of(frame, value)


def number(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Read a number with these marks for thousands and decimals; null when it is none."""
    text, grouping, decimal = map(only, (*arguments, None, None)[:3])
    if not isinstance(text, str) or not _are_marks(grouping, decimal):
        return None
    if isinstance(grouping, str):
        text = text.replace(grouping, "")
    if isinstance(decimal, str):
        text = text.replace(decimal, ".")
    return read_number(text)


def _are_marks(grouping: Datum, decimal: Datum) -> bool:
    return (
        (grouping is None or grouping in _GROUPING)
        and (decimal is None or decimal in _DECIMAL)
        and (grouping is None or grouping != decimal)
    )


CONVERSIONS = (
    Builtin(name="string", parameters=("from",), run=string),
    Builtin(name="range", parameters=("from",), run=range_of),
    Builtin(
        name="number",
        parameters=("from", "grouping separator", "decimal separator"),
        optional=2,
        run=number,
    ),
)
