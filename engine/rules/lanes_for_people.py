"""Every step that a person does stands in one lane: lanes are the permission model (DESIGN.md 5.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.process import DONE_BY_PEOPLE
from engine.rule import Severity
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from engine.rule import Checked, Finding


def check(checked: Checked) -> Iterator[Finding]:
    """Find people's steps and start events outside every lane, and elements that a lane names wrongly."""
    yield from _named(checked)
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


def _named(checked: Checked) -> Iterator[Finding]:
    """Find elements that are named by a lane but are not there, or by two lanes that lie side by side."""
    known = {node.get("id") for node in checked.node.iter()} - checked.process.flows.keys()
    lane_of: dict[str, etree._Element] = {}
    for lane in checked.node.iter(BPMN + "lane"):
        for named in lane.findall(BPMN + "flowNodeRef"):
            ident = (named.text or "").strip()
            if ident not in known:
                yield checked.at_node(Severity.ERROR, "lane_names_unknown", named, element=ident)
            elif ident in lane_of and lane_of[ident] not in lane.iterancestors():
                yield checked.at_node(Severity.ERROR, "lane_twice", named, element=ident)
            lane_of[ident] = lane
