"""FEEL: calls of built-in functions and of functions that are values, and such functions (DMN 1.5, 10.3.2.12 and .13)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from engine.expression.kinds import fitted
from engine.expression.values import Function

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.expression.builtins.signature import Builtin, Run
    from engine.expression.frame import Frame
    from engine.expression.kinds import Kind
    from engine.expression.loops import Closure, Repeated
    from engine.expression.values import Datum

Arguments: TypeAlias = "Sequence[tuple[str | None, Closure]]"
"""Compiled arguments with their names; all have one or none has."""

_SMALL = frozenset({Decimal, bool, type(None)})
"""Types whose values cost nothing to walk or keep."""


def called(compute: Run, arguments: Sequence[Closure], position: int) -> Closure:
    """Call a built-in function, paying for what it is given and what it makes."""
    if len(arguments) == 1:
        return _called_with_one(compute, arguments[0], position)

    def run(frame: Frame) -> Datum:
        values = [argument(frame) for argument in arguments]
        frame.position = position
        for value in values:
            if type(value) not in _SMALL:
                frame.spend_on(value)
        result = compute(frame, values)
        if type(result) not in _SMALL:
            frame.room_for(result)
        return result

    return run


def _called_with_one(compute: Run, argument: Closure, position: int) -> Closure:
    """Do as `called`: most calls have one argument, and need no list of them."""

    def run(frame: Frame) -> Datum:
        value = argument(frame)
        frame.position = position
        if type(value) not in _SMALL:
            frame.spend_on(value)
        result = compute(frame, (value,))
        if type(result) not in _SMALL:
            frame.room_for(result)
        return result

    return run


def as_value(builtin: Builtin) -> Function:
    """Make a value of a built-in function, to be handed to another."""

    def run(frame: Frame, values: Sequence[Datum]) -> Datum:
        form = builtin.form_of([None] * len(values))
        if form is None:
            return None
        return called(form.run, [_given(value) for value in values], frame.position)(frame)

    return Function(parameters=builtin.parameters, run=run)


def invoked(function: Closure, arguments: Arguments, position: int) -> Closure:
    """Call what a value is; null when it is no function or takes other arguments."""

    def run(frame: Frame) -> Datum:
        callee = function(frame)
        values = [(name, argument(frame)) for name, argument in arguments]
        if not isinstance(callee, Function):
            return None
        ordered = _in_order(callee, values)
        frame.position = position
        return None if ordered is None else callee.run(frame, ordered)

    return run


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A function as it is written; it becomes a value each time it is met, with what is bound around it then."""

    parameters: tuple[str, ...]
    kinds: tuple[Kind | None, ...]
    body: Repeated
    result: Kind | None

    def __call__(self, frame: Frame) -> Datum:
        """Give the function. What is free in its body is bound as here, wherever it is called."""
        variables, around = frame.variables, list(frame.scopes)
        frame.spend(len(around))

        def run(caller: Frame, values: Sequence[Datum]) -> Datum:
            taken = self._taken(caller, values)
            if taken is None:
                return None
            scopes = [*around, dict(zip(self.parameters, taken, strict=True))]
            return self._run(caller, variables, scopes)

        return Function(parameters=self.parameters, run=run, kinds=self.kinds, result=self.result)

    def _taken(self, frame: Frame, values: Sequence[Datum]) -> list[Datum] | None:
        """Give the arguments as the kinds of the parameters have them; None when one can't be, or there are others."""
        if len(values) != len(self.parameters):
            return None
        taken: list[Datum] = []
        for kind, value in zip(self.kinds, values, strict=True):
            fit = (value,) if kind is None else fitted(frame, value, kind)
            if fit is None:
                return None
            taken.extend(fit)
        return taken

    def _run(
        self, frame: Frame, variables: Mapping[str, Datum], scopes: list[Mapping[str, Datum]]
    ) -> Datum:
        frame.begin_call(self.body.cost)
        outside = frame.variables, frame.scopes
        frame.variables, frame.scopes = variables, scopes
        result = self.body.run(frame)
        frame.variables, frame.scopes = outside
        frame.calls -= 1
        return result


def _given(value: Datum) -> Closure:
    return lambda _: value


def _in_order(
    function: Function, values: Sequence[tuple[str | None, Datum]]
) -> Sequence[Datum] | None:
    """Sort values by the parameters; None when there are others, or more or fewer."""
    named = {name: value for name, value in values if name is not None}
    if not named:
        return [value for _, value in values]
    if len(named) < len(values) or named.keys() != set(function.parameters):
        return None
    return [named[name] for name in function.parameters]
