"""A business rule task names a decision of this deployment or in force, and the variable that its result goes to.

Both dialects: `camunda:decisionRef` with its bindings and `mapDecisionResult`, and `zeebe:calledDecision`. One with a topic or
an expression asks no decision (`engine.source.work`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision.stored import Binding
from engine.process import ElementKind
from engine.source import BPMN, CAMUNDA, ZEEBE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from engine.process import Element
    from engine.rule import Checked, Finding

_TAG = BPMN + ElementKind.BUSINESS_RULE_TASK
_CALLED = f"{BPMN}extensionElements/{ZEEBE}calledDecision"
_CALLED_ATTRIBUTES = {"decisionId", "resultVariable", "bindingType", "versionTag"}
_PROGRAMS = ("class", "delegateExpression", "type")
"""Attributes by which another engine has the work done by a program; the rule `unknown_attributes` refuses them by name."""

MAPPINGS = ("singleEntry", "singleResult", "collectEntries", "resultList")
"""The words of `camunda:mapDecisionResult`."""

LONGEST_NAME = 60
"""Characters of a refused text that are said again."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find business rule tasks without a decision that is there, or whose result goes nowhere."""
    for node in checked.node.iter(_TAG):
        element = checked.process.elements[node.get("id", "")]
        if element.kind is not ElementKind.BUSINESS_RULE_TASK:
            continue  # a script, or work that a topic says who does
        called = node.find(_CALLED)
        if called is not None:
            yield from _called(checked, element, called)
        else:
            yield from _camunda(checked, element, node)


def _camunda(checked: Checked, element: Element, node: etree._Element) -> Iterator[Finding]:
    if element.decision is None:
        if not any(node.get(CAMUNDA + name) for name in _PROGRAMS):
            yield checked.error("decision_empty", element)
        return
    if node.get(CAMUNDA + "decisionRefTenantId") is not None:
        yield checked.error("decision_tenant", element)
    mapping = element.decision_result
    if mapping not in MAPPINGS:
        known = ", ".join(MAPPINGS)
        yield checked.error("decision_mapping", element, text=mapping[:LONGEST_NAME], known=known)
    word = node.get(CAMUNDA + "decisionRefBinding", Binding.LATEST)
    yield from _reference(checked, element, word)


def _called(checked: Checked, element: Element, called: etree._Element) -> Iterator[Finding]:
    for name in sorted(set(map(str, called.attrib)) - _CALLED_ATTRIBUTES):
        yield checked.error("decision_attribute", element, attribute=name[:LONGEST_NAME])
    word = called.get("bindingType", Binding.LATEST)
    if word == Binding.VERSION:  # only the other dialect has a place for the number
        yield checked.error("decision_binding", element, text=word, known=_KNOWN_CALLED)
        return
    yield from _reference(checked, element, word)


_KNOWN = ", ".join(Binding)
_KNOWN_CALLED = ", ".join(each for each in Binding if each is not Binding.VERSION)


def _reference(checked: Checked, element: Element, word: str) -> Iterator[Finding]:
    """Look at what both dialects say: the decision's id, its version, and where the result goes."""
    if not element.result.isidentifier():
        yield checked.error(
            "decision_result_missing", element, text=element.result[:LONGEST_NAME] or "–"
        )
    reference = element.decision
    if reference is None or not reference.key.strip():
        yield checked.error("decision_empty", element)
    elif reference.key.startswith(("${", "#{", "=")):
        yield checked.error("decision_expression", element, text=reference.key[:LONGEST_NAME])
    elif word not in set(Binding):
        yield checked.error("decision_binding", element, text=word[:LONGEST_NAME], known=_KNOWN)
    elif reference.binding is Binding.VERSION and reference.version < 1:
        yield checked.error("decision_version", element)
    elif reference.binding is Binding.VERSION_TAG and not reference.tag.strip():
        yield checked.error("decision_tag", element)
    elif not checked.decisions.has(reference):
        yield _unknown(checked, element)


def _unknown(checked: Checked, element: Element) -> Finding:
    reference = element.decision
    if reference is None:
        raise TypeError("Expected a reference, but found none")
    key = reference.key[:LONGEST_NAME]
    if reference.binding is Binding.DEPLOYMENT:
        return checked.error("decision_not_brought", element, decision=key)
    if reference.binding is Binding.VERSION:
        return checked.error(
            "decision_version_unknown", element, decision=key, version=reference.version
        )
    if reference.binding is Binding.VERSION_TAG:
        tag = reference.tag[:LONGEST_NAME]
        return checked.error("decision_tag_unknown", element, decision=key, tag=tag)
    return checked.error("decision_unknown", element, decision=key)
