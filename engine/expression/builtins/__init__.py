"""The built-in functions of FEEL (DMN 1.5, 10.3.4): one row each, in the module of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.conversions import CONVERSIONS
from engine.expression.builtins.lists import LIST_FUNCTIONS
from engine.expression.builtins.logic import LOGIC_FUNCTIONS
from engine.expression.builtins.numbers import NUMBER_FUNCTIONS
from engine.expression.builtins.texts import TEXT_FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.expression.builtins.signature import Builtin

BUILTINS: Mapping[str, Builtin] = {
    row.name: row
    for row in (
        *LOGIC_FUNCTIONS,
        *NUMBER_FUNCTIONS,
        *TEXT_FUNCTIONS,
        *LIST_FUNCTIONS,
        *CONVERSIONS,
    )
}
"""Each function by its name."""
