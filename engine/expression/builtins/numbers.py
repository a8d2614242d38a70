"""Functions of numbers (DMN 1.5, 10.3.4.5). Everything is decimal: `sqrt`, `log` and `exp` are rounded to 34 digits too."""

from __future__ import annotations

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
)
from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, of_numbers, only
from engine.expression.temporal import DaysDuration, MonthsDuration
from engine.expression.values import NUMBERS, whole_number
from engine.variables import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.builtins.signature import Run
    from engine.expression.frame import Frame
    from engine.expression.values import Datum

LEAST_SCALE, MOST_SCALE = -6111, 6176
"""The decimals that a number may be rounded to (DMN 1.5, 10.3.4.5)."""

DEAR = 20
"""Steps of a logarithm or a power of e to 34 digits."""

_WIDE = Context(prec=3 * MAX_DIGITS, Emax=MAX_DIGITS, Emin=-MAX_DIGITS)
"""Room for every digit of a number that was written with more than 34."""


def absolute(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the number or duration without its sign."""
    value = only(arguments[0])
    if isinstance(value, Decimal):
        return value.copy_abs()
    if isinstance(value, DaysDuration):
        return DaysDuration(nanoseconds=abs(value.nanoseconds))
    if isinstance(value, MonthsDuration):
        return MonthsDuration(months=abs(value.months))
    return None


def _dear(compute: Callable[[Decimal], Decimal | None]) -> Run:
    """Make a function of one number that takes as long as many others."""
    plain = of_numbers(compute)

    def run(frame: Frame, arguments: Sequence[Datum]) -> Datum:
        frame.spend(DEAR)
        return plain(frame, arguments)

    return run


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Give the remainder, with the sign of the divisor. Raises ArithmeticError for divisor 0."""
    remainder = NUMBERS.remainder(dividend, divisor)
    if remainder and remainder.is_signed() != divisor.is_signed():
        return NUMBERS.add(remainder, divisor)
    return remainder


def even(number: Decimal) -> bool | None:
    """Tell whether the number is even; null when it is not whole."""
    return None if number != number.to_integral_value() else not _WIDE.remainder(number, Decimal(2))


def odd(number: Decimal) -> bool | None:
    """Tell whether the number is odd; null when it is not whole."""
    is_even = even(number)
    return None if is_even is None else not is_even


def logarithm(number: Decimal) -> Decimal | None:
    """Give the natural logarithm; null for zero. Raises ArithmeticError for what is less."""
    return NUMBERS.ln(number) if number else None


def _rounding(rounding: str) -> Callable[..., Decimal]:
    """Make a function that rounds to so many decimals (a negative scale: to tens, hundreds, …)."""

    def rounded(number: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
        places = whole_number(scale)
        if places is None or not LEAST_SCALE <= places <= MOST_SCALE:
            raise ArithmeticError
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and exponent >= -places:
            return number
        return number.quantize(Decimal((0, (1,), -places)), rounding, _WIDE)

    return rounded


_SCALED = ("n", "scale")

NUMBER_FUNCTIONS = (
    Builtin(name="abs", parameters=("n",), run=absolute),
    Builtin(name="modulo", parameters=("dividend", "divisor"), run=of_numbers(modulo)),
    Builtin(name="sqrt", parameters=("number",), run=of_numbers(NUMBERS.sqrt)),
    Builtin(name="log", parameters=("number",), run=_dear(logarithm)),
    Builtin(name="exp", parameters=("number",), run=_dear(NUMBERS.exp)),
    Builtin(name="even", parameters=("number",), run=of_numbers(even)),
    Builtin(name="odd", parameters=("number",), run=of_numbers(odd)),
    Builtin(name="decimal", parameters=_SCALED, run=of_numbers(_rounding(ROUND_HALF_EVEN))),
    *(
        Builtin(name=name, parameters=_SCALED, optional=1, run=of_numbers(_rounding(rounding)))
        for name, rounding in (
            ("floor", ROUND_FLOOR),
            ("ceiling", ROUND_CEILING),
            ("round up", ROUND_UP),
            ("round down", ROUND_DOWN),
            ("round half up", ROUND_HALF_UP),
            ("round half down", ROUND_HALF_DOWN),
        )
    ),
)
