"""The namespaces of BPMN files, as lxml writes them before a name, and what every reader of a node needs."""

from __future__ import annotations

from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
MODELER = "{http://camunda.org/schema/modeler/1.0}"

TIMERS = ("timeDate", "timeDuration", "timeCycle")


DEFINED = tuple(BPMN + word for word in ("message", "signal", "error", "escalation"))
"""What a file defines beside its processes, for their events to refer to."""

_DIALECTS = {CAMUNDA[1:-1]: "camunda", ZEEBE[1:-1]: "zeebe"}


def word_of(node: etree._Element) -> str:
    """Give the name of an extension element with the prefix of its dialect, '' for one of BPMN or of nobody we know."""
    tag = etree.QName(node)
    dialect = _DIALECTS.get(tag.namespace or "")
    return f"{dialect}:{tag.localname}" if dialect else ""


def place_of(node: etree._Element) -> str:
    """Give the extension element that a node stands inside, or the element of BPMN that it is an extension of; '' for neither."""
    parent = node.getparent()
    if parent is None or parent.tag != BPMN + "extensionElements":
        return "" if parent is None else word_of(parent)
    owner = parent.getparent()
    return "" if owner is None else etree.QName(owner).localname


def line_of(node: etree._Element) -> int:
    """Give the line of the file that a node begins in."""
    return int(node.sourceline or 0)


def find_extension(node: etree._Element, name: str) -> etree._Element | None:
    """Give the first extension element of a node by its full name."""
    return node.find(f"{BPMN}extensionElements/{name}")


def said(node: etree._Element, attribute: str, element: str, of_element: str) -> str:
    """Give what a node says by a `camunda:` attribute, or by the attribute of a `zeebe:` extension element; '' for neither."""
    found = find_extension(node, ZEEBE + element)
    return str(node.get(CAMUNDA + attribute, "") if found is None else found.get(of_element, ""))


def properties_of(node: etree._Element) -> dict[str, str]:
    """Give the `camunda:properties` or `zeebe:properties` of an element, by name."""
    found = [
        each
        for dialect in (CAMUNDA, ZEEBE)
        for each in node.findall(f"{BPMN}extensionElements/{dialect}properties/{dialect}property")
    ]
    return {p.get("name", ""): p.get("value", "") for p in found}


def documentation_of(node: etree._Element) -> str:
    """Give what an element says about itself."""
    return "\n".join((d.text or "").strip() for d in node.findall(BPMN + "documentation")).strip()
