"""The operators of JUEL on values, with the coercions of Unified EL 2.2, section 1.8, where they can't hide a mistake.

* Arithmetic: null and "" count as 0, a text that is a number as that number; anything else fails.
* `and`, `or`, `not`, `?:`: null and "" count as false, the texts true and false (in any case) as themselves; anything else
  fails (EL takes every other text for false).
* `==`: null equals null only; with a number, a text is read as a number; with a boolean, as true or false; values that
  can't be brought to one kind differ. Lists and objects are equal when their elements are.
* `<`: null on one side is false, but `null <= null` and `null >= null` are true; with a number, a text is read as a number;
  two texts compare by code points; other kinds fail.
Numbers compare exactly; computed ones have 34 digits.
"""

from __future__ import annotations

import operator
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression import operators
from engine.expression.builtins.numerals import read_number
from engine.expression.errors import Failure
from engine.expression.values import NUMBERS, kind_of, whole_number
from engine.variables import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

Operation: TypeAlias = "Callable[[Frame, Datum, Datum], Datum]"

_ZERO = Decimal(0)
_BOOLEANS = {"true": True, "false": False}


def truth(value: Datum) -> bool:
    """Give the value as a boolean. Raises Failure when it is none."""
    if isinstance(value, bool):
        return value
    if value is None or value == "":
        return False
    found = _boolean(value)
    if found is None:
        raise _wrong_kind(value, "boolean")
    return found


def number(value: Datum) -> Decimal:
    """Give the value as a number. Raises Failure when it is none."""
    if isinstance(value, Decimal):
        return value
    if value is None or value == "":
        return Decimal(0)
    found = read_number(value) if isinstance(value, str) else None
    if found is None:
        raise _wrong_kind(value, "number")
    return found


def text(value: Datum) -> str:
    """Give the value as a text inside `…${…}…`; null is empty. Raises Failure for lists and objects."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, Decimal)):
        return canonical(value)
    raise _wrong_kind(value, "text")


def is_empty(value: Datum) -> bool:
    """Tell whether the value is null or a text, list or object without anything in it."""
    return value is None or (isinstance(value, (str, list, dict)) and not value)


def equal(frame: Frame, left: Datum, right: Datum) -> bool:
    """Compare for equality; never fails for a kind."""
    if isinstance(left, str) and isinstance(right, (Decimal, bool)):
        left = _like(left, right)
    elif isinstance(right, str) and isinstance(left, (Decimal, bool)):
        right = _like(right, left)
    return operators.equal(frame, left, right) is True


def element(base: Datum, index: Datum) -> Datum:
    """Give a property of an object or an element of a list (from 0); null when it is not there or the base is null."""
    if base is None or index is None:
        return None
    if isinstance(base, dict):
        return base.get(text(index))
    if isinstance(base, list):
        place = whole_number(number(index))
        return base[place] if place is not None and 0 <= place < len(base) else None
    raise _wrong_kind(base, "context")


def _ordering(
    numbers: Callable[[Decimal, Decimal], bool], texts: Callable[[str, str], bool]
) -> Operation:
    def compare(frame: Frame, left: Datum, right: Datum) -> Datum:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return numbers(left, right)
        if left is None or right is None:
            return left is right and numbers(_ZERO, _ZERO)
        if isinstance(left, str) and isinstance(right, str):
            frame.spend_on_text(len(left))
            return texts(left, right)
        return numbers(number(left), number(right))

    return compare


def _arithmetic(compute: Callable[[Decimal, Decimal], Decimal]) -> Operation:
    def calculate(_: Frame, left: Datum, right: Datum) -> Datum:
        one, other = number(left), number(right)
        try:
            return compute(one, other)
        except ZeroDivisionError as error:
            raise Failure(
                "Expected a divisor that is not 0, but it is", code="division_by_zero"
            ) from error
        except ArithmeticError as error:
            raise Failure(
                "Expected a number that can be stored, but it is out of reach",
                code="number_out_of_reach",
            ) from error

    return calculate


def _remainder(left: Decimal, right: Decimal) -> Decimal:
    """Give the remainder with the sign of the left operand, as in Java."""
    if not right:
        raise ZeroDivisionError
    return NUMBERS.remainder(left, right)


def _divide(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise ZeroDivisionError
    return NUMBERS.divide(left, right)


def _like(value: str, other: Datum) -> Datum:
    """Read a text as the other's kind; it stays a text, and so differs, when it can't be."""
    found = _boolean(value) if isinstance(other, bool) else read_number(value)
    return value if found is None else found


def _boolean(value: Datum) -> bool | None:
    return _BOOLEANS.get(value.lower()) if isinstance(value, str) else None


def _wrong_kind(value: Datum, expected: str) -> Failure:
    return Failure(
        f"Expected a {expected}, but found a {kind_of(value)}",
        code="operand_kind",
        expected=expected,
        found=kind_of(value),
    )


OPERATIONS: Mapping[str, Operation] = {
    "==": equal,
    "!=": lambda frame, left, right: not equal(frame, left, right),
    "<": _ordering(operator.lt, operator.lt),
    "<=": _ordering(operator.le, operator.le),
    ">": _ordering(operator.gt, operator.gt),
    ">=": _ordering(operator.ge, operator.ge),
    "+": _arithmetic(NUMBERS.add),
    "-": _arithmetic(NUMBERS.subtract),
    "*": _arithmetic(NUMBERS.multiply),
    "/": _arithmetic(_divide),
    "%": _arithmetic(_remainder),
}
"""What each operator does."""
