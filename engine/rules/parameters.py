"""Parameters (`camunda:inputOutput`) stand where an activity has variables of its own, and each has a name and an expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.spiff.parameters import compile_parameters, takes_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find parameters that nothing would pass, and those without a name or a text that can be read."""
    for element in checked.process.elements.values():
        if element.inputs or element.outputs:
            yield from _parameters(checked, element)


def _parameters(checked: Checked, element: Element) -> Iterator[Finding]:
    if not takes_parameters(element):
        yield checked.error("parameter_place", element)
        return
    for each in element.inputs + element.outputs:
        if not each.target.isidentifier():
            yield checked.error("parameter_name", element, name=each.target[:60] or "–")
        elif not each.expression:
            yield checked.error("parameter_empty", element, name=each.target[:60])
    try:
        compile_parameters(element)
    except ExpressionInvalid as error:
        yield checked.error("parameter_invalid", element, error=error)
