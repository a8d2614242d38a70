"""Every BPMN element inside the process is one that runs or one that only documents; all others are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind, TriggerKind
from engine.rule import Severity
from engine.source import BPMN, CAMUNDA, TIMERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_ACTIVITY = {"multiInstanceLoopCharacteristics", "loopCardinality", "completionCondition"}
_EVENTS = {f"{kind}EventDefinition" for kind in ("terminate", *TriggerKind)}
_PARTS = _ACTIVITY | _EVENTS | {"conditionExpression", "script", *TIMERS}
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
        elif _is_engine(tag.namespace) and node.tag not in _EXTENSIONS:
            yield _refused(checked, "extension_refused", node, tag.localname)
        if node.get("triggeredByEvent") == "true":
            yield _refused(checked, "element_refused", node, "eventSubProcess")


def _refused(checked: Checked, code: str, node: etree._Element, kind: str) -> Finding:
    return checked.at_node(Severity.ERROR, code, node, kind=kind)


def _is_misplaced(node: etree._Element) -> bool:
    parent = node.getparent()
    ends = parent is not None and parent.tag == BPMN + ElementKind.END_EVENT
    return node.tag == _TERMINATE and not ends


def _is_engine(namespace: str | None) -> bool:
    return namespace is not None and (
        namespace.startswith("http://camunda.org/schema/") and "modeler" not in namespace
    )
