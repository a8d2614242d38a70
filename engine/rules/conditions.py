"""Where the way parts by conditions, each can be read; at an exclusive or inclusive gateway every flow but one default has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import DECIDING, ElementKind
from engine.rule import Severity
from engine.spiff.program import compile_condition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element, Flow
    from engine.rule import Checked, Finding

_LANGUAGES = {"", "feel", "juel"}
"""What the `language` of a condition may say; without it the platform of the drawing tells."""

_LONGEST = 60
"""Characters of a language that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find flows without condition, conditions on a default, a single or a parallel flow, and texts that are no expression."""
    for element in checked.process.elements.values():
        leaving = checked.process.leaving(element.id)
        if element.default and element.default not in {flow.id for flow in leaving}:
            yield checked.error("default_unknown", element, flow=element.default)
        for flow in leaving:
            yield from _flow(checked, element, flow, alone=len(leaving) == 1)


def _flow(checked: Checked, element: Element, flow: Flow, *, alone: bool) -> Iterator[Finding]:
    if element.kind in DECIDING:
        yield from _deciding(checked, element, flow, alone=alone)
    elif element.kind is ElementKind.PARALLEL_GATEWAY and flow.condition:
        yield _at(checked, "condition_on_parallel", flow)
    elif element.kind is not ElementKind.EVENT_GATEWAY and flow.condition:
        yield from _conditional(checked, element, flow)


def _deciding(checked: Checked, element: Element, flow: Flow, *, alone: bool) -> Iterator[Finding]:
    if flow.condition:
        yield from _conditional(checked, element, flow)
    elif not alone and flow.id != element.default:
        yield _at(checked, "condition_missing", flow, gateway=element.name)


def _conditional(checked: Checked, element: Element, flow: Flow) -> Iterator[Finding]:
    if flow.id == element.default:
        yield _at(checked, "condition_on_default", flow, gateway=element.name)
    if flow.language.lower() not in _LANGUAGES:
        yield _at(checked, "condition_language", flow, language=flow.language[:_LONGEST])
        return
    try:
        compile_condition(flow, checked.process)
    except ExpressionInvalid as error:
        yield _at(checked, "expression_invalid", flow, text=flow.condition, error=error)


def _at(checked: Checked, code: str, flow: Flow, **params: object) -> Finding:
    return checked.at(Severity.ERROR, code, flow.id, flow.name, flow.line, **params)
