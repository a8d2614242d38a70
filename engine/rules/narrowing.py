"""Assignee, candidates, dates and priority of a step are texts or expressions that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import DONE_BY_PEOPLE
from engine.spiff.program import compile_narrowing
from engine.urgency import MOST_URGENT, read_priority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find expressions of a user task that can't be compiled."""
    for element in checked.process.elements.values():
        if element.kind in DONE_BY_PEOPLE:
            try:
                list(compile_narrowing(element))
            except ExpressionInvalid as error:
                yield checked.error("narrowing_invalid", element, error=error)
            else:
                yield from _priority(checked, element)


def _priority(checked: Checked, element: Element) -> Iterator[Finding]:
    """Find a priority that is written out and is none; that of an expression is looked at when the task comes."""
    text = element.priority
    written_out = text and not text.startswith(("${", "#{", "="))
    if written_out and read_priority(text) is None:
        yield checked.error("priority_wrong", element, text=text[:60], limit=MOST_URGENT)
