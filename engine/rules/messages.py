"""A message or signal event says which one, by a name that is there; what stands in `pesan.…` and `tanggapan.…` can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.answer import FORM, answer_form, is_answerable
from engine.expression import ExpressionInvalid
from engine.form.names import name_problem
from engine.process import THROWING, ElementKind, TriggerKind
from engine.rule import Severity
from engine.source import BPMN
from engine.spiff.catching import CARRIED, KEY, compile_catching, compile_throwing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from engine.process import Element, Trigger
    from engine.rule import Checked, Finding

NAMED = {TriggerKind.MESSAGE, TriggerKind.SIGNAL}
PREFIXES = ("pesan.", "tanggapan.")
PROPERTIES = frozenset({KEY, CARRIED, FORM})
LONGEST_NAME = 200
"""Characters of the name of a message or signal."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find events whose message or signal is missing or without name, and properties that are unknown or in the wrong place."""
    nodes = {node.get("id", ""): node for node in checked.node.iter() if isinstance(node.tag, str)}
    for element in checked.process.elements.values():
        trigger = element.trigger
        if trigger is not None and trigger.kind in NAMED:
            yield from _name(checked, element, trigger, nodes[element.id])
        yield from _properties(checked, element)


def _name(
    checked: Checked, element: Element, trigger: Trigger, node: etree._Element
) -> Iterator[Finding]:
    """Find what is wrong with the name; a start event waits before there is a case, so its name can't be calculated."""
    is_message, name = trigger.kind is TriggerKind.MESSAGE, trigger.name
    if not name:
        yield _nameless(checked, element, trigger.kind.value, node)
    elif len(name) > LONGEST_NAME or not name.isprintable():
        yield checked.error(
            "message_name" if is_message else "signal_name", element, text=name[:60]
        )
    elif element.kind is ElementKind.START_EVENT and name.startswith(("=", "${", "#{")):
        yield checked.error(
            "message_start_calculated" if is_message else "signal_start_calculated",
            element,
            text=name[:60],
        )


def _nameless(checked: Checked, element: Element, kind: str, node: etree._Element) -> Finding:
    """Find why there is no name: nothing is referred to, something unknown is, or what is there has none."""
    is_message = kind == TriggerKind.MESSAGE
    holder = node.find(f"{BPMN}{kind}EventDefinition")
    ref = (node if holder is None else holder).get(f"{kind}Ref", "")
    there = {found.get("id") for found in node.getroottree().getroot().iter(BPMN + kind)}
    if not ref:
        return checked.error("message_missing" if is_message else "signal_missing", element)
    if ref not in there:
        return checked.error("message_unknown" if is_message else "signal_unknown", element)
    return checked.error("message_unnamed" if is_message else "signal_unnamed", element)


def _properties(checked: Checked, element: Element) -> Iterator[Finding]:
    given = {n: text.strip() for n, text in element.properties.items() if n.startswith(PREFIXES)}
    for name in sorted(given.keys() - PROPERTIES):
        yield checked.error("message_property_unknown", element, property=name[:80])
    placed = _placed(element)
    for name in sorted(given.keys() & PROPERTIES - placed):
        yield checked.error("message_property_place", element, property=name)
    if placed:
        yield from _key(checked, element)
        yield from _carried(checked, element, given.get(CARRIED, ""))
        yield from _form(checked, element, given.get(FORM, ""))


def _placed(element: Element) -> frozenset[str]:
    """Give the properties that the element may have."""
    if element.trigger is None or element.trigger.kind is not TriggerKind.MESSAGE:
        return frozenset()
    if element.kind in THROWING:
        return frozenset({KEY, CARRIED})
    return frozenset({KEY, FORM}) if is_answerable(element) else frozenset()


def _key(checked: Checked, element: Element) -> Iterator[Finding]:
    try:
        found = compile_throwing(element) or compile_catching(element)
    except ExpressionInvalid as error:
        yield checked.error("message_expression", element, error=error)
        return
    if found is not None and found.key is not None and not checked.lacks_forms:
        for name in sorted(found.key.names - checked.known):
            yield _unknown(checked, element, KEY, name)


def _carried(checked: Checked, element: Element, text: str) -> Iterator[Finding]:
    names = [name.strip() for name in text.split(",")] if text else []
    for name in names:
        if name_problem(name) is not None:
            yield checked.error("message_carries_wrong", element, name=name[:80])
        elif not checked.lacks_forms and name not in checked.known:
            yield _unknown(checked, element, CARRIED, name)


def _unknown(checked: Checked, element: Element, name: str, variable: str) -> Finding:
    """Only warn: another case, or a process that calls this one, may hand the variable in."""
    return checked.at(
        Severity.WARNING,
        "message_variable_unknown",
        element.id,
        element.name,
        element.line,
        property=name,
        variable=variable[:80],
    )


def _form(checked: Checked, element: Element, name: str) -> Iterator[Finding]:
    if not name:
        return
    form = checked.forms.get(name)
    if form is None:
        yield checked.error("answer_form_not_there", element, form=name[:80])
    elif doubled := sorted(set(form.keys) & set(answer_form(element.id).keys)):
        yield checked.error("answer_form_key", element, form=name[:80], key=doubled[0])
