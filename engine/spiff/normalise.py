"""From the neutral process to plain BPMN that SpiffWorkflow's parser takes without surprises.

The plain tree is made anew from `engine.process` values, so nothing that Alur did not understand can reach the library: no
data associations (its parser can hang on them), no extension elements, no expression texts. Where an expression belongs,
the tree carries the id of the flow or element; `engine.spiff.program` keeps the compiled expression under that id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.ids import DefinitionId
    from engine.process import Element, Flow, Process

SEPARATOR = "@"
CHILD = " [child]"
ATTACHED = "/attached"
"""Behind a boundary event's id: the flow of our own by which the parser finds it; no token ever takes it."""

VIA = "/via"
"""Behind a flow's id: the node of our own that tells it apart from its twin (no BPMN id has a slash)."""


def spec_name(definition: DefinitionId, element: str) -> str:
    """Give the name of an element's spec: prefixed, so that no id collides with a name of the library's own."""
    return f"{definition}{SEPARATOR}{element}"


def element_id(name: str) -> str:
    """Give the element that a spec name stands for, or '' for one that is not in the drawing."""
    element = name.partition(SEPARATOR)[2].removesuffix(CHILD)
    return "" if element.endswith(VIA) else element


def normalise(
    process: Process, definition: DefinitionId, calls: Mapping[str, DefinitionId]
) -> etree._Element:
    """Give the plain BPMN of a process; a called process is named by the definition it is pinned to."""
    root = etree.Element(BPMN + "definitions")
    node = etree.SubElement(root, BPMN + "process", id=str(definition), isExecutable="true")
    _fill(node, "", process, _Names(definition, calls))
    return root


class _Names:
    def __init__(self, definition: DefinitionId, calls: Mapping[str, DefinitionId]) -> None:
        self._definition = definition
        self.calls = calls

    def __call__(self, element: str) -> str:
        return spec_name(self._definition, element)


def _fill(parent: etree._Element, inside: str, process: Process, names: _Names) -> None:
    for element in process.inside(inside):
        node = _node(parent, element, names)
        if element.kind is ElementKind.SUB_PROCESS:
            _fill(node, element.id, process, names)
        for event in process.attached(element.id):
            host, boundary = names(element.id), names(event.id)
            _line(parent, boundary + ATTACHED, host, boundary)
    seen: set[tuple[str, str]] = set()
    for flow in process.flows.values():
        if flow.parent == inside:
            _flow(parent, flow, names, twin=(flow.source, flow.target) in seen)
            seen.add((flow.source, flow.target))


def _node(parent: etree._Element, element: Element, names: _Names) -> etree._Element:
    node: etree._Element
    node = etree.SubElement(parent, BPMN + element.kind.value, id=names(element.id))
    if element.default:
        node.set("default", names(element.default))
    if element.kind is ElementKind.CALL_ACTIVITY:
        node.set("calledElement", names.calls[element.calls])
    if element.kind is ElementKind.SCRIPT_TASK:
        etree.SubElement(node, BPMN + "script").text = element.id
    if element.terminates:
        etree.SubElement(node, BPMN + "terminateEventDefinition")
    if element.repeats is not None:
        loop = etree.SubElement(node, BPMN + "multiInstanceLoopCharacteristics")
        loop.set("isSequential", "true" if element.repeats.sequential else "false")
        etree.SubElement(loop, BPMN + "loopCardinality").text = element.id
    return node


def _flow(parent: etree._Element, flow: Flow, names: _Names, *, twin: bool) -> None:
    """Write a flow; the second one between the same two elements goes by a node of its own, so that each is told apart."""
    target = names(flow.target)
    if twin:
        via = names(flow.id + VIA)
        etree.SubElement(parent, BPMN + "task", id=via)
        _line(parent, via + "/out", via, target)
        target = via
    node = _line(parent, names(flow.id), names(flow.source), target)
    if flow.condition:
        etree.SubElement(node, BPMN + "conditionExpression").text = flow.id


def _line(parent: etree._Element, identity: str, source: str, target: str) -> etree._Element:
    node: etree._Element
    ends = {"id": identity, "sourceRef": source, "targetRef": target}
    node = etree.SubElement(parent, BPMN + "sequenceFlow", ends)
    return node
