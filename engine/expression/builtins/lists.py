"""Functions of lists (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, as_list, of_elements
from engine.expression.operators import equal, less
from engine.expression.values import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum


def count(_: Frame, elements: Sequence[Datum]) -> Datum:
    """Count the elements."""
    return Decimal(len(elements))


def total(_: Frame, elements: Sequence[Datum]) -> Datum:
    """Add the numbers; null when there is none or one is no number."""
    numbers = [each for each in elements if isinstance(each, Decimal)]
    if not numbers or len(numbers) < len(elements):
        return None
    try:
        return reduce(NUMBERS.add, numbers)
    except ArithmeticError:
        return None


def smallest(frame: Frame, elements: Sequence[Datum]) -> Datum:
    """Give the smallest element; null when there is none or two can't be compared."""
    return _extreme(frame, elements, smallest_wins=True)


def largest(frame: Frame, elements: Sequence[Datum]) -> Datum:
    """Give the largest element; null when there is none or two can't be compared."""
    return _extreme(frame, elements, smallest_wins=False)


def list_contains(frame: Frame, arguments: Sequence[Datum]) -> Datum:
    """Tell whether an element equals the value; null may be looked for too."""
    elements, wanted = as_list(arguments[0]), arguments[1]
    if elements is None:
        return None
    return any(equal(frame, each, wanted) is True for each in elements)


def append(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give a new list with the further arguments as its last elements."""
    elements = as_list(arguments[0])
    return None if elements is None else [*elements, *arguments[1:]]


def concatenate(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give one list of the elements of all lists; null when one is null."""
    lists = [each for each in map(as_list, arguments) if each is not None]
    if len(lists) < len(arguments):
        return None
    return [element for each in lists for element in each]


def _extreme(frame: Frame, elements: Sequence[Datum], *, smallest_wins: bool) -> Datum:
    best = elements[0] if elements else None
    for each in elements:
        is_less = less(frame, each, best)
        if is_less is None:
            return None
        if is_less is smallest_wins:
            best = each
    return best


LIST_FUNCTIONS = (
    Builtin(name="count", parameters=("list",), run=of_elements(count)),
    Builtin(name="sum", parameters=("list",), repeats=True, run=of_elements(total)),
    Builtin(name="min", parameters=("list",), repeats=True, run=of_elements(smallest)),
    Builtin(name="max", parameters=("list",), repeats=True, run=of_elements(largest)),
    Builtin(name="list contains", parameters=("list", "element"), run=list_contains),
    Builtin(name="append", parameters=("list", "item"), repeats=True, run=append),
    Builtin(name="concatenate", parameters=("list",), repeats=True, run=concatenate),
)
