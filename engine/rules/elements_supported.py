"""Every BPMN element inside the process is one that runs or one that only documents; all others are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind, TriggerKind
from engine.rule import Severity
from engine.source import BPMN, CAMUNDA, TIMERS, ZEEBE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_ACTIVITY = {"multiInstanceLoopCharacteristics", "loopCardinality", "completionCondition"}
_EVENTS = {f"{kind}EventDefinition" for kind in ("terminate", *TriggerKind)}
_LINKS = {"source", "target"}
"""What the two sides of a link say of each other: its name does."""

_PARTS = _ACTIVITY | _EVENTS | _LINKS | {"conditionExpression", "script", *TIMERS}
_STRUCTURE = {"process", "laneSet", "lane", "childLaneSet", "flowNodeRef", "sequenceFlow"}
_ENDS = {"incoming", "outgoing", "extensionElements"}
_DOCUMENTS = {
    "documentation",
    "textAnnotation",
    "text",
    "association",
    "group",
    "category",
    "categoryValue",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
}
_KNOWN = {kind.value for kind in ElementKind} | _PARTS | _STRUCTURE | _ENDS | _DOCUMENTS
_EXTENSIONS = {CAMUNDA + tag for tag in ("properties", "property", "in", "out")}
_PARAMETERS = CAMUNDA + "inputOutput"
_OWNED = {
    ZEEBE + "calledDecision": {BPMN + ElementKind.BUSINESS_RULE_TASK},
    _PARAMETERS: {BPMN + kind for kind in ElementKind},
}
"""Extension elements that say something of certain flow nodes only."""

_INPUT, _OUTPUT = CAMUNDA + "inputParameter", CAMUNDA + "outputParameter"
_INSIDE = {_INPUT: {_PARAMETERS}, _OUTPUT: {_PARAMETERS}, CAMUNDA + "script": {_INPUT, _OUTPUT}}
"""Extension elements that stand inside others only."""

_TERMINATE = BPMN + "terminateEventDefinition"


def check(checked: Checked) -> Iterator[Finding]:
    """Find BPMN elements and extension elements that Alur would not run, so that none is silently passed over.

    What is inside a refused one is not named again.
    """
    refused: set[etree._Element] = set()
    for node in checked.node.iter():
        if node.getparent() in refused:
            refused.add(node)
            continue
        for finding in _node(checked, node):
            refused.add(node)
            yield finding


def _node(checked: Checked, node: etree._Element) -> Iterator[Finding]:
    if isinstance(node.tag, str):
        tag = etree.QName(node)
        if tag.namespace == BPMN[1:-1]:
            if tag.localname not in _KNOWN or _is_misplaced(node):
                yield _refused(checked, "element_refused", node, tag.localname)
        elif _is_engine(tag.namespace) and not _is_known_extension(node):
            yield _refused(checked, "extension_refused", node, tag.localname)


def _refused(checked: Checked, code: str, node: etree._Element, kind: str) -> Finding:
    return checked.at_node(Severity.ERROR, code, node, kind=kind)


def _is_misplaced(node: etree._Element) -> bool:
    parent = node.getparent()
    ends = parent is not None and parent.tag == BPMN + ElementKind.END_EVENT
    return node.tag == _TERMINATE and not ends


def _is_known_extension(node: etree._Element) -> bool:
    parent = node.getparent()
    owner = None if parent is None else parent.getparent()
    if node.tag in _INSIDE:
        return parent is not None and parent.tag in _INSIDE[node.tag]
    if node.tag in _OWNED:
        return owner is not None and owner.tag in _OWNED[node.tag]
    return node.tag in _EXTENSIONS


def _is_engine(namespace: str | None) -> bool:
    return namespace is not None and (
        namespace.startswith("http://camunda.org/schema/") and "modeler" not in namespace
    )
