"""What an expression computes with: the values of a case, dates and durations, ranges and functions.

Numbers are decimal128-like (DMN 1.5, 10.3.2.3): 34 significant digits, rounded half to even. Their exponents are kept
within what `engine.variables` can store, so that each result can be stored too.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import TYPE_CHECKING, TypeAlias, final

from engine.expression.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Temporal,
    Time,
)
from engine.variables import MAX_DIGITS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.expression.frame import Frame
    from engine.expression.kinds import Kind

DIGITS = 34
"""Significant digits of a computed number."""

NUMBERS = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emax=MAX_DIGITS,
    Emin=DIGITS - 1 - MAX_DIGITS,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""All arithmetic goes through this context and never through the one of the thread."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """All values between two ends of the same kind.

    One that was written with an `operator`, as `(< 10)`, is open at its other end, which is null; null as an end of
    any other range is an end that is not known.
    """

    low: Datum
    high: Datum
    low_included: bool
    high_included: bool
    operator: str = ""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function as a value: one that the expression defines (DMN 1.5, 10.3.2.13), a built-in one, or a model's own.

    `run` is called with one value for each parameter. `kinds` are those that the parameters were declared with, `result` is
    that of its value where the text tells it.
    """

    parameters: tuple[str, ...]
    run: Callable[[Frame, Sequence[Datum]], Datum]
    kinds: tuple[Kind | None, ...] = ()
    result: Kind | None = None


Datum: TypeAlias = "bool | Decimal | str | Temporal | Sequence[Datum] | Mapping[str, Datum] | Range | Function | None"
"""Any value inside an expression. Lists are `list` and contexts `dict`; none is ever changed in place."""

_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "text",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
}


def kind_of(value: Datum) -> str:
    """Name the kind of a value: null, boolean, number, text, list, context, range, function, or one of time."""
    return _KINDS.get(type(value)) or next(
        (kind for each, kind in _KINDS.items() if isinstance(value, each)), "unknown"
    )


def whole_number(value: Decimal) -> int | None:
    """Give the integer that the number is, or None when it has a fraction or is too large to count with."""
    if value.adjusted() > DIGITS or value != value.to_integral_value():
        return None
    return int(value)
