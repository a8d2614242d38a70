"""Every sequence flow joins two elements of the same process level (BPMN 2.0.2, 7.6.1); none leads to or from an event sub-process."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind
from engine.rule import Severity
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_FLOW_NODE = re.compile(r".*(task|event|gateway|activity|subProcess|transaction)", re.IGNORECASE)


def check(checked: Checked) -> Iterator[Finding]:
    """Find flows without source or target, across the border of a sub-process, into a start or out of an end event."""
    elements = checked.process.elements
    refused = _refused_by_name(checked)
    for flow in checked.process.flows.values():
        source, target = elements.get(flow.source), elements.get(flow.target)
        place = (flow.id, flow.name, flow.line)
        if source is None or target is None:
            missing = flow.source if source is None else flow.target
            if missing not in refused:
                yield checked.at(Severity.ERROR, "flow_loose", *place, missing=missing)
        elif source.parent != target.parent or flow.parent != source.parent:
            yield checked.at(Severity.ERROR, "flow_across", *place)
        elif source.by_event or target.by_event:
            yield checked.at(Severity.ERROR, "flow_handler", *place)
        elif target.kind is ElementKind.START_EVENT or source.kind is ElementKind.END_EVENT:
            yield checked.at(Severity.ERROR, "flow_direction", *place)


def _refused_by_name(checked: Checked) -> set[str]:
    """Give the flow nodes that Alur doesn't run: they are refused by name, and a flow at one is in order."""
    nodes = checked.node.iter(f"{BPMN}*")
    drawn = {node.get("id", "") for node in nodes if _FLOW_NODE.fullmatch(_local(node))}
    return drawn - checked.process.elements.keys()


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname
