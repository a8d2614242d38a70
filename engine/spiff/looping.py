"""Standard loops (BPMN 2.0.2, 10.3.8 and 13.3.6), compiled: how long an activity is done again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.expression import Language, compile_text

if TYPE_CHECKING:
    from engine.expression import Expression
    from engine.process import Process, StandardLoop

MAX_ROUNDS = 1_000
"""Rounds of a loop that names no maximum; one that would begin another becomes an incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """How long an activity is done again: while the condition holds, at most so many times.

    `is_drawn` tells whether the drawing names that number, at which the loop then simply ends.
    """

    condition: Expression | None
    most: int
    is_drawn: bool
    test_before: bool


def compile_rounds(loop: StandardLoop, process: Process) -> Rounds:
    """Compile a standard loop. Raises ExpressionInvalid, and ValueError for a maximum that is no whole number above 0."""
    return Rounds(
        condition=compile_going_on(loop, process),
        most=read_maximum(loop.maximum) if loop.maximum else MAX_ROUNDS,
        is_drawn=bool(loop.maximum),
        test_before=loop.test_before,
    )


def compile_going_on(loop: StandardLoop, process: Process) -> Expression | None:
    """Compile the condition of a loop, None for none. Raises ExpressionInvalid."""
    default = Language.FEEL if process.feel_by_default else None
    return compile_text(loop.condition, default=default) if loop.condition else None


def read_maximum(text: str) -> int:
    """Read `loopMaximum`. Raises ValueError when it is no whole number above 0."""
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise ValueError(f"Expected a whole number above 0, but found {text[:20]!a}")
    return int(text)
