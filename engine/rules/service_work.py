"""A service task says by a topic who does its work: a connector of Alur, or a worker outside.

What a connector is not told properly is refused by name. A message event may have its message sent by a program too. Work
outside that fails is reported as done by the holders of the task's lane, so where there are lanes it stands in one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.connectors import CONNECTORS, OWN, letter_number, properties_of
from engine.connectors.report import FIELDS, KINDS, list_wrong
from engine.process import DONE_BY_PROGRAMS, THROWING
from engine.source import CAMUNDA, ZEEBE, find_extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from engine.process import Element
    from engine.rule import Checked, Finding

OTHER_ENGINES = ("class", "delegateExpression")
"""Attributes by which another engine finds program code; the rule `unknown_attributes` refuses them by name."""

LONGEST_TOPIC = 100
"""Characters of a topic."""


def check(checked: Checked) -> Iterator[Finding]:
    """Find service tasks that nobody would do, or that tell their connector what it can't do."""
    nodes = {node.get("id"): node for node in checked.node.iter("*")}
    for element in checked.process.elements.values():
        if element.kind in DONE_BY_PROGRAMS:
            yield from _task(checked, element, nodes[element.id])
        elif element.kind in THROWING and _topic_of(nodes.get(element.id)):
            yield checked.error("service_place", element)
        yield from _misplaced(checked, element)


def _topic_of(node: etree._Element | None) -> bool:
    """Tell whether a program is to do something at a node."""
    return node is not None and find_extension(node, ZEEBE + "taskDefinition") is not None


def _is_other(node: etree._Element) -> bool:
    """Tell whether another engine would do the work."""
    programs = any(node.get(CAMUNDA + name) for name in OTHER_ENGINES)
    return programs or node.get(CAMUNDA + "type", "external") != "external"


def _task(checked: Checked, element: Element, node: etree._Element) -> Iterator[Finding]:
    if checked.process.lanes and checked.process.lane_of(element) is None:
        yield checked.error("service_lane_missing", element)
    if not element.topic.strip():
        if not any(
            node.get(CAMUNDA + name) for name in OTHER_ENGINES
        ):  # which is said by another rule
            yield checked.error("service_without_topic", element)
    elif len(element.topic) > LONGEST_TOPIC or not element.topic.isprintable():
        yield checked.error("service_topic", element, text=element.topic[:60])
    elif element.topic in CONNECTORS:
        yield from _connector(checked, element)
    elif element.topic.startswith(OWN):
        known = ", ".join(sorted(CONNECTORS))
        yield checked.error("connector_unknown", element, topic=element.topic[:60], known=known)


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
