"""The process and each of its sub-processes begin at exactly one start event and come to an end event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find levels with no or several start events, or without end event, and a start event that leads nowhere."""
    process = checked.process
    inner = [e for e in process.elements.values() if e.kind is ElementKind.SUB_PROCESS]
    for level in (None, *inner):
        elements = list(process.inside(level.id if level else ""))
        starts = [e for e in elements if e.kind is ElementKind.START_EVENT]
        if len(starts) != 1:
            yield checked.error("start_count", level, count=len(starts))
        if not any(e.kind is ElementKind.END_EVENT for e in elements):
            yield checked.error("end_missing", level)
        if level is not None and level.by_event and len(starts) == 1 and starts[0].trigger is None:
            yield checked.error("handler_untriggered", level)
        for start in starts:
            if not process.leaving(start.id):
                yield checked.error("start_leads_nowhere", start)
