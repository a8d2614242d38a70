"""Every sequence flow joins two elements of the same process level (BPMN 2.0.2, 7.6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find flows without source or target, across the border of a sub-process, into a start or out of an end event."""
    elements = checked.process.elements
    for flow in checked.process.flows.values():
        source, target = elements.get(flow.source), elements.get(flow.target)
        place = (flow.id, flow.name, flow.line)
        if source is None or target is None:
            missing = flow.source if source is None else flow.target
            yield checked.at(Severity.ERROR, "flow_loose", *place, missing=missing)
        elif source.parent != target.parent or flow.parent != source.parent:
            yield checked.at(Severity.ERROR, "flow_across", *place)
        elif target.kind is ElementKind.START_EVENT or source.kind is ElementKind.END_EVENT:
            yield checked.at(Severity.ERROR, "flow_direction", *place)
