"""Every element can be reached from the start event of its level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import ElementKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find elements that no case will ever come to."""
    process = checked.process
    targets: dict[str, list[str]] = {}
    for flow in process.flows.values():
        targets.setdefault(flow.source, []).append(flow.target)
    for element in process.elements.values():
        if element.attached_to:
            targets.setdefault(element.attached_to, []).append(element.id)
    begin = (
        e for e in process.elements.values() if e.kind is ElementKind.START_EVENT or e.by_event
    )
    to_see = [e.id for e in begin]
    seen: set[str] = set()
    while to_see:
        current = to_see.pop()
        if current not in seen:
            seen.add(current)
            to_see.extend(targets.get(current, []))
    for element in process.elements.values():
        if element.id not in seen:
            yield checked.error("unreachable", element)
