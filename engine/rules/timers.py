"""A timer is given as exactly one date, length or cycle that Alur can follow, where it can come as often as it says.

A cycle stands at the start of a process, or at a boundary event that leaves its activity alone; nowhere else could it come
twice. At the start nothing is known yet that an expression could read. A length that no document states
(`batas.ditetapkan` = `tidak`) is the office's to set (docs/timers.md), and its owner is reminded of that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.expression import (
    ExpressionInvalid,
    Language,
    compile_literal_or_expression,
    is_expression,
)
from engine.process import ElementKind, TriggerKind
from engine.rule import Severity
from engine.spiff.catching import STATED
from engine.timer import TimerInvalid, TimerKind
from engine.timer import check as check_literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element, Trigger
    from engine.rule import Checked, Finding

_PLACES = frozenset({ElementKind.START_EVENT, ElementKind.CATCH_EVENT, ElementKind.BOUNDARY_EVENT})
_SETTABLE = _PLACES - {ElementKind.START_EVENT}
_YES, _NO = "ya", "tidak"


def check(checked: Checked) -> Iterator[Finding]:
    """Find timers without or with several texts, with one that can't be followed, and where a timer can't stand."""
    for element in checked.process.elements.values():
        trigger = element.trigger
        if trigger is not None and trigger.kind is TriggerKind.TIMER:
            yield from _timer(checked, element, trigger)
        elif STATED in element.properties:
            yield checked.error("timer_stated_place", element)


def _timer(checked: Checked, element: Element, trigger: Trigger) -> Iterator[Finding]:
    around = checked.process.elements.get(element.parent)
    inner = element.kind is ElementKind.START_EVENT and around is not None and not around.by_event
    if element.kind not in _PLACES or inner:
        return  # which the rule of the events says
    if not trigger.timer or not trigger.text:
        yield checked.error("timer_missing", element)
    else:
        yield from _text(checked, element, TimerKind(trigger.timer), trigger.text)
        yield from _stated(checked, element, trigger)


def _text(checked: Checked, element: Element, kind: TimerKind, text: str) -> Iterator[Finding]:
    if kind is TimerKind.CYCLE and not _repeats(element):
        yield checked.error("timer_cycle_place", element)
    if is_expression(text):
        if _starts(element):
            yield checked.error("timer_start_expression", element, text=text)
            return
        try:
            compile_literal_or_expression(text, Language.JUEL)
        except ExpressionInvalid as error:
            yield checked.error("timer_expression", element, text=text, error=error)
        return
    try:
        check_literal(kind, text)
    except TimerInvalid as error:
        yield checked.error("timer_wrong", element, text=text[:80], error=error)


def _stated(checked: Checked, element: Element, trigger: Trigger) -> Iterator[Finding]:
    told = element.properties.get(STATED, _YES)
    if told not in {_YES, _NO}:
        yield checked.error("timer_stated_unknown", element, value=told[:40])
    elif told == _NO and (trigger.timer != TimerKind.DURATION or element.kind not in _SETTABLE):
        yield checked.error("timer_stated_place", element)
    elif told == _NO:
        place = (element.id, element.name, element.line)
        yield checked.at(Severity.WARNING, "timer_unstated", *place, length=trigger.text)


def _starts(element: Element) -> bool:
    """Tell whether it begins a case, which has no variables before."""
    return element.kind is ElementKind.START_EVENT and not element.parent


def _repeats(element: Element) -> bool:
    at_border = element.kind in {ElementKind.BOUNDARY_EVENT, ElementKind.START_EVENT}
    return _starts(element) or (at_border and not element.interrupts)
