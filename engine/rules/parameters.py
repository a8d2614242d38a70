"""Parameters (`camunda:inputOutput`) stand at an activity, or an event on the way, and each has a name and a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.spiff.parameters import MAP, compile_parameters, takes_inputs, takes_outputs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import DataMapping, Element
    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find parameters that nothing would pass, and those without a name or a text that can be read."""
    for element in checked.process.elements.values():
        if element.inputs or element.outputs:
            yield from _parameters(checked, element)


def _parameters(checked: Checked, element: Element) -> Iterator[Finding]:
    if not takes_inputs(element):
        yield checked.error("parameter_place", element)
        return
    if element.outputs and not takes_outputs(element):
        yield checked.error("parameter_at_end", element)
    for each in element.inputs + element.outputs:
        if not each.target.isidentifier():
            yield checked.error("parameter_name", element, name=each.target[:60] or "–")
        elif _is_empty(each):
            yield checked.error("parameter_empty", element, name=each.target[:60])
    try:
        compile_parameters(element)
    except ExpressionInvalid as error:
        yield checked.error("parameter_invalid", element, error=error)


def _is_empty(given: DataMapping) -> bool:
    """Tell whether a value says nothing; an entry of a map needs a key as well. An empty list or map is a value."""
    if not given.shape:
        return not given.expression
    nameless = given.shape == MAP and not all(part.target for part in given.parts)
    return nameless or any(_is_empty(part) for part in given.parts)
