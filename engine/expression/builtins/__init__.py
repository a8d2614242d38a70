"""The built-in functions of FEEL (DMN 1.5, 10.3.4): one row each, in the module of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression.builtins.calendar import CALENDAR_FUNCTIONS
from engine.expression.builtins.contexts import CONTEXT_FUNCTIONS
from engine.expression.builtins.conversions import CONVERSIONS
from engine.expression.builtins.dates import DATE_FUNCTIONS
from engine.expression.builtins.durations import DURATION_FUNCTIONS
from engine.expression.builtins.identity import IDENTITY_FUNCTIONS
from engine.expression.builtins.lists import LIST_FUNCTIONS
from engine.expression.builtins.logic import LOGIC_FUNCTIONS
from engine.expression.builtins.numbers import NUMBER_FUNCTIONS
from engine.expression.builtins.patterns import PATTERN_FUNCTIONS
from engine.expression.builtins.ranges import RANGE_FUNCTIONS
from engine.expression.builtins.statistics import STATISTICS
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
        *PATTERN_FUNCTIONS,
        *LIST_FUNCTIONS,
        *STATISTICS,
        *CONTEXT_FUNCTIONS,
        *RANGE_FUNCTIONS,
        *CONVERSIONS,
        *DATE_FUNCTIONS,
        *DURATION_FUNCTIONS,
        *CALENDAR_FUNCTIONS,
        *IDENTITY_FUNCTIONS,
    )
}
"""Each function by its name."""
