"""From every activity, gateway and event but an end a way leads on.

Several ways out of an activity or event need no gateway (BPMN 2.0.2, 13.3.1): those without condition are all taken, of
those with one each that is true, and the default flow when no other is (`engine.spiff.normalise`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_ELSEWHERE = {ElementKind.END_EVENT, ElementKind.START_EVENT}
"""An end leads nowhere, and to a start that does so `start_and_end` sees."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find activities, gateways and events from which no way leads on."""
    for element in checked.process.elements.values():
        ends = element.kind in _ELSEWHERE or element.by_event
        if not ends and not checked.process.leaving(element.id):
            yield checked.error("dead_end", element)
