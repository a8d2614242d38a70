"""Every BPMN element inside the process is one that runs or one that only documents; all others are refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.dialects import ANYWHERE, PLACES, PROGRAMS, WITHOUT_EFFECT
from engine.process import ElementKind, TriggerKind
from engine.rule import Severity
from engine.source import BPMN, DEFINED, TIMERS, place_of, word_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_ACTIVITY = {"multiInstanceLoopCharacteristics", "loopCardinality", "completionCondition"}
_ACTIVITY |= {"standardLoopCharacteristics", "loopCondition"}
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
_TERMINATE = BPMN + "terminateEventDefinition"
_LISTENERS = {"camunda:executionListener", "camunda:taskListener"}


def check(checked: Checked) -> Iterator[Finding]:
    """Find BPMN elements and extension elements that Alur would not run, so that none is silently passed over.

    What is inside a refused one is not named again.
    """
    named: set[etree._Element] = set()
    for node in checked.nodes():
        if node.getparent() in named:
            named.add(node)
            continue
        for finding in _node(checked, node):
            named.add(node)
            yield finding


def _node(checked: Checked, node: etree._Element) -> Iterator[Finding]:
    tag = etree.QName(node)
    if tag.namespace == BPMN[1:-1]:
        yield from _of_bpmn(checked, node, tag.localname)
    elif word := word_of(node):
        yield from _extension(checked, node, word)


def _of_bpmn(checked: Checked, node: etree._Element, kind: str) -> Iterator[Finding]:
    if kind == "task":
        yield checked.at_node(Severity.ERROR, "task_untyped", node)
    elif (kind not in _KNOWN and not _is_defined(node)) or _is_misplaced(node):
        yield checked.at_node(Severity.ERROR, "element_refused", node, kind=kind)


def _is_defined(node: etree._Element) -> bool:
    parent = node.getparent()
    beside = parent is not None and parent.tag == BPMN + "definitions"
    return beside and node.tag in DEFINED


def _is_misplaced(node: etree._Element) -> bool:
    parent = node.getparent()
    ends = parent is not None and parent.tag == BPMN + ElementKind.END_EVENT
    return node.tag == _TERMINATE and not ends


def _extension(checked: Checked, node: etree._Element, word: str) -> Iterator[Finding]:
    kind = etree.QName(node).localname
    if word in PROGRAMS:
        if word in _LISTENERS and node.get("expression") is not None:
            yield checked.at_node(Severity.ERROR, "listener_expression", node, kind=kind)
        else:
            yield checked.at_node(Severity.ERROR, PROGRAMS[word], node, kind=kind)
    elif word in WITHOUT_EFFECT:
        yield checked.at_node(Severity.WARNING, "extension_without_effect", node, kind=kind)
    elif word not in PLACES:
        yield checked.at_node(Severity.WARNING, "extension_unknown", node, kind=kind)
    elif not _fits(node, PLACES[word]):
        yield checked.at_node(Severity.ERROR, "extension_refused", node, kind=kind)


def _fits(node: etree._Element, places: frozenset[str]) -> bool:
    place = place_of(node)
    return place in places or (ANYWHERE in places and bool(place) and ":" not in place)
