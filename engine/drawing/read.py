"""Read the sheet of a BPMN file that people look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.drawing import elements, geometry
from engine.drawing.elements import BPMN, EDGE_KINDS, KINDS, reference, tag
from engine.drawing.values import Drawing, Edge, Kind, Shape
from engine.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"

_SUB_PROCESSES = (Kind.SUB_PROCESS, Kind.TRANSACTION)
_INNER_DATA = (Kind.DATA_INPUT, Kind.DATA_OUTPUT)


def read_drawing(root: _Element) -> Drawing:
    """Give the drawing of a BPMN file that was parsed with the hardened parser.

    Of several diagrams it is the first of the collaboration, else of a process, else the first; what lies inside a
    collapsed sub-process is not on the sheet. A file without diagram gives a drawing without shapes.
    Raises DefinitionError with the element's id: `drawing_bounds`, `drawing_waypoints` (a figure is missing or no
    number), `drawing_reference` (it draws what the file does not have), `drawing_twice`.
    """
    index = {node.get("id", ""): node for node in root.iter(f"{BPMN}*")}
    planes = list(root.iterfind(f"{_BPMNDI}BPMNDiagram/{_BPMNDI}BPMNPlane"))
    drawn = _drawn(_main_plane(planes, index), index) if planes else {}
    hidden = _inside_collapsed(drawn, index)
    seen = [(index[key], node) for key, node in drawn.items() if key not in hidden]
    shapes = tuple(
        _shape(element, node, index) for element, node in seen if _is_shape(node, element)
    )
    edges = tuple(_edge(element, node, index) for element, node in seen if _is_edge(node, element))
    shown = {shape.element_id for shape in shapes} | {edge.element_id for edge in edges}
    return Drawing(
        shapes=shapes,
        edges=edges,
        undrawn=tuple(_undrawn(index, shown)),
        sheets=len(planes),
    )


def _main_plane(planes: list[_Element], index: Mapping[str, _Element]) -> _Element:
    ranks = {"collaboration": 0, "process": 1}

    def rank(plane: _Element) -> int:
        subject = index.get(reference(plane.get("bpmnElement")))
        return 2 if subject is None else ranks.get(tag(subject), 2)

    return min(planes, key=rank)


def _drawn(plane: _Element, index: Mapping[str, _Element]) -> dict[str, _Element]:
    drawn: dict[str, _Element] = {}
    for node in plane.iterchildren(f"{_BPMNDI}BPMNShape", f"{_BPMNDI}BPMNEdge"):
        key = reference(node.get("bpmnElement"))
        if not key or key not in index:
            raise DefinitionError(
                f"Expected {node.get('id')} to draw an element of the file, but found {key!r}",
                code="drawing_reference",
                element=key or node.get("id", ""),
            )
        if key in drawn:
            raise DefinitionError(
                f"Expected {key} to be drawn once, but it is drawn twice",
                code="drawing_twice",
                element=key,
            )
        drawn[key] = node
    return drawn


def _inside_collapsed(drawn: Mapping[str, _Element], index: Mapping[str, _Element]) -> set[str]:
    collapsed = (
        index[key]
        for key, node in drawn.items()
        if KINDS.get(tag(index[key])) in _SUB_PROCESSES and not _is_expanded(index[key], node)
    )
    return {
        inner.get("id", "") for outer in collapsed for inner in outer.iterdescendants(f"{BPMN}*")
    }


def _is_shape(node: _Element, element: _Element) -> bool:
    return tag(node) == "BPMNShape" and tag(element) in KINDS


def _is_edge(node: _Element, element: _Element) -> bool:
    return tag(node) == "BPMNEdge" and tag(element) in EDGE_KINDS


def _is_expanded(element: _Element, node: _Element) -> bool:
    if tag(element) == "participant":
        return bool(element.get("processRef"))
    is_sub_process = KINDS.get(tag(element)) in _SUB_PROCESSES
    return not is_sub_process or elements.is_true(node, "isExpanded", default=False)


def _shape(element: _Element, node: _Element, index: Mapping[str, _Element]) -> Shape:
    key = element.get("id", "")
    return Shape(
        element_id=key,
        kind=KINDS[tag(element)],
        name=elements.name(element, index),
        bounds=geometry.read_bounds(node, key),
        label_bounds=geometry.find_label_bounds(node, key),
        horizontal=elements.is_true(node, "isHorizontal", default=True),
        expanded=_is_expanded(element, node),
        markers=elements.markers(element, index),
        trigger=elements.find_trigger(element),
        interrupting=elements.is_interrupting(element),
        by_event=elements.is_true(element, "triggeredByEvent", default=False),
        marked=elements.is_true(node, "isMarkerVisible", default=False),
        unstated=elements.is_unstated(element),
    )


def _edge(element: _Element, node: _Element, index: Mapping[str, _Element]) -> Edge:
    key = element.get("id", "")
    source, target = elements.ends(element)
    origin = index.get(source)
    return Edge(
        element_id=key,
        kind=EDGE_KINDS[tag(element)],
        name=elements.name(element, index),
        waypoints=geometry.read_waypoints(node, key),
        source=source,
        target=target,
        label_bounds=geometry.find_label_bounds(node, key),
        direction=elements.direction(element),
        default=origin is not None and reference(origin.get("default")) == key,
        conditional=elements.is_conditional(element, index),
    )


def _undrawn(index: Mapping[str, _Element], shown: set[str]) -> Iterator[str]:
    for key, element in index.items():
        kind = KINDS.get(tag(element)) or EDGE_KINDS.get(tag(element))
        if key and kind and kind not in _INNER_DATA and key not in shown:
            yield key
