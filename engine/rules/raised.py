"""An error or escalation has a code, is caught where one can come, and an error interrupts (BPMN 2.0.2, 10.5.7).

Only the work of a service or send task, an error end event and a called process can raise an error; where none of these is
inside an activity, its catching event would wait in vain. An error that is caught nowhere in the drawing may still be
caught by a process that calls it, so it is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.form.names import name_problem
from engine.process import DONE_BY_PROGRAMS, RAISED, THROWING, ElementKind, TriggerKind
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.process import Element, Process, Trigger
    from engine.rule import Checked, Finding

_RAISING = DONE_BY_PROGRAMS | {ElementKind.CALL_ACTIVITY}
_AROUND = {ElementKind.SUB_PROCESS, *_RAISING}
LONGEST_CODE = 100
"""Characters of the code of an error or escalation."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find codes that are missing or too long, errors that would not interrupt or are caught in vain or nowhere."""
    for element in checked.process.elements.values():
        trigger = element.trigger
        if trigger is None or trigger.kind not in RAISED:
            continue
        yield from _said(checked, element, trigger)
        if element.kind in THROWING:
            yield from _thrown(checked, element, trigger)
        else:
            yield from _caught(checked, element, trigger)


def _said(checked: Checked, element: Element, trigger: Trigger) -> Iterator[Finding]:
    if len(trigger.name) > LONGEST_CODE or not trigger.name.isprintable():
        yield checked.error("raised_code_wrong", element, text=trigger.name[:60])
    for variable in filter(None, (trigger.code_variable, trigger.message_variable)):
        if name_problem(variable) is not None:
            yield checked.error("raised_variable", element, name=variable[:80])


def _thrown(checked: Checked, element: Element, trigger: Trigger) -> Iterator[Finding]:
    if not trigger.name:
        yield checked.error("raised_code_missing", element)
    elif trigger.kind is TriggerKind.ERROR and not _is_caught(checked.process, element, trigger):
        yield checked.at(
            Severity.WARNING,
            "error_caught_nowhere",
            element.id,
            element.name,
            element.line,
            text=trigger.name,
        )


def _caught(checked: Checked, element: Element, trigger: Trigger) -> Iterator[Finding]:
    if trigger.kind is TriggerKind.ERROR and not element.interrupts:
        yield checked.error("error_not_interrupting", element)
    host = checked.process.elements.get(element.attached_to)
    if host is not None and host.kind not in _AROUND:
        yield checked.at(
            Severity.WARNING,
            "raised_never",
            element.id,
            element.name,
            element.line,
            host=host.name,
        )


def _is_caught(process: Process, element: Element, trigger: Trigger) -> bool:
    """Tell whether an event around an element catches what it throws."""
    catching = (event.trigger for event in _around(process, element.parent) if event.trigger)
    return any(c.kind is trigger.kind and c.name in {"", trigger.name} for c in catching)


def _around(process: Process, level: str) -> Iterator[Element]:
    """Give the events at the borders around a level, outwards; an event sub-process is none of its own level's."""
    inside_handler = False
    while True:
        if not inside_handler:
            yield from (start for _, start in process.started_by_events(level))
        around = process.elements.get(level)
        if around is None:
            return
        yield from process.attached(around.id)
        level, inside_handler = around.parent, around.by_event
