"""Every attribute of a BPMN element that has no prefix is one that Alur follows, one that means nothing, or named; none is ignored in silence.

Source: BPMN 2.0.2, clauses 8 and 10 and their schema. Attributes of other namespaces are their tools'; those of
`camunda:` and `zeebe:` are the rule `unknown_attributes`'.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import GATEWAYS, ElementKind
from engine.rule import Severity
from engine.source import BPMN, CAMUNDA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.rule import Checked, Finding

_EVERYWHERE = {"id", "name"}
_ACTIVITY = {"default"}
_TASK = _ACTIVITY | {"implementation"}
_MESSAGE_TASK = _TASK | {"messageRef", "operationRef"}
_GATEWAY = {"gatewayDirection", "default"}
_EVENT = {"messageRef", "signalRef", "errorRef", "escalationRef", "operationRef", "activityRef"}

_KNOWN: Mapping[str, set[str]] = {
    "process": {"isExecutable", "processType", "isClosed", "definitionalCollaborationRef"},
    "lane": {"partitionElementRef"},
    "sequenceFlow": {"sourceRef", "targetRef", "isImmediate"},
    "conditionExpression": {"language", "evaluatesToTypeRef"},
    "documentation": {"textFormat"},
    "textAnnotation": {"textFormat"},
    "association": {"sourceRef", "targetRef", "associationDirection"},
    "group": {"categoryValueRef"},
    "categoryValue": {"value"},
    "dataObject": {"isCollection", "itemSubjectRef"},
    "dataObjectReference": {"dataObjectRef", "itemSubjectRef"},
    "dataStoreReference": {"dataStoreRef", "itemSubjectRef"},
    "multiInstanceLoopCharacteristics": {"isSequential"},
    "standardLoopCharacteristics": {"testBefore", "loopMaximum"},
    ElementKind.USER_TASK: _TASK,
    ElementKind.MANUAL_TASK: _ACTIVITY,
    ElementKind.SCRIPT_TASK: _ACTIVITY | {"scriptFormat"},
    ElementKind.SERVICE_TASK: _TASK | {"operationRef"},
    ElementKind.SEND_TASK: _MESSAGE_TASK,
    ElementKind.RECEIVE_TASK: _MESSAGE_TASK,
    ElementKind.BUSINESS_RULE_TASK: _TASK,
    ElementKind.SUB_PROCESS: _ACTIVITY | {"triggeredByEvent"},
    ElementKind.CALL_ACTIVITY: _ACTIVITY | {"calledElement"},
    ElementKind.START_EVENT: {"isInterrupting"},
    ElementKind.BOUNDARY_EVENT: {"attachedToRef", "cancelActivity"},
    **dict.fromkeys(GATEWAYS, _GATEWAY),
}
"""Attributes of each element, besides id and name, that Alur reads or that only describe it."""

_DEFAULTS = {
    "startQuantity": "1",
    "completionQuantity": "1",
    "isForCompensation": "false",
    "instantiate": "false",
    "eventGatewayType": "Exclusive",
    "parallelMultiple": "false",
    "behavior": "All",
}
"""Attributes that Alur follows only so far as to leave them as they are when nothing is written."""

_YES_OR_NO = {"isExecutable", "isSequential", "triggeredByEvent", "isInterrupting"} | {
    "cancelActivity",
    "testBefore",
}
_EXTENSIONS: Mapping[str, set[str]] = {
    CAMUNDA + "properties": set(),
    CAMUNDA + "property": {"id", "name", "value"},
    CAMUNDA + "inputOutput": set(),
    CAMUNDA + "inputParameter": {"name"},
    CAMUNDA + "outputParameter": {"name"},
}


def check(checked: Checked) -> Iterator[Finding]:
    """Find attributes that BPMN doesn't have there, and those that ask for what Alur doesn't do."""
    for node in checked.node.iter(f"{BPMN}*", *_EXTENSIONS):
        for key, value in node.attrib.items():
            name = str(key).removeprefix(BPMN)
            if str(key).startswith("{") and not _is_own(node, str(key)):
                continue
            if _asks(name, str(value)):
                yield _found(checked, node, Severity.ERROR, name, str(value))
            elif name not in _known(node):
                yield _found(checked, node, Severity.WARNING, name, str(value))
    language = checked.source.root.get("expressionLanguage", "")
    if language:
        yield _found(checked, checked.node, Severity.WARNING, "expressionLanguage", language)


def _asks(name: str, value: str) -> bool:
    """Tell whether an attribute asks for what Alur doesn't do, or says neither yes nor no."""
    if name in _YES_OR_NO:
        return value not in {"true", "false"}
    return value != _DEFAULTS.get(name, value)


def _is_own(node: etree._Element, key: str) -> bool:
    """Tell whether an attribute with a prefix is one of the language that its element is of."""
    return key.startswith(BPMN) or (node.tag in _EXTENSIONS and key.startswith(CAMUNDA))


def _known(node: etree._Element) -> set[str]:
    if node.tag in _EXTENSIONS:
        return _EXTENSIONS[str(node.tag)]
    kind = etree.QName(node).localname
    own = _EVENT if kind.endswith("EventDefinition") else _KNOWN.get(kind, set())
    return _EVERYWHERE | _DEFAULTS.keys() | own


def _found(
    checked: Checked, node: etree._Element, severity: Severity, name: str, value: str
) -> Finding:
    return checked.at_node(
        severity,
        "attribute_asks" if severity is Severity.ERROR else "attribute_not_bpmn",
        node,
        attribute=name[:60],
        value=value[:60],
    )
