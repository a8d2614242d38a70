"""Functions that make one value of a list (DMN 1.5, 10.3.4.4): `min`, `sum`, `median` and their like."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, of_elements
from engine.expression.operators import less
from engine.expression.values import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.builtins.signature import Run
    from engine.expression.frame import Frame
    from engine.expression.values import Datum


def count(_: Frame, elements: Sequence[Datum]) -> Datum:
    """Count the elements."""
    return Decimal(len(elements))


def smallest(frame: Frame, elements: Sequence[Datum]) -> Datum:
    """Give the smallest element; null when there is none or two can't be compared."""
    return _extreme(frame, elements, smallest_wins=True)


def largest(frame: Frame, elements: Sequence[Datum]) -> Datum:
    """Give the largest element; null when there is none or two can't be compared."""
    return _extreme(frame, elements, smallest_wins=False)


def total(numbers: Sequence[Decimal]) -> Decimal:
    """Add the numbers, which are at least one."""
    return reduce(NUMBERS.add, numbers)


def product(numbers: Sequence[Decimal]) -> Decimal:
    """Multiply the numbers, which are at least one."""
    return reduce(NUMBERS.multiply, numbers)


def mean(numbers: Sequence[Decimal]) -> Decimal:
    """Give the average of at least one number."""
    return NUMBERS.divide(total(numbers), Decimal(len(numbers)))


def median(numbers: Sequence[Decimal]) -> Decimal:
    """Give the middle one of the sorted numbers, or the average of the two in the middle."""
    middle = len(numbers) // 2
    ordered = sorted(numbers)
    return ordered[middle] if len(numbers) % 2 else mean(ordered[middle - 1 : middle + 1])


def deviation(numbers: Sequence[Decimal]) -> Decimal | None:
    """Give the standard deviation of a sample; null for a single number."""
    if len(numbers) == 1:
        return None
    centre = mean(numbers)
    squares = [NUMBERS.power(NUMBERS.subtract(each, centre), 2) for each in numbers]
    return NUMBERS.sqrt(NUMBERS.divide(total(squares), Decimal(len(numbers) - 1)))


def mode(_: Frame, elements: Sequence[Datum]) -> Datum:
    """Give the numbers that are there most often, sorted; null when one element is no number."""
    numbers = [each for each in elements if isinstance(each, Decimal)]
    if len(numbers) < len(elements):
        return None
    counts = Counter(numbers)
    most = max(counts.values(), default=0)
    return sorted(number for number, times in counts.items() if times == most)


def _of_some_numbers(compute: Callable[[Sequence[Decimal]], Datum]) -> Run:
    """Make a function of at least one number; null for none, for anything else and for results out of reach."""

    def run(_: Frame, elements: Sequence[Datum]) -> Datum:
        numbers = [each for each in elements if isinstance(each, Decimal)]
        if not numbers or len(numbers) < len(elements):
            return None
        try:
            return compute(numbers)
        except ArithmeticError:
            return None

    return of_elements(run)


def _extreme(frame: Frame, elements: Sequence[Datum], *, smallest_wins: bool) -> Datum:
    best = elements[0] if elements else None
    for each in elements:
        is_less = less(frame, each, best)
        if is_less is None:
            return None
        if is_less is smallest_wins:
            best = each
    return best


STATISTICS = (
    Builtin(name="count", parameters=("list",), run=of_elements(count)),
    *(
        Builtin(name=name, parameters=("list",), repeats=True, run=run)
        for name, run in (
            ("min", of_elements(smallest)),
            ("max", of_elements(largest)),
            ("sum", _of_some_numbers(total)),
            ("product", _of_some_numbers(product)),
            ("mean", _of_some_numbers(mean)),
            ("median", _of_some_numbers(median)),
            ("stddev", _of_some_numbers(deviation)),
            ("mode", of_elements(mode)),
        )
    ),
)
