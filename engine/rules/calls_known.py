"""Every called process is in the same deployment or in force already, in the version that the call means, and what is passed can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.decision.stored import Binding
from engine.expression import ExpressionInvalid
from engine.spiff.program import compile_mappings
from engine.version import find_called, means_brought

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.call_ref import CallRef
    from engine.process import DataMapping, Element
    from engine.rule import Checked, Finding

OWN_KEY = frozenset({"#{execution.processBusinessKey}", "${execution.processBusinessKey}"})
"""What Camunda Modeler writes for handing on the case's business key."""

LONGEST = 60
"""Characters of a refused text that are said again."""

_MOST_NAMED = 10
"""Versions that a sentence names."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find calls without or to an unknown process or version, and mappings without source or target."""
    for element in checked.process.elements.values():
        if element.call is not None:
            yield from _called(checked, element, element.call)
            yield from _mappings(checked, element)


def _called(checked: Checked, element: Element, call: CallRef) -> Iterator[Finding]:
    if not call.key:
        yield checked.error("call_empty", element)
    elif call.key.startswith(("${", "#{", "=")):
        yield checked.error("call_expression", element, text=call.key[:LONGEST])
    elif call.word and call.word not in set(Binding):
        known = ", ".join(Binding)
        yield checked.error("call_binding", element, text=call.word[:LONGEST], known=known)
    elif call.binding is Binding.VERSION and call.version < 1:
        yield checked.error("call_version", element)
    elif call.binding is Binding.VERSION_TAG and not call.tag:
        yield checked.error("call_tag", element)
    elif not checked.is_known(call.key):
        yield checked.error("call_unknown", element, process=call.key[:LONGEST])
    else:
        yield from _version(checked, element, call)


def _version(checked: Checked, element: Element, call: CallRef) -> Iterator[Finding]:
    """Look for the version of a process that there is."""
    brought = next((p for p in checked.package if p.key == call.key), None)
    if call.binding is Binding.DEPLOYMENT and brought is None:
        yield checked.error("call_not_brought", element, process=call.key[:LONGEST])
    if call.binding in (Binding.LATEST, Binding.DEPLOYMENT) or checked.versions_of is None:
        return
    versions = checked.versions_of(call.key)
    if means_brought(call, brought, versions) or find_called(call, versions):
        return
    there = ", ".join(map(str, versions[:_MOST_NAMED])) or "–"
    params = {"process": call.key[:LONGEST], "there": there}
    if call.binding is Binding.VERSION:
        yield checked.error("call_version_unknown", element, version=call.version, **params)
    else:
        yield checked.error("call_tag_unknown", element, tag=call.tag[:LONGEST], **params)


def _mappings(checked: Checked, element: Element) -> Iterator[Finding]:
    mappings = element.passes_in + element.passes_out
    if any(_is_incomplete(mapping) for mapping in mappings):
        yield checked.error("mapping_incomplete", element)
    if any(mapping.local for mapping in mappings):
        yield checked.error("mapping_local", element)
    for mapping in mappings:
        if mapping.business_key and mapping.business_key.replace(" ", "") not in OWN_KEY:
            text = mapping.business_key[:LONGEST]
            yield checked.error("mapping_business_key", element, text=text)
    try:
        compile_mappings(mappings, checked.process)
    except ExpressionInvalid as error:
        yield checked.error("mapping_invalid", element, error=error)


def _is_incomplete(mapping: DataMapping) -> bool:
    whole = mapping.everything or mapping.business_key
    return not whole and not (mapping.target and (mapping.source or mapping.expression))
