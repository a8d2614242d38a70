"""A service task says by a topic who does its work: a connector of Alur, or a worker outside.

Java classes, beans and expressions of other engines are refused by name; so is what a connector is not told properly. Work
outside that fails is reported as done by the holders of the task's lane, so where there are lanes it stands in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.connectors import CONNECTORS, OWN, letter_number, properties_of
from engine.connectors.report import FIELDS, KINDS, list_wrong
from engine.process import DONE_BY_PROGRAMS
from engine.source import BPMN, CAMUNDA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from engine.process import Element
    from engine.rule import Checked, Finding

OTHER_ENGINES = ("class", "delegateExpression", "expression")
"""Attributes by which another engine finds program code."""

LONGEST_TOPIC = 100
"""Characters of a topic."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find service tasks that nobody would do, or that tell their connector what it can't do."""
    nodes = {node.get("id"): node for node in checked.node.iter(*_TAGS)}
    for element in checked.process.elements.values():
        node = nodes.get(element.id)
        if element.kind in DONE_BY_PROGRAMS and node is not None:
            yield from _task(checked, element, node)
        yield from _misplaced(checked, element)


_TAGS = tuple(BPMN + kind for kind in sorted(DONE_BY_PROGRAMS))


def _task(checked: Checked, element: Element, node: etree._Element) -> Iterator[Finding]:
    if checked.process.lanes and checked.process.lane_of(element) is None:
        yield checked.error("service_lane_missing", element)
    kind = node.get(CAMUNDA + "type", "")
    if not element.topic.strip() or kind != "external":
        yield _nobody(checked, element, node)
    elif len(element.topic) > LONGEST_TOPIC or not element.topic.isprintable():
        yield checked.error("service_topic", element, text=element.topic[:60])
    elif element.topic in CONNECTORS:
        yield from _connector(checked, element)
    elif element.topic.startswith(OWN):
        known = ", ".join(sorted(CONNECTORS))
        yield checked.error("connector_unknown", element, topic=element.topic[:60], known=known)


def _nobody(checked: Checked, element: Element, node: etree._Element) -> Finding:
    """Find a task without topic; one of another engine is told what stands there instead."""
    for name in OTHER_ENGINES:
        if text := node.get(CAMUNDA + name):
            return checked.error("service_of_other_engine", element, attribute=name, text=text[:80])
    if kind := node.get(CAMUNDA + "type"):
        return checked.error("service_of_other_engine", element, attribute="type", text=kind[:80])
    return checked.error("service_without_topic", element)


def _connector(checked: Checked, element: Element) -> Iterator[Finding]:
    connector = CONNECTORS[element.topic]
    for fault in connector.faults(properties_of(element, connector)):
        yield checked.error(fault.code, element, **fault.params)


def _misplaced(checked: Checked, element: Element) -> Iterator[Finding]:
    """Find properties of a connector at an element that is not its task (letter numbers have a rule of their own)."""
    for topic, connector in CONNECTORS.items():
        is_own = element.kind in DONE_BY_PROGRAMS and element.topic == topic
        if topic != letter_number.TOPIC and not is_own:
            for name in sorted(properties_of(element, connector)):
                yield checked.error("connector_place", element, property=name[:80], topic=topic)
    if FIELDS in element.properties and element.kind not in DONE_BY_PROGRAMS:
        yield checked.error("service_fields_place", element)
    elif not checked.lacks_forms:  # which is said by another rule
        forms = {name: form for name, form in checked.forms.items() if name in _named(checked)}
        for text in list_wrong(element, forms):
            known = ", ".join(KINDS)
            yield checked.error("service_fields", element, text=text[:80], known=known)


def _named(checked: Checked) -> set[str]:
    return {element.form for element in checked.process.elements.values()}
