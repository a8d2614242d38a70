"""`is` (DMN 1.5, 10.3.2.2 and 10.3.4.6): whether two values are the same in the semantic domain, and never null.

Two times that are equal may be different values: 12:00Z and 13:00+01:00, or two fractions of one second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, Form
from engine.expression.operators import equal
from engine.expression.rendering import too_deep
from engine.expression.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.variables import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

_TEMPORAL = (Date, Time, DateTime, DaysDuration, MonthsDuration)


def identity(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Tell whether both are the same value."""
    return _same(frame, arguments[0], arguments[1], 0)


def _same(frame: Frame, left: Datum, right: Datum, depth: int) -> bool:
    if depth > MAX_DEPTH:
        raise too_deep()
    frame.spend(1)
    if isinstance(left, _TEMPORAL) or isinstance(right, _TEMPORAL):
        return left == right
    if isinstance(left, list) and isinstance(right, list):
        return _same_elements(frame, left, right, depth)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and _same_elements(
            frame, list(left.values()), [right[key] for key in left], depth
        )
    return equal(frame, left, right) is True


def _same_elements(frame: Frame, left: Sequence[Datum], right: Sequence[Datum], depth: int) -> bool:
    return len(left) == len(right) and all(
        _same(frame, one, other, depth + 1) for one, other in zip(left, right, strict=True)
    )


def _is_null(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Compare with the argument that is left out: a named call binds it to null (10.3.2.13)."""
    return arguments[0] is None


IDENTITY_FUNCTIONS = (
    Builtin(
        name="is",
        parameters=("value1", "value2"),
        run=identity,
        others=(
            Form(parameters=("value1",), run=_is_null),
            Form(parameters=("value2",), run=_is_null),
        ),
    ),
)
