"""The operators of FEEL on values (DMN 1.5, 10.3.2.14 and 10.3.2.15): what has no meaning is null, nothing raises.

Only running out of the budget raises.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.frame import CHARACTERS_A_STEP
from engine.expression.rendering import too_deep
from engine.expression.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
    arithmetic,
    comparison,
)
from engine.expression.values import NUMBERS, Function, Range, kind_of
from engine.variables import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

Operation: TypeAlias = "Callable[[Frame, Datum, Datum], Datum]"

TEMPORAL = frozenset({Date, Time, DateTime, DaysDuration, MonthsDuration})
"""The types whose arithmetic is that of `temporal`; numbers and texts are looked at first, and pay nothing for them."""


def add(frame: Frame, left: Datum, right: Datum) -> Datum:
    """Add two numbers, join two texts, or move a time."""
    if isinstance(left, str) and isinstance(right, str):
        frame.room_for_text(len(left) + len(right))
        return left + right
    return _add_others(frame, left, right)


def equal(frame: Frame, left: Datum, right: Datum, depth: int = 0) -> bool | None:
    """Compare for equality; null equals null only, and different kinds can't be compared."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        if len(left) >= CHARACTERS_A_STEP:
            frame.spend_on_text(len(left))
        return left == right
    return _equal_others(frame, left, right, depth)


def unequal(frame: Frame, left: Datum, right: Datum) -> bool | None:
    """Give the opposite of `equal`."""
    same = equal(frame, left, right)
    return None if same is None else not same


def within(frame: Frame, value: Datum, limits: Range) -> bool | None:
    """Tell whether the value lies in the range."""
    if limits.operator:
        end = limits.high if limits.low is None else limits.low
        answer = OPERATIONS[limits.operator](frame, value, end)
        return answer if isinstance(answer, bool) else None
    above = (less_or_equal if limits.low_included else less)(frame, limits.low, value)
    below = (less_or_equal if limits.high_included else less)(frame, value, limits.high)
    return lies_between(above=above, below=below)


def lies_between(*, above: bool | None, below: bool | None) -> bool | None:
    """Tell what the comparisons with two ends say together: false as soon as one is, null when that is not known."""
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def open_range(operator: str, end: Datum) -> Datum:
    """Make the range that `(< end)` is; null when the end can't be compared."""
    if operator in ("=", "!="):
        included = operator == "="
        return Range(
            low=end, high=end, low_included=included, high_included=included, operator=operator
        )
    if not is_ordered(end):
        return None
    included = len(operator) > 1
    is_low = operator.startswith(">")
    return Range(
        low=end if is_low else None,
        high=None if is_low else end,
        low_included=included and is_low,
        high_included=included and not is_low,
        operator=operator,
    )


def is_ordered(value: Datum) -> bool:
    """Tell whether the value is of a kind that has an order, so that it can be the end of a range."""
    return isinstance(value, (Decimal, str)) or type(value) in TEMPORAL


def is_in(frame: Frame, value: Datum, target: Datum) -> bool | None:
    """Tell whether the value is in a range or a list (of values or ranges), or equals anything else."""
    if isinstance(target, Range) and not isinstance(value, Range):
        return within(frame, value, target)
    if not isinstance(target, list):
        return equal(frame, value, target)
    frame.spend(len(target))
    return (
        any(_matches(frame, value, each) for each in target) or equal(frame, value, target) is True
    )


def negative(value: Datum) -> Datum:
    """Give the number or the duration with the other sign."""
    if isinstance(value, Decimal):
        return value.copy_negate()
    return arithmetic.negate(value) if type(value) in TEMPORAL else None


def property_of(frame: Frame, value: Datum, key: str, depth: int = 0) -> Datum:
    """Give the entry of a context, the part of a time or a range, or the list of those of all elements of a list."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list):
        if depth > MAX_DEPTH:
            raise too_deep()
        frame.spend(len(value))
        return [property_of(frame, each, key, depth + 1) for each in value]
    if isinstance(value, Range):
        place = _OF_RANGE.get(key)
        return None if place is None else place(value)
    return arithmetic.property_of(value, key) if type(value) in TEMPORAL else None


def _matches(frame: Frame, value: Datum, element: Datum) -> bool:
    if isinstance(element, Range) and not isinstance(value, Range):
        return within(frame, value, element) is True
    return equal(frame, value, element) is True


def _equal_others(frame: Frame, left: Datum, right: Datum, depth: int) -> bool | None:
    if left is None or right is None:
        return left is right
    if type(left) in TEMPORAL or type(right) in TEMPORAL:
        return comparison.equal(left, right)
    if kind_of(left) != kind_of(right) or isinstance(left, Function):
        return None
    return _equal_of_a_kind(frame, left, right, depth)


def _equal_of_a_kind(frame: Frame, left: Datum, right: Datum, depth: int) -> bool:
    if depth > MAX_DEPTH:
        raise too_deep()
    frame.spend_on(left)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_lists(frame, left, right, depth + 1)
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and _equal_lists(
            frame, list(left.values()), [right[key] for key in left], depth + 1
        )
    if isinstance(left, Range) and isinstance(right, Range):
        return _equal_ranges(frame, left, right, depth + 1)
    return left == right


def _equal_ranges(frame: Frame, left: Range, right: Range, depth: int) -> bool:
    return (left.operator, left.low_included, left.high_included) == (
        right.operator,
        right.low_included,
        right.high_included,
    ) and _equal_lists(frame, [left.low, left.high], [right.low, right.high], depth)


def _equal_lists(frame: Frame, left: Sequence[Datum], right: Sequence[Datum], depth: int) -> bool:
    return len(left) == len(right) and all(
        equal(frame, one, other, depth) is True for one, other in zip(left, right, strict=True)
    )


def _ordering(
    numbers: Callable[[Decimal, Decimal], bool],
    texts: Callable[[str, str], bool],
    signs: Callable[[int, int], bool],
) -> Callable[[Frame, Datum, Datum], bool | None]:
    """Make a comparison of two numbers, two texts (by code points) or two times or durations of a kind."""

    def compare(frame: Frame, left: Datum, right: Datum) -> bool | None:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return numbers(left, right)
        if isinstance(left, str) and isinstance(right, str):
            frame.spend_on_text(len(left))
            return texts(left, right)
        if type(left) not in TEMPORAL:
            return None
        sign = comparison.compare(left, right)
        return None if sign is None else signs(sign, 0)

    return compare


def _arithmetic(
    compute: Callable[[Decimal, Decimal], Decimal],
    of_times: Callable[[Datum, Datum], Datum] | None = None,
) -> Operation:
    """Make an operation on two numbers, or where one is a time; numbers out of reach and division by zero give null."""

    def calculate(_: Frame, left: Datum, right: Datum) -> Datum:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            try:
                return compute(left, right)
            except ArithmeticError:
                return None
        if of_times and (type(left) in TEMPORAL or type(right) in TEMPORAL):
            return of_times(left, right)
        return None

    return calculate


less = _ordering(operator.lt, operator.lt, operator.lt)
less_or_equal = _ordering(operator.le, operator.le, operator.le)
greater = _ordering(operator.gt, operator.gt, operator.gt)
greater_or_equal = _ordering(operator.ge, operator.ge, operator.ge)
_add_others = _arithmetic(NUMBERS.add, arithmetic.add)

_OF_RANGE: Mapping[str, Callable[[Range], Datum]] = {
    "start": lambda limits: limits.low,
    "end": lambda limits: limits.high,
    "start included": lambda limits: limits.low_included,
    "end included": lambda limits: limits.high_included,
}
"""The properties of a range (DMN 1.5, table 54)."""

OPERATIONS: Mapping[str, Operation] = {
    "=": equal,
    "!=": unequal,
    "<": less,
    "<=": less_or_equal,
    ">": greater,
    ">=": greater_or_equal,
    "in": is_in,
    "+": add,
    "-": _arithmetic(NUMBERS.subtract, arithmetic.subtract),
    "*": _arithmetic(NUMBERS.multiply, arithmetic.multiply),
    "/": _arithmetic(NUMBERS.divide, arithmetic.divide),
    "**": _arithmetic(NUMBERS.power),
}
"""What each operator and unary test does."""
