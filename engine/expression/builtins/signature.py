"""What a row of the table of functions says, and how plain Python functions become rows.

An argument of the wrong kind gives null, as DMN 1.5, 10.3.4 has it; a wrong number of arguments is found at deploy.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

Run: TypeAlias = "Callable[[Frame, Sequence[Datum]], Datum]"
"""Gives the value for the arguments, whose number is right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builtin:
    """One function."""

    name: str
    parameters: tuple[str, ...]
    run: Run
    optional: int = 0
    """So many of the last parameters may be left out."""

    repeats: bool = False
    """Whether the last parameter takes any number of arguments."""

    @property
    def least(self) -> int:
        """The smallest number of arguments."""
        return len(self.parameters) - self.optional

    @property
    def most(self) -> int | None:
        """The largest number of arguments, None if there is no limit."""
        return None if self.repeats else len(self.parameters)


def of_text(compute: Callable[[str], Datum]) -> Run:
    """Make a function of one text."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        (text,) = arguments
        return compute(text) if isinstance(text, str) else None

    return run


def of_two_texts(compute: Callable[[str, str], Datum]) -> Run:
    """Make a function of two texts."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        first, second = arguments
        if isinstance(first, str) and isinstance(second, str):
            return compute(first, second)
        return None

    return run


def of_numbers(compute: Callable[..., Decimal]) -> Run:
    """Make a function of numbers; what can't be computed is null."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        numbers = [each for each in arguments if isinstance(each, Decimal)]
        if len(numbers) < len(arguments):
            return None
        try:
            return compute(*numbers)
        except ArithmeticError:
            return None

    return run


def of_elements(compute: Callable[[Frame, Sequence[Datum]], Datum]) -> Run:
    """Make a function of a list, which may also be written as several arguments."""

    def run(frame: Frame, arguments: Sequence[Datum]) -> Datum:
        if len(arguments) > 1:
            return compute(frame, arguments)
        elements = as_list(arguments[0])
        return None if elements is None else compute(frame, elements)

    return run


def as_list(value: Datum) -> Sequence[Datum] | None:
    """Give a list as it is, null as None, and any other value as the list with it alone (DMN 1.5, 10.3.2.9.4)."""
    if value is None or isinstance(value, list):
        return value
    return [value]
