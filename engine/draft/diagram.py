"""The drawing of a draft in BPMN's diagram interchange: bounds of shapes and labels, waypoints of flows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.draft.graph import NodeKind
from engine.draft.xml import add

if TYPE_CHECKING:
    from lxml.etree import _Element

    from engine.draft.facts import Facts
    from engine.draft.graph import Graph
    from engine.draft.place import Picture
    from engine.draft.shape import Box


def add_diagram(definitions: _Element, facts: Facts, graph: Graph, picture: Picture) -> None:
    """Add the drawing of pool, lanes, elements and flows to the file."""
    process_id = facts.process_id
    diagram = add(definitions, "bpmndi:BPMNDiagram", {"id": f"BPMNDiagram_{process_id}"})
    plane = add(
        diagram,
        "bpmndi:BPMNPlane",
        {"id": f"BPMNPlane_{process_id}", "bpmnElement": f"Collaboration_{process_id}"},
    )
    _add_shape(plane, f"Participant_{process_id}", picture.pool, horizontal=True)
    for lane, box in picture.lanes.items():
        _add_shape(plane, lane, box, horizontal=True)
    for node in graph.nodes:
        shape = _add_shape(plane, node.id, picture.shapes[node.id])
        if node.kind is NodeKind.EXCLUSIVE:
            shape.set("isMarkerVisible", "true")
        _add_label(shape, picture.labels.get(node.id))
    for flow, points in picture.edges.items():
        edge = add(plane, "bpmndi:BPMNEdge", {"id": f"{flow}_di", "bpmnElement": flow})
        for x, y in points:
            add(edge, "di:waypoint", {"x": str(x), "y": str(y)})
        _add_label(edge, picture.labels.get(flow))


def _add_shape(plane: _Element, element_id: str, box: Box, *, horizontal: bool = False) -> _Element:
    attributes = {"id": f"{element_id}_di", "bpmnElement": element_id}
    shape = add(
        plane, "bpmndi:BPMNShape", attributes | ({"isHorizontal": "true"} if horizontal else {})
    )
    _add_bounds(shape, box)
    return shape


def _add_label(owner: _Element, box: Box | None) -> None:
    if box:
        _add_bounds(add(owner, "bpmndi:BPMNLabel"), box)


def _add_bounds(owner: _Element, box: Box) -> None:
    places = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    add(owner, "dc:Bounds", {name: str(value) for name, value in places.items()})
