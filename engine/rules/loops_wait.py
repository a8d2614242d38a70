"""Where the way leads back, something is waited for or counted: nothing goes round by itself for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.rule import Severity
from engine.unwaiting import circles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding
    from engine.unwaiting import Circle

_MOST_NAMED = 8
"""Elements of a circle that a sentence names."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find circles without a wait: an error where nothing in them changes what their ways hang on, else a warning.

    A circle that counts to an end is legal; if its condition is wrong, the case stops as an incident.
    """
    for circle in circles(checked.process):
        first = circle.elements[0]
        if circle.is_endless:
            yield checked.error("loop_endless", first, elements=_named(circle))
        else:
            place = (first.id, first.name, first.line)
            elements = _named(circle)
            yield checked.at(Severity.WARNING, "loop_without_wait", *place, elements=elements)


def _named(circle: Circle) -> str:
    names = [element.name or element.id for element in circle.elements]
    return ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
