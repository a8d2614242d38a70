"""Functions of booleans and of null (DMN 1.5, 10.3.4.2 and 10.3.4.4), and Camunda's `is defined` and `get or else`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin, of_elements, only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.builtins.signature import Run
    from engine.expression.frame import Frame
    from engine.expression.values import Datum

IS_DEFINED = "is defined"
"""The one function that asks for a name before its value: `feel_compile` looks the name up."""


def negation(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the opposite of a boolean, null for anything else."""
    value = only(arguments[0])
    return not value if isinstance(value, bool) else None


def defined(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Tell whether a computed value is there."""
    (value,) = arguments
    return value is not None


def value_or_else(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the first value, or the second when the first is null."""
    value, default = arguments
    return default if value is None else value


def _joined(deciding: bool) -> Run:  # noqa: FBT001 - the value that decides, not a flag
    """Make a function that gives `deciding` if one element is it; null if one is neither true nor false."""

    def run(_: Frame, elements: Sequence[Datum]) -> Datum:
        if any(each is deciding for each in elements):
            return deciding
        return not deciding if all(isinstance(each, bool) for each in elements) else None

    return of_elements(run)


LOGIC_FUNCTIONS = (
    Builtin(name="not", parameters=("negand",), run=negation),
    Builtin(name="all", parameters=("list",), repeats=True, run=_joined(False)),  # noqa: FBT003
    Builtin(name="any", parameters=("list",), repeats=True, run=_joined(True)),  # noqa: FBT003
    Builtin(name=IS_DEFINED, parameters=("value",), run=defined),
    Builtin(name="get or else", parameters=("value", "default"), run=value_or_else),
)
