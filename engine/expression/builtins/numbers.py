"""Functions of numbers (DMN 1.5, 10.3.4.5)."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from engine.expression.builtins.signature import Builtin, of_numbers
from engine.expression.values import NUMBERS, whole_number


def floor(number: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Round down to so many decimals."""
    return _rounded(number, scale, ROUND_FLOOR)


def ceiling(number: Decimal, scale: Decimal = Decimal(0)) -> Decimal:
    """Round up to so many decimals."""
    return _rounded(number, scale, ROUND_CEILING)


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Give the remainder, with the sign of the divisor. Raises ArithmeticError for divisor 0."""
    remainder = NUMBERS.remainder(dividend, divisor)
    if remainder and remainder.is_signed() != divisor.is_signed():
        return NUMBERS.add(remainder, divisor)
    return remainder


def _rounded(number: Decimal, scale: Decimal, rounding: str) -> Decimal:
    places = whole_number(scale)
    if places is None:
        raise ArithmeticError
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -places:
        return number
    return number.quantize(NUMBERS.scaleb(Decimal(1), -places), rounding, NUMBERS)


NUMBER_FUNCTIONS = (
    Builtin(name="abs", parameters=("n",), run=of_numbers(Decimal.copy_abs)),
    Builtin(name="floor", parameters=("n", "scale"), optional=1, run=of_numbers(floor)),
    Builtin(name="ceiling", parameters=("n", "scale"), optional=1, run=of_numbers(ceiling)),
    Builtin(name="modulo", parameters=("dividend", "divisor"), run=of_numbers(modulo)),
)
