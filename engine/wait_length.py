"""How long a case waits where no document says so: the length drawn by its owner, or the office's own (docs/timers.md).

A timer event with the property `batas.ditetapkan` = `tidak` is such a wait. The office's length stands over the drawn one for
timers that begin to run from then on; those that run keep their time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import InvalidSubmission
from engine.process import TriggerKind
from engine.spiff.catching import STATED
from engine.timer import TimerInvalid, TimerKind, check

if TYPE_CHECKING:
    from engine.process import Element, Process

NOT_STATED = "tidak"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLength:
    """The office's own length (ISO 8601) of a wait: of a process by its key, at an element; empty for the drawn one again."""

    process: str
    element: str
    length: str


def unstated_waits(process: Process) -> tuple[Element, ...]:
    """Give the timer events whose length no document states, in document order."""
    return tuple(e for e in process.elements.values() if is_unstated(e))


def is_unstated(element: Element) -> bool:
    """Tell whether no document states how long this timer event waits."""
    trigger = element.trigger
    is_timer = trigger is not None and trigger.kind is TriggerKind.TIMER
    return is_timer and element.properties.get(STATED) == NOT_STATED


def place_name(element: Element, process: Process) -> str:
    """Give the name of where a case waits: of the step that a boundary event is attached to, else of the event."""
    return process.elements.get(element.attached_to, element).name


def expect_length(text: str) -> str:
    """Give a length without surrounding space. Raises InvalidSubmission for a text that is none."""
    length = text.strip()
    try:
        check(TimerKind.DURATION, length)
    except TimerInvalid as error:
        raise InvalidSubmission(str(error), code=error.code, **error.params) from error
    return length
