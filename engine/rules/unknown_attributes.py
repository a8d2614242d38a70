"""Every `camunda:` or `zeebe:` attribute is honoured, refused by name, or named in a warning; none is ignored in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.process import ElementKind
from engine.rule import Severity
from engine.source import CAMUNDA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.rule import Checked, Finding

_NAMESPACE = "http://camunda.org/schema/"
_USER_TASK = {
    "formRef",
    "formRefBinding",
    "assignee",
    "candidateGroups",
    "candidateUsers",
    "dueDate",
}
_SERVICE_TASK = {
    "type",
    "topic",
    "asyncBefore",
    # of other engines: the rule `service_work` says what to do instead
    "class",
    "delegateExpression",
    "expression",
}
_RULE_TASK = {
    "decisionRef",
    "decisionRefBinding",
    "decisionRefVersion",
    "decisionRefVersionTag",
    "mapDecisionResult",
    "resultVariable",
    # the rule `decisions` says what to do instead
    "decisionRefTenantId",
    "class",
    "delegateExpression",
    "expression",
    "type",
    "topic",
}
_HONOURED = {
    "process": {"historyTimeToLive", "versionTag", "isStartableInTasklist"},
    ElementKind.USER_TASK: _USER_TASK,
    ElementKind.MANUAL_TASK: _USER_TASK - {"formRef", "formRefBinding"},
    ElementKind.SCRIPT_TASK: {"resultVariable"},
    ElementKind.BUSINESS_RULE_TASK: _RULE_TASK,
    ElementKind.CALL_ACTIVITY: {"calledElementBinding"},
    ElementKind.SERVICE_TASK: _SERVICE_TASK,
    ElementKind.SEND_TASK: _SERVICE_TASK,
    "errorEventDefinition": {"errorCodeVariable", "errorMessageVariable"},
    "escalationEventDefinition": {"escalationCodeVariable"},
    "multiInstanceLoopCharacteristics": {"collection", "elementVariable"},
}
_REFUSED = {name for names in _HONOURED.values() for name in names} | {
    "class",
    "delegateExpression",
    "expression",
    "type",
    "topic",
    "formKey",
    "formRefVersion",
    "followUpDate",
    "priority",
    "decisionRef",
    "calledElementVersion",
    "calledElementVersionTag",
    "calledElementTenantId",
    "variableMappingClass",
    "variableMappingDelegateExpression",
    "caseRef",
    "resource",
    "initiator",
    "candidateStarterGroups",
    "candidateStarterUsers",
    "formHandlerClass",
    "asyncBefore",
    "asyncAfter",
}
"""Attributes that change what happens: one that Alur honours elsewhere must not be passed over here."""

_BINDINGS = {
    "formRefBinding": {"deployment"},
    "calledElementBinding": {"latest", "deployment"},
    "asyncBefore": {"true"},  # work begins after the commit, by a worker
}


def check(checked: Checked) -> Iterator[Finding]:
    """Find attributes that change what the Modeler's engine would do and that Alur does not honour."""
    for node in checked.node.iter():
        if isinstance(node.tag, str) and not node.tag.startswith("{" + _NAMESPACE):
            yield from _attributes(checked, node)


def _attributes(checked: Checked, node: etree._Element) -> Iterator[Finding]:
    kind = etree.QName(node).localname
    for key, value in node.attrib.items():
        tag = etree.QName(str(key))
        if tag.namespace is None or not tag.namespace.startswith(_NAMESPACE):
            continue
        honoured = str(key).startswith(CAMUNDA) and tag.localname in _HONOURED.get(kind, ())
        allowed = _BINDINGS.get(tag.localname)
        if honoured and (allowed is None or value in allowed):
            continue
        refused = tag.localname in _REFUSED
        yield checked.at_node(
            Severity.ERROR if refused else Severity.WARNING,
            "attribute_refused" if refused else "attribute_unknown",
            node,
            attribute=tag.localname,
            value=str(value)[:60],
        )
