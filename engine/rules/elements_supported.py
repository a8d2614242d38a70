"""Every BPMN element inside the process is one that runs or one that only documents; all others are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind
from engine.rule import Severity
from engine.source import BPMN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_ACTIVITY = {"multiInstanceLoopCharacteristics", "loopCardinality", "completionCondition"}
_PARTS = _ACTIVITY | {"conditionExpression", "script", "terminateEventDefinition"}
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
_EXTENSIONS = {"properties", "property", "in", "out"}
_TERMINATE = BPMN + "terminateEventDefinition"


def check(checked: Checked) -> Iterator[Finding]:
    """Find BPMN elements and extension elements that Alur would not run, so that none is silently passed over."""
    for node in checked.node.iter():
        if not isinstance(node.tag, str):
            continue
        tag = etree.QName(node)
        owner = _owner(node)
        place = (owner.get("id") or "", owner.get("name") or "", int(node.sourceline or 0))
        if tag.namespace == BPMN[1:-1]:
            if tag.localname not in _KNOWN:
                yield checked.at(Severity.ERROR, "element_refused", *place, kind=tag.localname)
        elif _is_engine(tag.namespace) and tag.localname not in _EXTENSIONS:
            yield checked.at(Severity.ERROR, "extension_refused", *place, kind=tag.localname)
        if node.tag == _TERMINATE and owner.tag != BPMN + ElementKind.END_EVENT:
            yield checked.at(Severity.ERROR, "element_refused", *place, kind=tag.localname)
        if node.get("triggeredByEvent") == "true":
            yield checked.at(Severity.ERROR, "element_refused", *place, kind="eventSubProcess")


def _owner(node: etree._Element) -> etree._Element:
    """Give the nearest element with an id: what an owner can find in the Modeler."""
    found: etree._Element | None = node
    while found is not None and not found.get("id"):
        found = found.getparent()
    return node if found is None else found


def _is_engine(namespace: str | None) -> bool:
    return namespace is not None and (
        namespace.startswith("http://camunda.org/schema/") and "modeler" not in namespace
    )
