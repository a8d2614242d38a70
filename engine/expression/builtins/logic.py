"""`not` and `is defined`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.signature import Builtin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.expression.frame import Frame
    from engine.expression.values import Datum

IS_DEFINED = "is defined"
"""The one function that asks for a name before its value: `feel_compile` looks the name up."""


def negation(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Give the opposite of a boolean, null for anything else."""
    (value,) = arguments
    return not value if isinstance(value, bool) else None


def defined(_: Frame, arguments: Sequence[Datum]) -> Datum:
    """Tell whether a computed value is there."""
    (value,) = arguments
    return value is not None


LOGIC_FUNCTIONS = (
    Builtin(name="not", parameters=("negand",), run=negation),
    Builtin(name=IS_DEFINED, parameters=("value",), run=defined),
)
