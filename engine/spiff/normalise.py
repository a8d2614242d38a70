"""From the neutral process to plain BPMN that SpiffWorkflow's parser takes without surprises.

The plain tree is made anew from `engine.process` values, so nothing that Alur did not understand can reach the library: no
data associations (its parser can hang on them), no extension elements, no expression texts. Where an expression belongs,
the tree carries the id of the flow or element; `engine.spiff.program` keeps the compiled expression under that id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import GATEWAYS, ElementKind, TriggerKind
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
"""Behind a flow's id: the node of our own that tells it apart from its twin."""

SPLIT = "/split"
"""Behind an element's id: the node of our own at which its outgoing flows part (BPMN 2.0.2, 13.3.1 and 13.4)."""

BODY = "/body"
"""Behind a level's id ('' for the process): all that stands in it beside its event sub-processes, wrapped.

Those are what a boundary event would be at the wrapped whole (BPMN 2.0.2, 13.5.4); the wrapping has no scope of its own.
"""

_SPLIT_TAG, _BODY_TAG, _HANDLER_TAG = "complexGateway", "transaction", "adHocSubProcess"
"""Tags that no drawing we run has, so that the parser has a row of its own for each of our nodes (`engine.spiff.parse`)."""

_BEGIN, _END = "/begin", "/end"


def spec_name(definition: DefinitionId, element: str) -> str:
    """Give the name of an element's spec: prefixed, so that no id collides with a name of the library's own."""
    return f"{definition}{SEPARATOR}{element}"


def element_id(name: str) -> str:
    """Give the element that a spec name stands for, or '' for one of our own, which is not in the drawing."""
    place = place_of(name)
    return "" if "/" in place else place  # no BPMN id has a slash


def place_of(name: str) -> str:
    """Give the element or wrapped level that a spec name stands for."""
    return name.partition(SEPARATOR)[2].removesuffix(CHILD)


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


def _fill(parent: etree._Element, level: str, process: Process, names: _Names) -> None:
    handlers = process.started_by_events(level)
    if handlers:
        parent = _wrapped(parent, level, process, names)
    seen: set[tuple[str, str]] = set()
    for element in process.inside(level):
        if not element.by_event:
            _place(parent, element, process, names)
    for flow in process.flows.values():
        if flow.parent == level:
            _flow(parent, flow, process, names, twin=(flow.source, flow.target) in seen)
            seen.add((flow.source, flow.target))


def _wrapped(outer: etree._Element, level: str, process: Process, names: _Names) -> etree._Element:
    """Give the node that takes what stands in a level beside its event sub-processes, which are attached to it."""
    body, end = names(level + BODY), names(level + _END)
    etree.SubElement(outer, BPMN + "startEvent", id=names(level + _BEGIN))
    node: etree._Element = etree.SubElement(outer, BPMN + _BODY_TAG, id=body)
    etree.SubElement(outer, BPMN + "endEvent", id=end)
    _line(outer, body + "/in", names(level + _BEGIN), body)
    _line(outer, body + "/out", body, end)
    for handler, _ in process.started_by_events(level):
        own = names(handler.id)
        _fill(etree.SubElement(outer, BPMN + _HANDLER_TAG, id=own), handler.id, process, names)
        _line(outer, own + ATTACHED, body, own)
        _line(outer, own + "/out", own, end)
    return node


def _place(parent: etree._Element, element: Element, process: Process, names: _Names) -> None:
    """Write an element, what is inside it and what is attached to it, and the node at which its flows part."""
    node = _node(parent, element, names)
    if element.kind is ElementKind.SUB_PROCESS:
        _fill(node, element.id, process, names)
    for event in process.attached(element.id):
        host, boundary = names(element.id), names(event.id)
        _line(parent, boundary + ATTACHED, host, boundary)
    decides = node
    if _parts(element, process):
        split = names(element.id + SPLIT)
        decides = etree.SubElement(parent, BPMN + _SPLIT_TAG, id=split)
        _line(parent, split + "/in", names(element.id), split)
    if element.default:
        decides.set("default", names(element.default))


def _parts(element: Element, process: Process) -> bool:
    """Tell whether the ways part at an element that is no gateway."""
    leaving = process.leaving(element.id)
    return element.kind not in GATEWAYS and (len(leaving) > 1 or any(f.condition for f in leaving))


def _node(parent: etree._Element, element: Element, names: _Names) -> etree._Element:
    node: etree._Element
    linked = element.trigger is not None and element.trigger.kind is TriggerKind.LINK
    tag = (
        ElementKind.THROW_EVENT.value if linked else element.kind.value
    )  # neither end of a link waits
    node = etree.SubElement(parent, BPMN + tag, id=names(element.id))
    if element.call is not None:
        node.set("calledElement", names.calls[element.call.pin])
    if element.kind is ElementKind.SCRIPT_TASK:
        etree.SubElement(node, BPMN + "script").text = element.id
    if element.terminates:
        etree.SubElement(node, BPMN + "terminateEventDefinition")
    if element.repeats is not None:
        loop = etree.SubElement(node, BPMN + "multiInstanceLoopCharacteristics")
        loop.set("isSequential", "true" if element.repeats.sequential else "false")
        etree.SubElement(loop, BPMN + "loopCardinality").text = element.id
    elif element.loops is not None:
        loop = etree.SubElement(node, BPMN + "standardLoopCharacteristics")
        etree.SubElement(loop, BPMN + "loopCondition").text = element.id
    return node


def _flow(
    parent: etree._Element, flow: Flow, process: Process, names: _Names, *, twin: bool
) -> None:
    """Write a flow; the second one between the same two elements goes by a node of its own, so that each is told apart."""
    target = names(flow.target)
    if twin:
        via = names(flow.id + VIA)
        etree.SubElement(parent, BPMN + "task", id=via)
        _line(parent, via + "/out", via, target)
        target = via
    source = names(flow.source)
    if _parts(process.elements[flow.source], process):
        source += SPLIT
    node = _line(parent, names(flow.id), source, target)
    if flow.condition:
        etree.SubElement(node, BPMN + "conditionExpression").text = flow.id


def _line(parent: etree._Element, identity: str, source: str, target: str) -> etree._Element:
    node: etree._Element
    ends = {"id": identity, "sourceRef": source, "targetRef": target}
    node = etree.SubElement(parent, BPMN + "sequenceFlow", ends)
    return node
