"""Assignee, candidates and due date of a step are texts or expressions that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import DONE_BY_PEOPLE
from engine.spiff.program import compile_narrowing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find expressions of a user task that can't be compiled."""
    for element in checked.process.elements.values():
        if element.kind in DONE_BY_PEOPLE:
            try:
                list(compile_narrowing(element))
            except ExpressionInvalid as error:
                yield checked.error("narrowing_invalid", element, error=error)
