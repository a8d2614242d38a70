"""What a row of the table of functions says, and how plain Python functions become rows.

An argument of the wrong kind gives null, as DMN 1.5, 10.3.4 has it; a wrong number of arguments is found at deploy.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.values import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum, Function

Run: TypeAlias = "Callable[[Frame, Sequence[Datum]], Datum]"
"""Gives the value for the arguments, whose number is right."""


Verify: TypeAlias = "Callable[[Sequence[str | None]], None]"
"""Looks at the arguments that are written-out texts (None: any other) at deploy. Raises Failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One list of parameters that a function can be called with, and what it does then."""

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

    def takes(self, count: int) -> bool:
        """Tell whether it can be called with so many arguments by position."""
        return self.least <= count and (self.most is None or count <= self.most)

    def takes_named(self, names: Sequence[str]) -> bool:
        """Tell whether it can be called with arguments of these names."""
        return (
            len(set(names)) == len(names)
            and set(names) <= set(self.parameters)
            and set(self.parameters[: self.least]) <= set(names)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Builtin:
    """One function: its first form (`parameters` to `repeats`, as in `Form`) and others, which DMN calls overloads."""

    name: str
    parameters: tuple[str, ...]
    run: Run
    optional: int = 0
    repeats: bool = False
    others: tuple[Form, ...] = ()
    verify: Verify | None = None

    @property
    def forms(self) -> tuple[Form, ...]:
        """All ways to call it."""
        first = Form(
            parameters=self.parameters, run=self.run, optional=self.optional, repeats=self.repeats
        )
        return (first, *self.others)

    def form_of(self, names: Sequence[str | None]) -> Form | None:
        """Give the first form that takes these arguments, named or (all None) by position; None: there is no such form."""
        named = [name for name in names if name is not None]
        if not named:
            return next((form for form in self.forms if form.takes(len(names))), None)
        if len(named) < len(names):
            return None
        return next((form for form in self.forms if form.takes_named(named)), None)

    @property
    def usage(self) -> str:
        """The parameters, of each form."""
        return " / ".join(", ".join(form.parameters) for form in self.forms)


def of_text(compute: Callable[[str], Datum]) -> Run:
    """Make a function of one text."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        text = only(arguments[0])
        return compute(text) if isinstance(text, str) else None

    return run


def of_two_texts(compute: Callable[[str, str], Datum]) -> Run:
    """Make a function of two texts."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        first, second = map(only, arguments)
        if isinstance(first, str) and isinstance(second, str):
            return compute(first, second)
        return None

    return run


def of_numbers(compute: Callable[..., Datum]) -> Run:
    """Make a function of numbers; what can't be computed is null."""

    def run(_: Frame, arguments: Sequence[Datum]) -> Datum:
        numbers = [each for each in map(only, arguments) if isinstance(each, Decimal)]
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


def only(value: Datum) -> Datum:
    """Give the one element of a list that has no other, as where a single value is expected (DMN 1.5, 10.3.2.9.4)."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def place_in(length: int, position: Datum) -> int | None:
    """Give the offset of a position, counted from 1 or, below zero, from the end; None when there is no such."""
    number = only(position)
    place = whole_number(number) if isinstance(number, Decimal) else None
    if place is None or not 1 <= abs(place) <= length:
        return None
    return place - 1 if place > 0 else length + place


def call(frame: Frame, function: Function, *arguments: Datum) -> Datum:
    """Call a function that was handed in as a value."""
    frame.spend(1)
    return function.run(frame, arguments)
