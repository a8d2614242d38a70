"""Every part of an element stands where BPMN has it, once where it has one, and a text has no elements in it.

What stands elsewhere is read by nobody: a condition inside a lane, a flow inside a task, a second condition of one flow. Source:
the schema of BPMN 2.0.2 (clause 15), as far as Alur knows its elements.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind
from engine.rule import Severity
from engine.source import BPMN, CAMUNDA, ZEEBE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.rule import Checked, Finding

_LEVELS = frozenset({"process", "subProcess", "adHocSubProcess", "transaction"})
_NODES = frozenset({kind.value for kind in ElementKind} | {"task", "complexGateway"}) | _LEVELS
_EVENTS = frozenset(kind.value for kind in ElementKind if kind.value.endswith("Event"))
_TIMER = frozenset({"timerEventDefinition"})
_REPEATS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
_ACTIVITIES = _NODES - _EVENTS - {"process"}

_PARENTS: Mapping[str, frozenset[str]] = {
    "process": frozenset({"definitions"}),
    **dict.fromkeys(_NODES - {"process"}, _LEVELS),
    **dict.fromkeys(("sequenceFlow", "dataObject", "dataObjectReference"), _LEVELS),
    **dict.fromkeys(("dataStoreReference", "laneSet"), _LEVELS),
    "lane": frozenset({"laneSet", "childLaneSet"}),
    "childLaneSet": frozenset({"lane"}),
    "flowNodeRef": frozenset({"lane"}),
    "conditionExpression": frozenset({"sequenceFlow"}),
    "script": frozenset({"scriptTask"}),
    **dict.fromkeys(_REPEATS, _ACTIVITIES),
    **dict.fromkeys(("loopCardinality", "loopCondition"), _REPEATS),
    "completionCondition": _REPEATS | {"adHocSubProcess"},
    **dict.fromkeys(("timeDate", "timeDuration", "timeCycle"), _TIMER),
    **dict.fromkeys(("source", "target"), frozenset({"linkEventDefinition"})),
}
"""What each element stands in; what is not here is the rule `elements_supported`'s."""

_EXTENSIONS: Mapping[str, str] = {
    CAMUNDA + "properties": BPMN + "extensionElements",
    CAMUNDA + "property": CAMUNDA + "properties",
    CAMUNDA + "in": BPMN + "extensionElements",
    CAMUNDA + "out": BPMN + "extensionElements",
    CAMUNDA + "inputOutput": BPMN + "extensionElements",
    ZEEBE + "properties": BPMN + "extensionElements",
    ZEEBE + "property": ZEEBE + "properties",
}
_ONCE = {
    *("extensionElements", "conditionExpression", "script", "loopCardinality", "loopCondition"),
    *("completionCondition", "childLaneSet", "timeDate", "timeDuration", "timeCycle", *_REPEATS),
}
_EXPRESSIONS = {
    *("conditionExpression", "script", "loopCardinality", "loopCondition", "completionCondition"),
    *("flowNodeRef", "timeDate", "timeDuration", "timeCycle"),
}
_TEXTS = _EXPRESSIONS | {"documentation", "text", "incoming", "outgoing", "source", "target"}


def check(checked: Checked) -> Iterator[Finding]:
    """Find what stands where nobody reads it: in a wrong place, a second time, or in a text."""
    for node in checked.node.iter(f"{BPMN}*", *_EXTENSIONS):
        kind = etree.QName(node).localname
        parent = node.getparent()
        if parent is not None and _is_elsewhere(node, kind, parent):
            inside = etree.QName(parent).localname
            yield _at(checked, "element_misplaced", node, kind=kind, parent=inside)
        yield from _inside(checked, node, kind)


def _is_elsewhere(node: etree._Element, kind: str, parent: etree._Element) -> bool:
    if node.tag in _EXTENSIONS:
        in_field = node.tag == CAMUNDA + "properties" and parent.tag == CAMUNDA + "formField"
        return parent.tag != _EXTENSIONS[str(node.tag)] and not in_field
    around = str(parent.tag).removeprefix(BPMN)
    if kind.endswith("EventDefinition"):
        return around not in _EVENTS
    if kind in {"incoming", "outgoing"}:
        return around not in _NODES
    return kind in _PARENTS and around not in _PARENTS[kind]


def _inside(checked: Checked, node: etree._Element, kind: str) -> Iterator[Finding]:
    children = [child for child in node if isinstance(child.tag, str)]
    is_bpmn = str(node.tag).startswith(BPMN)
    if is_bpmn and kind in _EXPRESSIONS and children:
        yield _at(checked, "element_in_text", node, kind=kind)
    if not (is_bpmn and kind in _TEXTS) and (text := _text(node)):
        yield _at(checked, "text_misplaced", node, kind=kind, text=text[:60])
    found = Counter(str(child.tag).removeprefix(BPMN) for child in children)
    for twice in sorted(_ONCE & {tag for tag, number in found.items() if number > 1}):
        yield _at(checked, "element_once", node, kind=twice)
    if kind == "extensionElements":
        yield from _properties(checked, node)


def _properties(checked: Checked, node: etree._Element) -> Iterator[Finding]:
    seen: set[str] = set()
    for each in node.iter(CAMUNDA + "property", ZEEBE + "property"):
        name = each.get("name", "")
        if name in seen:
            yield _at(checked, "property_twice", each, name=name[:60])
        seen.add(name)


def _text(node: etree._Element) -> str:
    return "".join([node.text or "", *(child.tail or "" for child in node)]).strip()


def _at(checked: Checked, code: str, node: etree._Element, /, **params: object) -> Finding:
    return checked.at_node(Severity.ERROR, code, node, **params)
