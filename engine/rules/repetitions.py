"""A multi-instance activity says over what it runs: a collection or a number (BPMN 2.0.2, 10.3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import GATEWAYS, ElementKind
from engine.spiff.program import compile_repetition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element, MultiInstance
    from engine.rule import Checked, Finding

_EVENTS = {ElementKind.START_EVENT, ElementKind.END_EVENT}


def check(checked: Checked) -> Iterator[Finding]:
    """Find repetitions without or with both, on elements that can't repeat, and texts that are no expression."""
    for element in checked.process.elements.values():
        repeats = element.repeats
        if repeats is None:
            continue
        if element.kind in GATEWAYS or element.kind in _EVENTS:
            yield checked.error("repetition_place", element)
        if bool(repeats.collection) == bool(repeats.cardinality):
            yield checked.error("repetition_over_what", element)
            continue
        if repeats.outputs_to or repeats.output:
            yield from _results(checked, element, repeats)
        try:
            compile_repetition(repeats, checked.process)
        except ExpressionInvalid as error:
            yield checked.error("repetition_invalid", element, error=error)


def _results(checked: Checked, element: Element, repeats: MultiInstance) -> Iterator[Finding]:
    if not (repeats.outputs_to.isidentifier() and repeats.output):
        yield checked.error("repetition_results", element)
