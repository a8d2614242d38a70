"""The operators of FEEL on values (DMN 1.5, 10.3.2.14 and 10.3.2.15): what has no meaning is null, nothing raises.

Only running out of the budget raises.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.rendering import too_deep
from engine.expression.values import NUMBERS, Range, kind_of
from engine.variables import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

Operation: TypeAlias = "Callable[[Frame, Datum, Datum], Datum]"


def add(frame: Frame, left: Datum, right: Datum) -> Datum:
    """Add two numbers or join two texts."""
    if isinstance(left, str) and isinstance(right, str):
        frame.room_for_text(len(left) + len(right))
        return left + right
    return _add_numbers(frame, left, right)


def equal(frame: Frame, left: Datum, right: Datum, depth: int = 0) -> bool | None:
    """Compare for equality; null equals null only, and different kinds can't be compared."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        frame.spend_on_text(len(left))
        return left == right
    return _equal_others(frame, left, right, depth)


def unequal(frame: Frame, left: Datum, right: Datum) -> bool | None:
    """Give the opposite of `equal`."""
    same = equal(frame, left, right)
    return None if same is None else not same


def within(frame: Frame, value: Datum, limits: Range) -> bool | None:
    """Tell whether the value lies in the range."""
    above = (less_or_equal if limits.low_included else less)(frame, limits.low, value)
    below = (less_or_equal if limits.high_included else less)(frame, value, limits.high)
    return None if above is None or below is None else above and below


def is_in(frame: Frame, value: Datum, target: Datum) -> bool | None:
    """Tell whether the value is in a range or a list (of values or ranges), or equals anything else."""
    if isinstance(target, Range):
        return within(frame, value, target)
    if not isinstance(target, list):
        return equal(frame, value, target)
    frame.spend(len(target))
    return any(_matches(frame, value, each) for each in target)


def negative(value: Datum) -> Datum:
    """Give the number with the other sign."""
    return value.copy_negate() if isinstance(value, Decimal) else None


def _matches(frame: Frame, value: Datum, element: Datum) -> bool:
    if isinstance(element, Range) and not isinstance(value, Range):
        return within(frame, value, element) is True
    return equal(frame, value, element) is True


def _equal_others(frame: Frame, left: Datum, right: Datum, depth: int) -> bool | None:
    if left is None or right is None:
        return left is right
    if kind_of(left) != kind_of(right):
        return None
    if depth > MAX_DEPTH:
        raise too_deep()
    frame.spend_on(left)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(frame, left, right, depth + 1)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and _equal_lists(
            frame, list(left.values()), [right[key] for key in left], depth + 1
        )
    return left == right


def _equal_lists(frame: Frame, left: Sequence[Datum], right: Sequence[Datum], depth: int) -> bool:
    return len(left) == len(right) and all(
        equal(frame, one, other, depth) is True for one, other in zip(left, right, strict=True)
    )


def _ordering(
    numbers: Callable[[Decimal, Decimal], bool], texts: Callable[[str, str], bool]
) -> Callable[[Frame, Datum, Datum], bool | None]:
    """Make a comparison of two numbers or two texts (by code points)."""

    def compare(frame: Frame, left: Datum, right: Datum) -> bool | None:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return numbers(left, right)
        if isinstance(left, str) and isinstance(right, str):
            frame.spend_on_text(len(left))
            return texts(left, right)
        return None

    return compare


def _arithmetic(compute: Callable[[Decimal, Decimal], Decimal]) -> Operation:
    """Make an operation on two numbers; division by zero and numbers out of reach give null."""

    def calculate(_: Frame, left: Datum, right: Datum) -> Datum:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            try:
                return compute(left, right)
            except ArithmeticError:
                return None
        return None

    return calculate


less = _ordering(operator.lt, operator.lt)
less_or_equal = _ordering(operator.le, operator.le)
greater = _ordering(operator.gt, operator.gt)
greater_or_equal = _ordering(operator.ge, operator.ge)
_add_numbers = _arithmetic(NUMBERS.add)

OPERATIONS: Mapping[str, Operation] = {
    "=": equal,
    "!=": unequal,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
    "in": is_in,
    "+": add,
    "-": _arithmetic(NUMBERS.subtract),
    "*": _arithmetic(NUMBERS.multiply),
    "/": _arithmetic(NUMBERS.divide),
    "**": _arithmetic(NUMBERS.power),
}
"""What each operator and unary test does."""
