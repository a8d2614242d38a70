"""A standard loop says how long it goes on: a condition, a maximum, or both (BPMN 2.0.2, 10.3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import ExpressionInvalid
from engine.process import GATEWAYS, ElementKind
from engine.spiff.looping import compile_going_on, read_maximum

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element, StandardLoop
    from engine.rule import Checked, Finding

_NO_ACTIVITY = GATEWAYS | {kind for kind in ElementKind if kind.endswith("Event")}


def check(checked: Checked) -> Iterator[Finding]:
    """Find loops without end, beside a repetition over items or on what is no activity, and texts that can't be read."""
    for element in checked.process.elements.values():
        if element.loops is not None:
            yield from _loop(checked, element, element.loops)


def _loop(checked: Checked, element: Element, loop: StandardLoop) -> Iterator[Finding]:
    if element.kind in _NO_ACTIVITY or element.by_event:
        yield checked.error("loop_place", element)
    if element.repeats is not None:
        yield checked.error("loop_and_repetition", element)
    if not loop.condition and not loop.maximum:
        yield checked.error("loop_unlimited", element)
    try:
        if loop.maximum:
            read_maximum(loop.maximum)
    except ValueError:
        yield checked.error("loop_maximum", element, text=loop.maximum[:20])
    try:
        compile_going_on(loop, checked.process)
    except ExpressionInvalid as error:
        yield checked.error("loop_invalid", element, error=error)
