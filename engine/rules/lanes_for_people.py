"""Every step that a person does stands in a lane: lanes are the permission model (DESIGN.md 5.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DONE_BY_PEOPLE
from engine.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find people's steps and start events outside every lane, and lanes that name elements which are not there."""
    process = checked.process
    for element in process.elements.values():
        if element.kind in DONE_BY_PEOPLE and process.lane_of(element) is None:
            yield checked.error("lane_missing", element)
    try:
        start = process.start()
    except KeyError:
        return
    if process.lane_of(start) is None:
        yield checked.at(Severity.ERROR, "start_lane_missing", start.id, start.name, start.line)
